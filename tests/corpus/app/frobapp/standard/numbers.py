"""Numbers, days, collections: what cannot be counted."""

from __future__ import annotations

import array
import bisect
import calendar
import collections
import datetime
import decimal
import fractions
import heapq
import ipaddress
import itertools
import math
import operator
import random
import statistics
import time
import uuid
import zoneinfo


def integer_of_a_word(v):
    # -> invalid literal for int() with base <?>: <?>
    return int(v.word)


def integer_in_another_base(v):
    # -> invalid literal for int() with base <?>: <?>
    return int(v.word, 16)


def integer_in_no_base(v):
    # -> int() base must be >= 2 and <= 36, or 0
    return int(v.word, v.number)


def integer_of_nothing(v):
    # -> int() argument must be a string, a bytes-like object or a real number, not <?>
    return int(None or [v.word])


def float_of_a_word(v):
    # -> could not convert string to float: <?>
    return float(v.word)


def complex_of_a_word(v):
    # -> complex() arg is a malformed string
    return complex(v.word)


def float_that_is_too_large(v):
    # -> math range error
    return math.exp(v.number)


def root_of_a_negative(v):
    # -> math domain error
    return math.sqrt(-v.number)


def factorial_of_a_fraction(v):
    # -> <?> object cannot be interpreted as an integer
    return math.factorial(v.ratio)


def integer_of_infinity(v):
    # -> cannot convert float infinity to integer
    return int(v.number * float("inf"))


def shift_by_a_negative(v):
    # -> negative shift count
    return 1 << -v.number


def power_that_does_not_exist(v):
    # -> 0.0 cannot be raised to a negative power
    # -> zero to a negative power
    return 0.0**-v.number


def bytes_of_a_large_number(v):
    # -> int too big to convert
    return v.number.to_bytes(1, "big")


def range_without_a_step(v):
    # -> range() arg 3 must not be zero
    return range(0, v.number, 0)


def decimal_of_a_word(v):
    # -> <?>
    return decimal.Decimal(v.word)


def decimal_divided_by_nothing(v):
    # -> <?>
    return v.amount / 0


def decimal_added_to_a_float(v):
    # -> unsupported operand type(s) for <?>: <?> and <?>
    return v.amount + v.ratio


def decimal_of_a_bad_tuple(v):
    # -> sign must be an integer with the value 0 or 1
    return decimal.Decimal((v.number, (), 0))


def fraction_of_a_word(v):
    # -> Invalid literal for Fraction: <?>
    return fractions.Fraction(v.word)


def fraction_by_nothing(v):
    # -> Fraction(<?>, <?>)
    return fractions.Fraction(v.number, 0)


def fraction_of_a_list(v):
    # -> argument should be a string or a Rational instance
    return fractions.Fraction([v.number])


def mean_of_nothing(v):
    # -> mean requires at least one data point
    return statistics.mean(item for item in [v.number] if item < 0)


def mean_of_words(v):
    # -> can't convert type <?> to numerator/denominator
    return statistics.mean([v.word])


def deviation_of_one(v):
    # -> stdev requires at least two data points
    # -> variance requires at least two data points
    return statistics.stdev([v.number])


def quantiles_of_one(v):
    # -> n must be at least <?>
    return statistics.quantiles([v.number], n=0)


def normal_with_a_negative(v):
    # -> sigma must be non-negative
    return statistics.NormalDist(v.number, -1)


def choice_from_nothing(v):
    # -> Cannot choose from an empty sequence
    # -> string index out of range
    return random.choice(v.word[:0])


def sample_that_is_too_large(v):
    # -> Sample larger than population or is negative
    return random.sample(range(3), v.number)


def random_below_nothing(v):
    # -> empty range for randrange()
    return random.randrange(-v.number)


def random_with_odd_weights(v):
    # -> The number of weights does not match the population
    return random.choices([v.word], weights=[1, 2])


def heap_of_unlike_things(v):
    # -> <?> not supported between instances of <?> and <?>
    heap = [v.word]
    heapq.heappush(heap, v.number)


def heap_of_nothing(v):
    # -> index out of range
    return heapq.heappop([] if v.word else [v.word])


def place_among_unlike_things(v):
    # -> <?> not supported between instances of <?> and <?>
    return bisect.insort([v.number], v.word)


def day_of_a_word(v):
    # -> Invalid isoformat string: <?>
    return datetime.date.fromisoformat(v.word)


def time_of_a_word(v):
    # -> time data <?> does not match format <?>
    return datetime.datetime.strptime(v.word, "%Y-%m-%d")


def time_with_a_rest(v):
    # -> unconverted data remains: <?>
    return datetime.datetime.strptime(f"2087-11-23{v.word}", "%Y-%m-%d")


def time_in_a_bad_format(v):
    # -> stray % in format <?>
    return datetime.datetime.strptime("2087", "%Y %")


def time_in_an_unknown_format(v):
    # -> <?> is a bad directive in format <?>
    return datetime.datetime.strptime(v.word, "%Q")


def month_out_of_range(v):
    # -> month must be in 1..12
    return datetime.date(2087, v.number, 1)


def day_out_of_range(v):
    # -> day is out of range for month
    return datetime.date(2087, 2, 30)


def year_out_of_range(v):
    # -> year <?> is out of range
    return datetime.date(v.number, 1, 1)


def duration_that_is_too_long(v):
    # -> Python int too large to convert to C int
    return datetime.timedelta(days=v.number * 100000)


def day_beyond_the_calendar(v):
    # -> date value out of range
    return v.day + datetime.timedelta(days=v.number * 1000)


def naive_and_aware_time(v):
    # -> can't compare offset-naive and offset-aware datetimes
    now = datetime.datetime.combine(v.day, datetime.time(0))
    return now < now.replace(tzinfo=datetime.timezone.utc)


def day_added_to_a_number(v):
    # -> unsupported operand type(s) for <?>: <?> and <?>
    return v.day + v.number


def timestamp_out_of_range(v):
    # -> [Errno <?>] Value too large for defined data type
    return datetime.datetime.fromtimestamp(v.number * 10**12)


def offset_that_is_too_large(v):
    # -> offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24), not <?>.
    return datetime.timezone(datetime.timedelta(minutes=v.number))


def zone_nobody_knows(v):
    # -> 'No time zone found with key <?>'
    return zoneinfo.ZoneInfo(f"{v.word}/{v.key}")


def zone_outside_of_the_directory(v):
    # -> ZoneInfo keys must refer to subdirectories of TZPATH, got: <?>
    return zoneinfo.ZoneInfo(f"../{v.word}")


def month_nobody_knows(v):
    # -> bad month number <?>; must be 1-12
    return calendar.monthrange(2087, v.number)


def weekday_nobody_knows(v):
    # -> bad weekday number <?>; must be 0 (Monday) to 6 (Sunday)
    return calendar.setfirstweekday(v.number)


def sleep_of_a_negative(v):
    # -> sleep length must be non-negative
    time.sleep(-v.number)


def clock_of_a_bad_tuple(v):
    # -> mktime(): illegal time tuple argument
    return time.mktime((v.number, 1))


def identifier_that_is_none(v):
    # -> badly formed hexadecimal UUID string
    return uuid.UUID(v.word)


def identifier_out_of_range(v):
    # -> int is out of range (need a 128-bit value)
    return uuid.UUID(int=-v.number)


def identifier_of_nothing(v):
    # -> one of the hex, bytes, bytes_le, fields, or int arguments must be given
    return uuid.UUID()


def address_that_is_none(v):
    # -> <?> does not appear to be an IPv4 or IPv6 address
    return ipaddress.ip_address(v.host)


def address_with_a_large_part(v):
    # -> At most 3 characters permitted in <?> in <?>
    return ipaddress.IPv4Address("127.0.0.%d" % v.number)


def address_of_six_that_is_none(v):
    # -> Only hex digits permitted in <?> in <?>
    return ipaddress.IPv6Address(f"::{v.word}")


def network_with_host_bits(v):
    # -> <?> has host bits set
    return ipaddress.ip_network("127.0.0.1/8" if v.word else v.word)


def network_that_is_none(v):
    # -> <?> does not appear to be an IPv4 or IPv6 network
    return ipaddress.ip_network(v.host)


def network_with_a_bad_mask(v):
    # -> <?> is not a valid netmask
    return ipaddress.IPv4Network(f"127.0.0.0/{v.word}")


def array_of_words(v):
    # -> <?> object cannot be interpreted as an integer
    return array.array("i", [v.word])


def array_of_an_unknown_kind(v):
    # -> bad typecode (must be b, B, u, h, H, i, I, l, L, q, Q, f or d)
    return array.array(v.word[0], [v.number])


def array_of_a_large_number(v):
    # -> signed short integer is greater than maximum
    return array.array("b", [v.number])


def field_with_a_bad_name(v):
    # -> Type names and field names must be valid identifiers: <?>
    return collections.namedtuple("Point", [f"{v.word}!"])


def field_named_twice(v):
    # -> Encountered duplicate field name: <?>
    return collections.namedtuple("Point", [v.key, v.key])


def field_that_is_hidden(v):
    # -> Field names cannot start with an underscore: <?>
    return collections.namedtuple("Point", [f"_{v.word}"])


def tuple_made_of_too_little(v):
    # -> Expected <?> arguments, got <?>
    point = collections.namedtuple("Point", "x y")
    return point._make([v.number])


def tuple_replacing_no_field(v):
    # -> Got unexpected field names: <?>
    point = collections.namedtuple("Point", "x y")
    return point(1, 2)._replace(**{v.key: v.number})


def queue_of_nothing(v):
    # -> pop from an empty deque
    return collections.deque(v.word[:0]).popleft()


def ordered_mapping_without_a_key(v):
    # -> <?>
    return collections.OrderedDict({v.word: 1}).move_to_end(v.key)


def chain_without_a_key(v):
    # -> "Key not found in the first mapping: <?>"
    return collections.ChainMap({v.word: 1}).pop(v.key)


def counter_of_a_number(v):
    # -> <?> object is not iterable
    return collections.Counter(v.number)


def mapping_that_changed(v):
    # -> dictionary changed size during iteration
    names = {v.word: 1}
    for name in names:
        names[v.key] = name


def item_that_is_missing(v):
    # -> <?> is not in list
    return [v.word].index(v.key)


def item_removed_twice(v):
    # -> list.remove(x): x not in list
    return [v.word].remove(v.key)


def set_without_an_item(v):
    # -> <?>
    return {v.word}.remove(v.key)


def smallest_of_nothing(v):
    # -> min() arg is an empty sequence
    # -> min() iterable argument is empty
    return min(item for item in v.word if item == "!")


def getter_without_an_attribute(v):
    # -> <?> object has no attribute <?>
    return operator.attrgetter(v.key)(v.word)


def slice_with_a_negative(v):
    # -> Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.
    return list(itertools.islice(v.word, -v.number))


def zip_of_unequal_lengths(v):
    # -> zip() argument <?> is longer than argument <?>
    return list(zip(v.word, v.sentence, strict=True))
