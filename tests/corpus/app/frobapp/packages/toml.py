"""Settings in TOML, read by the toml package."""

from __future__ import annotations

import datetime
import io

import toml


def value_that_is_missing(v):
    # -> Empty value is invalid (line <?> column <?> char <?>)
    toml.loads(f"{v.key} =\n")


def key_twice(v):
    # -> Duplicate keys! (line <?> column <?> char <?>)
    toml.loads(f"{v.key} = 1\n{v.key} = 2\n")


def table_twice(v):
    # -> What? <?> already exists?<?> (line <?> column <?> char <?>)
    toml.loads(f"[{v.word}]\na = 1\n[{v.word}]\nb = 2\n")


def prose(v):
    # -> Found invalid character in key name: '<?>'. Try quoting the key name. (line <?> column <?> char <?>)
    toml.loads(v.sentence)


def word_without_quotes(v):
    # -> invalid literal for int() with base <?>: <?> (line <?> column <?> char <?>)
    toml.loads(f"{v.key} = {v.word}\n")


def date_that_is_none(v):
    # -> invalid literal for int() with base <?>: <?> (line <?> column <?> char <?>)
    toml.loads(f"{v.key} = 2{v.number}-01\n")


def string_that_does_not_end(v):
    # -> Unbalanced quotes (line <?> column <?> char <?>)
    toml.loads(f'{v.key} = "{v.sentence}\n')


def list_of_mixed_things(v):
    # -> Not a homogeneous array (line <?> column <?> char <?>)
    toml.loads(f'{v.key} = ["{v.word}", {v.number}]\n')


def group_that_does_not_end(v):
    # -> Key group not on a line by itself. (line <?> column <?> char <?>)
    toml.loads(f"[{v.word}\n")


def escape_nobody_knows(v):
    # -> Reserved escape sequence used (line <?> column <?> char <?>)
    toml.loads(f'{v.key} = "\\{v.word}"\n')


def key_with_an_odd_character(v):
    # -> Found invalid character in key name: '<?>'. Try quoting the key name. (line <?> column <?> char <?>)
    toml.loads(f"{v.key}! = 1\n")


def text_given_as_bytes(v):
    # -> Expecting something like a string
    toml.loads(v.word.encode())


def file_that_is_not_there(v):
    # -> [Errno <?>] No such file or directory: <?>
    toml.load(v.path)


def files_of_which_none_is_there(v):
    # -> Load expects a list to contain filenames only.\nThe list needs to contain the path of at least one existing file.
    toml.load([v.path])


def number_taken_for_a_file(v):
    # -> You can only load a file descriptor, filename or list
    toml.load(v.number)


def list_that_cannot_be_written(v):
    # -> <?> object has no attribute <?>
    toml.dump([v.word], v.path)


def text_taken_for_a_file(v):
    # -> <?> object has no attribute <?>
    toml.dump({v.key: v.word}, v.path)


def object_taken_for_a_table(v):
    # -> <?> object is not iterable
    toml.dumps(v.number)
