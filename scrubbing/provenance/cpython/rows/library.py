"""The C modules of the standard library: `struct`, `zlib`, `pickle`, `csv`, `hashlib`, `json`."""

ROWS = r"""
= EOFError: run
Already at end of stream
End of stream already reached
Ran out of input
= OSError: run
Invalid data stream
= OverflowError: run
float too large to pack with e format
= TypeError: run
zdict argument must support the buffer protocol
salt is required
"delimiter" must be a 1-character string
"delimiter" must be string, not {type}
"lineterminator" must be a string
"quotechar" must be a 1-character string
"quoting" must be an integer
Strings must be encoded before hashing
@3.11+ a class that defines __slots__ without defining __getstate__ cannot be pickled
argument {int} must have a "write" method
bad "quoting" value
@3.12+ cannot pickle '{type}' instances
cannot pickle '{type}' object
@-3.10 cannot pickle '{type}' object: a class that defines __slots__ without defining __getstate__ cannot be pickled with protocol {int}
@3.11+ cannot pickle memoryview objects
dialect name must be a string
file must have 'read' and 'readline' attributes
file must have a 'write' attribute
keys must be str, int, float, bool or None, not {type}
limit must be an integer
missing format argument
object supporting the buffer API required
quotechar must be set if quoting enabled
= ValueError: run
Cannot specify both preset and filter chain
Cannot specify filters except with FORMAT_RAW
Circular reference detected
Compressor has been flushed
Filter specifier must have an "id" entry
Invalid container format: {int}
Invalid filter ID: {int}
Invalid initialization option
Must specify filters for FORMAT_RAW
@-3.11 Out of range float values are not JSON compliant
@3.12+ Out of range float values are not JSON compliant: {value}
Repeated call to flush()
@-3.10 [digital envelope routines] unsupported
bufsize must be non-negative
compresslevel must be between 1 and {int}
could not convert string to int
depth must be between 1 and {int}
digest_size must be between 1 and {int} bytes
end is out of bounds
fanout must be between 0 and {int}
iteration value must be greater than 0.
key length must be greater than 0.
length must be greater than zero
max_length must be non-negative
maximum {key|salt|person} length is {int} bytes
n must be a power of 2.
pickle protocol must be <= {int}
sep must be length 1.
sep must be ASCII.
string argument should contain only ASCII characters
unregistered extension code {int}
unsupported pickle protocol: {int}
= _csv.Error: run
{value} expected after {value}
field larger than field limit ({int})
iterable expected, not {type}
iterator should return strings, not {type} (the file should be opened in text mode)
@-3.10 line contains NUL
need to escape, but no escapechar set
@-3.12 new-line character seen in unquoted field - do you need to open the file in universal-newline mode?
@3.13+ new-line character seen in unquoted field - do you need to open the file with newline=''?
single empty field record must be quoted
unexpected end of data
unknown dialect
= _hashlib.UnsupportedDigestmodError: run
@3.11+ [digital envelope routines] unsupported
= _lzma.LZMAError: run
Corrupt input data
Input format not supported by decoder
Internal error
Invalid or unsupported options
= _pickle.PicklingError: run
__newobj__ arglist is empty
Can't pickle {value}: attribute lookup {value} on {value} failed
Can't pickle {value}: import of module {value} failed
@3.13+ PickleBuffer can only be pickled with protocol >= {int}
@-3.12 PickleBuffer can only pickled with protocol >= {int}
__reduce__ must return a string or tuple
first item of the tuple returned by __reduce__ must be callable
second item of the tuple returned by __reduce__ must be a tuple
tuple returned by __reduce__ must contain 2 through 6 elements
Can't pickle {value}: {it's not the same object as|it's not found as} {value}
args[0] from __newobj__ args has the wrong class
{second|third|fourth|fifth|sixth} element of the tuple returned by __reduce__ must be {a tuple|an iterator|a callable}, not {type}
= _pickle.UnpicklingError: run
NEWOBJ args argument must be a tuple, not {type}
@3.12+ A load persistent id instruction was encountered, but no persistent_load function was specified.
@-3.11 A load persistent id instruction was encountered,⏎but no persistent_load function was specified.
Memo value not found at index {int}
NEWOBJ class argument must be a type, not {type}
invalid load key, {value}.
pickle data was truncated
pickle stream refers to out-of-band data but no *buffers* argument was given
the STRING opcode argument must be quoted
unexpected MARK found
unpickling stack underflow
could not find MARK
state is not a dictionary
persistent IDs in protocol 0 must be ASCII strings
slot state is not a dictionary
= binascii.Error: run
At most 45 bytes at once
@3.11+ Discontinuous padding not allowed
@3.11+ Excess data after padding
Illegal char
Invalid base64-encoded string: number of data characters ({int}) cannot be 1 more than a multiple of {int}
@3.11+ Leading padding not allowed
Non-hexadecimal digit found
Odd-length string
@3.11+ Only base64 data is allowed
Incorrect padding
Trailing garbage
= struct.error: run
'{code}' format requires {int} <= number <= {int}
argument for '{s|p}' must be a bytes object
@-3.11 argument out of range
bad char in struct format
@-3.11 {byte|ubyte} format requires {int} <= number <= {int}
cannot iteratively unpack with a struct of length 0
char format requires a bytes object of length 1
iterative unpacking requires a buffer of a multiple of {int} bytes
no space to pack {int} bytes at offset {int}
not enough data to unpack {int} bytes at offset {int}
offset {int} out of range for {int}-byte buffer
pack expected {int} items for packing (got {int})
pack_into expected offset argument
pack_into expected {int} items for packing (got {int})
pack_into requires a buffer of at least {int} bytes for packing {int} bytes at offset {int} (actual buffer size is {int})
repeat count given without format specifier
required argument is not a float
required argument is not an integer
@-3.10 short format requires (-0x7fff - 1) <= number <= 0x7fff
@3.11-3.11 {short|ushort} format requires {int} <= number <= {int}
total struct size too long
unpack requires a buffer of {int} bytes
unpack_from requires a buffer of at least {int} bytes for unpacking {int} bytes at offset {int} (actual buffer size is {int})
@-3.10 ushort format requires 0 <= number <= (0x7fff * 2 + 1)
= zlib.error: run
Bad compression level
Error {int} while {decompressing data|compressing data|flushing|preparing to decompress data|finishing decompression|finishing compression|copying compression object|copying decompression object|setting zdict|creating compression object|creating decompression object}
Error {int} while {decompressing data|compressing data|flushing|preparing to decompress data|finishing decompression|finishing compression}: {incomplete or truncated stream|incorrect data check|incorrect header check|inconsistent stream state|invalid block type|invalid stored block lengths|invalid distance code|invalid distance too far back|invalid literal/length code|invalid code lengths set|invalid distances set|invalid literal/lengths set|invalid bit length repeat|too many length or distance symbols|unknown compression method|invalid window size|header crc mismatch|unknown header flags set|incorrect length check|invalid code -- missing end-of-block|invalid input data|library version mismatch}
Out of memory while {decompressing data|compressing data}
= AttributeError: run
Can't get attribute {value} on {value}
Can't {get|pickle} local {object|attribute} {value}
= json.decoder.JSONDecodeError: run
{Expecting value|Expecting ',' delimiter|Expecting ':' delimiter|Expecting property name enclosed in double quotes|Unterminated string starting at|Invalid \escape|Invalid control character at|Invalid \uXXXX escape|Extra data|Illegal trailing comma before end of object|Illegal trailing comma before end of array}: line {int} column {int} (char {int})
"""
