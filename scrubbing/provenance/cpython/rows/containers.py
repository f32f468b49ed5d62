"""Lists, dicts, sets, strings as sequences, arrays, memory views, iterators of C."""

ROWS = r"""
= BufferError: run
Existing exports of data: object cannot be re-sized
cannot resize an array that is exporting buffers
memoryview has {int} exported buffer{|s}
Object is not writable.
memoryview: underlying buffer is not {writable|C-contiguous|Fortran contiguous|contiguous}
memoryview: underlying buffer requires suboffsets
deallocated {type} object has exported buffers
mmap can't resize with extant buffers exported.
= IndexError: run
array assignment index out of range
array index out of range
bytearray index out of range
cannot fit '{type}' into an index-sized integer
deque already at its maximum size
deque index out of range
index out of bounds on dimension {int}
index out of range
list assignment index out of range
list index out of range
pop from an empty deque
pop from empty array
pop from empty bytearray
pop from empty list
pop index out of range
range object index out of range
string index out of range
tuple index out of range
= NotImplementedError: run
multi-dimensional slicing is not implemented
multi-dimensional sub-views are not implemented
memoryview: format {value} not supported
memoryview: unsupported format {value}
sub-views are not implemented
= OverflowError: run
Python int too large to convert to C {int|long|ssize_t|size_t|unsigned long|unsigned int|char|short|Py_ssize_t|time_t|timestamp}
can't convert negative value to unsigned int
signed char is greater than maximum
signed integer is greater than maximum
signed short integer is greater than maximum
unsigned byte integer is greater than maximum
unsigned byte integer is less than minimum
unsigned int is greater than maximum
unsigned short is greater than maximum
= TypeError: run
invalid indexing of 0-dim memory
memoryview: a bytes-like object is required, not '{type}'
@3.13+ expected iterable of integers; got: '{type}'
Expected int as r
arg must be list
array indices must be integers
array item must be unicode character
byte indices must be integers or slices, not {type}
bytearray indices must be integers or slices, not {type}
can assign only bytes, buffers, or iterables of ints in range(0, 256)
@-3.12 can only assign an iterable
can only assign array (not "{type}") to array slice
can only extend with array of same kind
can't extend bytearray with {type}
cannot delete memory
cannot index {int}-dimension view with {int}-element tuple
cannot modify read-only memory
cannot use a str to initialize an array with typecode '{code}'
list indices must be integers or slices, not {type}
memoryview.cast(): elements of shape must be integers
memoryview: cannot cast between two non-byte formats
memoryview: cannot cast view with zeros in shape or strides
memoryview: casts are restricted to C-contiguous views
memoryview: invalid slice key
memoryview: invalid type for format '{code}'
memoryview: length is not a multiple of itemsize
memoryview: product(shape) * itemsize != buffer size
must assign iterable to extended slice
range indices must be integers or slices, not {type}
shape must be a list or a tuple
slice indices must be integers or None or have an __index__ method
@-3.10 string indices must be integers
@3.11+ string indices must be integers, not '{type}'
tuple indices must be integers or slices, not {type}
memoryview: format {value} not supported
memoryview: unsupported format {value}
= ValueError: run
'timeout' must be a non-negative number
{value} is not in range
Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.
Step for islice() must be a positive integer or None.
Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.
array.index(x): x not in array
array.remove(x): x not in array
attempt to assign array of size {int} to extended slice of size {int}
attempt to assign bytes of size {int} to extended slice of size {int}
attempt to assign sequence of size {int} to extended slice of size {int}
bad typecode (must be b, B, u, h, H, i, I, l, L, q, Q, f or d)
@3.13+ batched(): incomplete batch
bytes length not a multiple of item size
cannot hash writable memoryview object
@-3.12 fromunicode() may only be called on unicode type arrays
@3.13+ fromunicode() may only be called on unicode type arrays ('u' or 'w')
list.remove(x): x not in list
lo must be non-negative
maxlen must be non-negative
memoryview assignment: lvalue and rvalue have different structures
memoryview: destination format must be a native single character format prefixed with an optional '@'
memoryview: invalid value for format '{code}'
n must be >= 0
@3.12+ n must be at least one
operation forbidden on released memoryview object
order must be 'C', 'F' or 'A'
r must be non-negative
repeat argument cannot be negative
sequence.index(x): x not in sequence
slice step cannot be zero
subsection not found
substring not found
@-3.12 tounicode() may only be called on unicode type arrays
@3.13+ tounicode() may only be called on unicode type arrays ('u' or 'w')
tuple.index(x): x not in tuple
value not found in bytearray
{value} is not in deque
{value} is not in list
list modified during sort
underlying buffer is not C-contiguous
"""
