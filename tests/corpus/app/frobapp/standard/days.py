"""Days and times, zones, calendars."""

from __future__ import annotations

import calendar
import datetime
import time
import zoneinfo


def day_of_a_word(v):
    # -> Invalid isoformat string: <?>
    return datetime.date.fromisoformat(v.word)


def time_of_a_word(v):
    # -> time data <?> does not match format <?>
    return datetime.datetime.strptime(v.word, "%Y-%m-%d")


def time_with_a_rest(v):
    # -> unconverted data remains: <?>
    return datetime.datetime.strptime(f"1999-02-03{v.word}", "%Y-%m-%d")


def time_in_a_bad_format(v):
    # -> stray % in format <?>
    return datetime.datetime.strptime("1999", "%Y %")


def time_in_an_unknown_format(v):
    # -> <?> is a bad directive in format <?>
    return datetime.datetime.strptime(v.word, "%Q")


def month_out_of_range(v):
    # -> month must be in 1..12
    return datetime.date(1999, v.number, 1)


def day_out_of_range(v):
    # -> day is out of range for month
    return datetime.date(1999, 2, 30)


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
    return calendar.monthrange(1999, v.number)


def weekday_nobody_knows(v):
    # -> bad weekday number <?>; must be 0 (Monday) to 6 (Sunday)
    return calendar.setfirstweekday(v.number)


def sleep_of_a_negative(v):
    # -> sleep length must be non-negative
    time.sleep(-v.number)


def clock_of_a_bad_tuple(v):
    # -> mktime(): illegal time tuple argument
    return time.mktime((v.number, 1))
