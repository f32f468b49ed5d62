"""Numbers: what cannot be read as one, what has no result, and the signals of `decimal`."""

ROWS = r"""
= OverflowError: run
cannot convert Infinity to integer
cannot convert Infinity to integer ratio
cannot convert float infinity to integer
factorial() argument should not exceed {int}
hexadecimal value too large to represent as a float
intermediate overflow in fsum
math range error
rounded value too large to represent
= TypeError: run
argument must be a {signal dict|context}
Cannot hash a signaling NaN value
Expected an int as second argument to ldexp.
complex() can't take second arg if first is a string
complex() second arg can't be a string
conversion from {type} to Decimal is not supported
int() can't convert non-string with explicit base
int() missing string argument
optional arg must be an integer
optional argument must be a context
state vector must be a tuple
valid values for rounding are:⏎  [ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_DOWN,⏎   ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN,⏎   ROUND_05UP]
= ValueError: run
-inf + inf in fsum
@3.11+ Exceeds the limit ({int} digits) for integer string conversion: value has {int} digits; use sys.set_int_max_str_digits() to increase the limit
@-3.10 Exceeds the limit ({int}) for integer string conversion: value has {int} digits; use sys.set_int_max_str_digits() to increase the limit
@3.12+ Inputs are not the same length
both points must have the same number of dimensions
cannot convert NaN to integer
cannot convert NaN to integer ratio
cannot convert signaling NaN to float
coefficient must be a tuple of digits
complex() arg is a malformed string
factorial() not defined for negative values
int() base must be >= 2 and <= 36, or 0
invalid format string
invalid hexadecimal floating-point string
invalid literal for int() with base {int}: {value}
isqrt() argument must be nonnegative
k must be a non-negative integer
math domain error
n must be a non-negative integer
non-hexadecimal number found in fromhex() arg at position {int}
number of bits must be non-negative
sign must be an integer with the value 0 or 1
state vector is the wrong size
@3.12+ steps must be a non-negative integer
string argument in the third position must be 'F', 'n' or 'N'
tolerances must be non-negative
valid range for Emax is [0, MAX_EMAX]
valid range for Emin is [MIN_EMIN, 0]
valid range for prec is [1, MAX_PREC]
valid values for capitals are 0 or 1
valid values for clamp are 0 or 1
could not convert string to float: {value}
= decimal.InvalidOperation decimal.DivisionByZero decimal.Overflow decimal.Underflow decimal.Inexact decimal.Rounded decimal.Subnormal decimal.Clamped decimal.FloatOperation: run
[<class 'decimal.{signal}'>]
[<class 'decimal.{signal}'>, <class 'decimal.{signal}'>]
[<class 'decimal.{signal}'>, <class 'decimal.{signal}'>, <class 'decimal.{signal}'>]
[<class 'decimal.{signal}'>, <class 'decimal.{signal}'>, <class 'decimal.{signal}'>, <class 'decimal.{signal}'>]
"""
