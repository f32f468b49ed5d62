"""Dates and times."""

ROWS = r"""
= NotImplementedError: run
a tzinfo subclass must implement utcoffset()
= OverflowError: run
date value out of range
timestamp out of range for platform time_t
timestamp too large to convert to C {PyTime_t|_PyTime_t}
days={int}; must have magnitude <= {int}
mktime argument out of range
year out of range
= TypeError: run
Tuple or struct_time argument required
@-3.12 can't compare datetime.datetime to datetime.date
can't compare offset-naive and offset-aware {datetimes|times}
can't subtract offset-naive and offset-aware datetimes
fromisoformat: argument must be str
fromutc: argument must be a datetime
strftime(): illegal time tuple argument
time.struct_time() takes an at most {int}-sequence ({int}-sequence given)
tzinfo argument must be None or of a tzinfo subclass, not type '{type}'
tzinfo.{tzname|utcoffset|dst}() must return None or {a string|timedelta}, not '{type}'
unsupported type for timedelta {days|seconds|microseconds|milliseconds|minutes|hours|weeks} component: {type}
{utcoffset|tzname|dst}(dt) argument must be a datetime instance or None, not {type}
fromutc: tz.{utcoffset|dst}() gave inconsistent results; cannot convert
= ValueError: run
Invalid day: {int} (range is [1, 7])
Invalid isoformat string: {value}
Invalid value NaN (not a number)
Invalid week: {int}
Unknown timespec value
Year is out of range: {int}
day is out of range for month
day of month out of range
day of week out of range
day of year out of range
fold must be either 0 or 1
fromutc: dt.tzinfo is not self
hour must be in 0..23
hour out of range
microsecond must be in 0..999999
minute must be in 0..59
minute out of range
month must be in 1..12
month out of range
offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24), not {value}.
offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24).
ordinal must be >= 1
second must be in 0..59
seconds out of range
sleep length must be non-negative
unknown clock
year {int} is out of range
cannot convert float NaN to integer
"""
