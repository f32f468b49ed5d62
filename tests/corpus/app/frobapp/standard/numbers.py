"""Numbers: what cannot be counted."""

from __future__ import annotations

import bisect
import decimal
import fractions
import heapq
import math
import random
import statistics


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
