"""Text and bytes: codecs, formatting, translation."""

ROWS = r"""
= IndexError: run
Replacement index {int} out of range for positional args tuple
position {int} from error handler out of bounds
= LookupError: run
'{codec}' is not a text encoding; use codecs.{decode|encode|open}() to handle arbitrary codecs
unknown error handler name {value}
unknown encoding: {codec}
no codec search functions registered: can't find encoding
= OverflowError: run
%c arg not in range(0x110000)
%c arg not in range(256)
= TypeError: run
%b requires a bytes-like object, or an object that implements __bytes__, not '{type}'
%c requires an integer in range(256) or a single byte
%c requires int or char
%{code} format: a real number is required, not {type}
%{code} format: an integer is required, not {type}
* wants int
can only join an iterable
character mapping must be in range(0x110000)
character mapping must be in range(256)
character mapping must return integer, None or str
character mapping must return integer, bytes or None, not {type}
codec must pass exception instance
@-3.11 {decoding|encoding} with '{codec}' codec failed (TypeError: {wanted} is required, not '{type}')
{startswith|endswith} first arg must be {str or a tuple of str|bytes or a tuple of bytes}, not {type}
format requires a mapping
if you give only one argument to maketrans it must be a dict
keys in translate table must be strings or integers
not all arguments converted during bytes formatting
not all arguments converted during string formatting
not enough arguments for format string
sequence item {int}: expected a bytes-like object, {type} found
sequence item {int}: expected str instance, {type} found
{strip|lstrip|rstrip} arg must be None or str
tuple for {startswith|endswith} must only contain str, not {type}
'{codec}' {encoder|decoder} returned '{type}' instead of '{type}'; use codecs.{encode|decode}() to {encode|decode} to arbitrary types
codec search functions must return 4-tuples
decoder must return a tuple (object,integer)
encoder must return a tuple (object, integer)
decoding error handler must return (str, int) tuple
encoding error handler must return (str/bytes, int) tuple
translating error handler must return (str, int) tuple
separator: expected str instance, {type} found
= ValueError: run
'=' alignment flag is not allowed in complex format specifier
'=' alignment not allowed in string format specifier
Alternate form (#) not allowed in string format specifier
Alternate form (#) not allowed with integer format specifier 'c'
Cannot specify '{,|_}' with '{code}'.
Cannot specify both ',' and '_'.
Empty attribute in format string
@3.11+ Exceeds the limit ({int} digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit
@-3.10 Exceeds the limit ({int}) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit
Format specifier missing precision
Format string contains positional fields
@-3.10 Invalid format specifier
@3.11+ Invalid format specifier {value} for object of type '{type}'
Max string recursion exceeded
@3.11+ Negative zero coercion (z) not allowed in string format specifier
Only '.' or '[' may follow ']' in format field specifier
Precision not allowed in integer format specifier
Sign not allowed in string format specifier
Sign not allowed with integer format specifier 'c'
Single '{{' encountered in format string
Single '}' encountered in format string
Space not allowed in string format specifier
Too many decimal digits in format string
Trailing \ in string
Unknown conversion specifier {value}
Unknown format code '{code}' for object of type '{type}'
Zero padding is not allowed in complex format specifier
cannot switch from automatic field numbering to manual field specification
cannot switch from manual field specification to automatic field numbering
character mapping must be in range(0x110000)
expected ':' after conversion specifier
expected '}' before end of string
incomplete format
incomplete format key
invalid \x escape at position {int}
invalid normalization form
maketrans arguments must have same length
no such name
not a decimal
not a digit
not a numeric character
precision too big
string keys in translate table must be of length 1
the first two maketrans arguments must have equal length
translation table must be 256 characters long
unmatched '{{' in format spec
unsupported format character {value} at index {int}
width too big
unexpected '{{' in field name
end of string while looking for conversion specifier
= UnicodeDecodeError: run
'{codec}' codec can't decode byte {value} in position {int}: {reason}
'{codec}' codec can't decode bytes in position {int}-{int}: {reason}
= UnicodeEncodeError: run
'{codec}' codec can't encode character {value} in position {int}: {reason}
'{codec}' codec can't encode characters in position {int}-{int}: {reason}
= UnicodeTranslateError: run
can't translate character {value} in position {int}: {reason}
can't translate characters in position {int}-{int}: {reason}
= UnicodeError: run
@-3.11 {decoding|encoding} with '{codec}' codec failed (UnicodeError: {reason})
label empty or too long
label too long
label empty
= SystemError: run
unknown parser marker combination
"""
