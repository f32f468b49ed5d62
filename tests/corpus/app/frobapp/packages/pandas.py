"""Tables of pandas."""

from __future__ import annotations

import io

import pandas


def table(who):
    return pandas.DataFrame({"name": [who.name, who.word], "size": [who.number, 2]})


def read(text, **options):
    return pandas.read_csv(io.StringIO(text), **options)


def column_nobody_has(v):
    # -> <?>
    return table(v)[v.key]


def columns_nobody_has(v):
    # -> "None of [<?>] are in the [<?>]"
    return table(v)[[v.key, v.word]]


def columns_of_which_one_is_missing(v):
    # -> "<?> not in index"
    return table(v)[["name", v.key]]


def row_nobody_has(v):
    # -> <?>
    return table(v).loc[v.key]


def rows_nobody_has(v):
    # -> "<?> not in index"
    return table(v).set_index("name").loc[[v.word, v.key]]


def row_out_of_bounds(v):
    # -> single positional indexer is out-of-bounds
    return table(v).iloc[v.number]


def row_number_that_is_a_word(v):
    # -> Cannot index by location index with a non-integer key
    return table(v).iloc[v.word]


def cell_nobody_has(v):
    # -> <?>
    return table(v).at[v.number, "name"]


def attribute_a_table_has_not(v):
    # -> <?> object has no attribute <?>
    return getattr(table(v), v.key)


def column_that_is_dropped_twice(v):
    # -> "<?> not found in axis"
    return table(v).drop(columns=[v.key])


def csv_with_ragged_rows(v):
    # -> Error tokenizing data. C error: Expected <?> fields in line <?>, saw <?>\n
    read(f"a,b\n1,2\n{v.word},{v.word},{v.word}\n")


def csv_of_nothing(v):
    # -> No columns to parse from file
    read("", names=None)


def csv_without_a_column(v):
    # -> Usecols do not match columns, columns expected but not found: <?>
    read(f"a,b\n{v.word},2\n", usecols=["a", v.key])


def csv_with_words_for_numbers(v):
    # -> invalid literal for int() with base <?>: <?>
    read(f"size\n{v.word}\n", dtype={"size": int})


def csv_without_its_date(v):
    # -> Missing column provided to 'parse_dates': <?>
    read(f"a,b\n{v.word},2\n", parse_dates=[v.key])


def csv_with_an_open_quote(v):
    # -> Error tokenizing data. C error: EOF inside string starting at row <?>
    read(f'a,b\n"{v.word},2\n')


def csv_that_is_not_there(v):
    # -> [Errno <?>] No such file or directory: <?>
    pandas.read_csv(v.path)


def csv_in_another_encoding(v):
    # -> <?> codec can't decode byte <?> in position <?>: invalid start byte
    path = v.home / "table.csv"
    path.write_bytes(f"a\n{v.word}".encode() + b"\xff")
    pandas.read_csv(path)


def json_that_is_none(v):
    # -> Expected object or value
    pandas.read_json(io.StringIO(v.sentence))


def excel_of_an_unknown_kind(v):
    # -> Excel file format cannot be determined, you must specify an engine manually.
    pandas.read_excel(io.BytesIO(v.sentence.encode()))


def words_for_numbers(v):
    # -> invalid literal for int() with base <?>: <?>
    return table(v)["name"].astype(int)


def words_for_numbers_converted(v):
    # -> Unable to parse string "<?>" at position <?>
    return pandas.to_numeric(pandas.Series([v.word]))


def words_for_dates(v):
    # -> time data "<?>" doesn't match format "<?>", at position <?>. You might want to try:\n    - passing `format` if your strings have a consistent format;\n    - passing `format='ISO8601'` if your strings are all ISO8601 but not necessarily in exactly the same format;\n    - passing `format='mixed'`, and the format will be inferred for each element individually. You might want to use `dayfirst` alongside this.
    return pandas.to_datetime([v.word], format="%Y-%m-%d")


def date_out_of_bounds(v):
    # -> year <?> is out of range: <?>
    return pandas.Timestamp(f"{v.number}-01-01")


def word_for_a_date(v):
    # -> Unknown datetime string format, unable to parse: <?>
    return pandas.Timestamp(v.word)


def word_for_a_duration(v):
    # -> unit abbreviation w/o a number
    return pandas.Timedelta(v.word)


def frequency_nobody_knows(v):
    # -> Invalid frequency: <?>, failed to parse with error message: <?>
    return pandas.date_range(v.day, periods=2, freq=v.word)


def type_nobody_knows(v):
    # -> data type <?> not understood
    return pandas.Series([1], dtype=v.word)


def columns_of_unequal_length(v):
    # -> All arrays must be of the same length
    return pandas.DataFrame({"name": [v.name], "size": [1, 2]})


def column_of_a_wrong_length(v):
    # -> Length of values (<?>) does not match length of index (<?>)
    made = table(v)
    made[v.key] = [1, 2, v.number]


def columns_renamed_too_many(v):
    # -> Length mismatch: Expected axis has <?> elements, new values have <?> elements
    made = table(v)
    made.columns = [v.word, v.key, "size"]


def table_of_one_value(v):
    # -> DataFrame constructor not properly called!
    return pandas.DataFrame(v.word)


def merge_on_a_missing_column(v):
    # -> <?>
    return table(v).merge(table(v), on=v.key)


def merge_with_a_word(v):
    # -> Can only merge Series or DataFrame objects, a <?> was passed
    return table(v).merge(v.word)


def merge_that_is_not_unique(v):
    # -> Merge keys are not unique in right dataset; not a one-to-one merge
    twice = pandas.concat([table(v), table(v)])
    return table(v).merge(twice, on="name", validate="one_to_one")


def merge_in_no_way(v):
    # -> do not recognize join method <?>
    return table(v).merge(table(v), how=v.word)


def group_of_a_missing_column(v):
    # -> <?>
    return table(v).groupby(v.key).sum()


def group_of_nothing(v):
    # -> You have to supply one of 'by' and 'level'
    return table(v).groupby(by=None)


def aggregate_nobody_knows(v):
    # -> <?> is not a valid function for <?> object
    return table(v).groupby("name").agg(v.key)


def mean_of_words(v):
    # -> Could not convert string <?> to numeric
    return table(v)["name"].mean()


def truth_of_a_table(v):
    # -> The truth value of a <?> is ambiguous. Use a.empty, a.bool(), a.item(), a.any() or a.all().
    return bool(table(v)["size"] > v.number)


def query_with_a_missing_name(v):
    # -> name <?> is not defined
    return table(v).query(f"{v.key} > 3")


def query_with_a_mistake(v):
    # -> <?> object has no attribute <?>
    return table(v).query(f"size > > {v.number}")


def expression_with_a_local_name(v):
    # -> local variable <?> is not defined
    return table(v).query(f"size > @{v.key}")


def pivot_with_duplicates(v):
    # -> Index contains duplicate entries, cannot reshape
    made = pandas.DataFrame({"a": [v.word, v.word], "b": [v.key, v.key], "c": [1, 2]})
    return made.pivot(index="a", columns="b", values="c")


def category_nobody_knows(v):
    # -> Cannot setitem on a Categorical with a new category (<?>), set the categories first
    made = pandas.Series(["a"], dtype="category")
    made[0] = v.word


def index_with_duplicates(v):
    # -> cannot reindex on an axis with duplicate labels
    return pandas.Series([1, 2], index=[v.word, v.word]).reindex(["a"])


def sort_by_a_missing_column(v):
    # -> <?>
    return table(v).sort_values(v.key)


def zone_nobody_knows(v):
    # -> <?>
    return pandas.Timestamp(v.day).tz_localize(v.word)


def comparison_of_days_and_zones(v):
    # -> Cannot compare tz-naive and tz-aware timestamps
    return pandas.Timestamp(v.day) < pandas.Timestamp(v.day, tz="UTC")


def text_method_of_numbers(v):
    # -> Can only use .str accessor with string values!
    return table(v)["size"].str.upper()


def option_nobody_knows(v):
    # -> No such keys(s): <?>
    return pandas.get_option(v.word)


def subtraction_of_words(v):
    # -> unsupported operand type(s) for <?>: <?> and <?>
    return table(v)["size"] - table(v)["name"]


def concat_of_nothing(v):
    # -> No objects to concatenate
    return pandas.concat([])


def concat_of_words(v):
    # -> cannot concatenate object of type <?>; only Series and DataFrame objs are valid
    return pandas.concat([v.word, v.key])


def applied_function_that_fails(v):
    # -> <?> is larger than <?>
    def check(row):
        raise ValueError(f"{row['name']} is larger than {row['size']}")

    return table(v).apply(check, axis=1)


def integers_with_gaps(v):
    # -> Cannot convert non-finite values (NA or inf) to integer
    return pandas.Series([v.ratio, None]).astype("int64")


def sample_that_is_too_large(v):
    # -> Cannot take a larger sample than population when 'replace=False'
    return table(v).sample(v.number)


def table_with_a_column_twice(v):
    # -> cannot insert <?>, already exists
    made = table(v)
    made.insert(0, "name", v.word)


def level_nobody_has(v):
    # -> 'Requested level (<?>) does not match index name (<?>)'
    return table(v).droplevel(v.key)


def parquet_without_an_engine(v):
    # -> engine must be one of 'pyarrow', 'fastparquet'
    table(v).to_parquet(v.home / v.word, engine=v.key)
