"""Files, streams, `mmap`, and the arguments of `os`."""

ROWS = r"""
= IndexError: run
mmap index out of range
mmap slice assignment is wrong size
= LookupError: run

= OSError: run
raw {readinto|read|write}() failed
Can't do nonzero cur-relative seeks
telling position disabled by next() call
raw readinto() returned invalid length {int} (should have been between 0 and {int})
raw read() returned invalid length {int} (should have been between 0 and {int})
raw write() returned invalid length {int} (should have been between 0 and {int})
can't reconstruct logical file position
can't restore logical file position
Raw stream returned invalid position {int}
write could not complete without blocking
underlying stream is not seekable
= OverflowError: run
memory mapped offset must be positive
memory mapped length must be positive
= TypeError: run
{type}.__setstate__ argument should be {int}-tuple, got {type}
Each file_actions element must be a non-empty tuple
decoder should return a string result, not '{type}'
initial_value must be str or None, not {type}
{func}: {path|src|dst|file|name|command|executable|target|filename|source|link} should be {wanted}, not {type}
mmap can't modify a readonly memory map.
mmap can't resize a readonly or copy-on-write memory map.
mmap indices must be integers
mmap item value must be an int
invalid file: {value}
encoder should return a bytes object, not '{type}'
decoder getstate() should have returned a bytes object as the first item of the return value, not '{type}'
underlying {read|read1}() should have returned a bytes-like object, not '{type}'
peek() should have returned a bytes object, not '{type}'
{read|readline}() should have returned a bytes object, not '{type}'
{func}() arg 2 must be a tuple or list
{func}: 'times' must be either a tuple of two ints or None
{func}: 'ns' must be a tuple of two ints
expected {type}.__fspath__() to return str or bytes, not {type}
{func}: environment must be a mapping object
configuration names must be strings or integers
= ValueError: run
mmap can't specify both access and flags, prot.
{func}: argv must not be empty
negative CPU number
can't have text and binary mode at once
data out of range
Cannot use closefd=False with file name
I/O operation on closed file
I/O operation on closed file.
Invalid whence ({int}, should be 0, 1 or 2)
Negative seek position {int}
Negative size value {int}
binary mode doesn't take a newline argument
binary mode doesn't take an encoding argument
binary mode doesn't take an errors argument
buffer size must be strictly positive
{func}() arg 2 first element cannot be empty
{func}() arg 2 must not be empty
flush values out of range
illegal environment variable name
illegal newline value: {value}
invalid mode: {value}
invalid wait status: {int}
invalid whence ({int}, should be 0, 1 or 2)
mmap closed or invalid
mmap invalid access parameter.
mmap item value must be in range(0, 256)
must have exactly one of create/read/write/append mode
negative file descriptor
negative seek position {int}
negative seek value {int}
negative size value {int}
raw stream has been detached
read byte out of range
read length must be non-negative or -1
seek out of range
source, destination, or count out of range
{func}: can't specify {dir_fd|both dir_fd and fd} without matching path
{func}: cannot use {fd and follow_symlinks|dir_fd and follow_symlinks} together
{func}: embedded null character in {path|src|dst|file|name}
underlying buffer has been detached
unknown seek type
unrecognized configuration name
utime: you may specify either 'times' or 'ns' but not both
whence value {int} unsupported
I/O operation on uninitialized object
{read|write|flush|seek|readline|peek|truncate|tell} of closed file
cannot mmap an empty file
mmap length is greater than file size
mmap offset is greater than file size
can't have unbuffered text I/O
invalid buffering size
{func}: src and dst must be the same type
= io.UnsupportedOperation: run
File not open for reading
File not open for writing
underlying stream is not seekable
can't do nonzero {cur|end}-relative seeks
{tell|seek|truncate|readline|flush|readinto|read1|readall|write|peek|isatty|close|detach|fileno|read}
File or stream is not {seekable|writable|readable}.
It is not possible to set the {encoding|newline|encoding or newline} of stream after the first read
not {seekable|readable|writable}
"""
