"""Classes and objects: how they are made, and the functions of C every program calls."""

ROWS = r"""
= OverflowError: run
can't convert negative int to unsigned
int too big to convert
= TypeError: run
@3.13+ Cannot create a consistent method resolution order (MRO) for bases {value}
@-3.12 Cannot create a consistent method resolution⏎order (MRO) for bases {value}
{type}.__prepare__() must return a mapping, not {type}
The fill character must be a unicode character, not {type}
The fill character must be exactly one character long
__classcell__ must be a nonlocal cell, not {value}
__dict__ slot disallowed: we already got one
__slots__ items must be strings, not '{type}'
__slots__ must be identifiers
@-3.11 __weakref__ slot disallowed: either we already got one, or __itemsize__ != 0
@3.12+ __weakref__ slot disallowed: we already got one
cannot convert '{type}' object to bytes
cannot convert dictionary update sequence element #{int} to a sequence
cannot create '{type}' instances
decoding str is not supported
decoding to str: need a bytes-like object, {type} found
duplicate base class {type}
encoding without a string argument
errors without a string argument
{type}.__new__(X): X is not a type object ({type})
{type}.__new__({type}): {type} is not a subtype of {type}
metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases
@3.11+ module name must be a string
multiple bases have instance lay-out conflict
nonempty __slots__ not supported for subtype of '{type}'
{type}.__new__(): not enough arguments
{type}.__new__({type}) is not safe, use {type}.__new__()
ord() expected a character, but string of length {int} found
ord() expected string of length {int}, but {type} found
string argument without an encoding
type '{type}' is not an acceptable base type
type __qualname__ must be a str, not {type}
unsupported format string passed to {type}.__format__
@-3.11 Can't instantiate abstract class {type} with abstract method {value}
@-3.11 Can't instantiate abstract class {type} with abstract methods {value}
@3.12+ Can't instantiate abstract class {type} without an implementation for abstract method{|s} {value}
bases must be types
type() doesn't support MRO entry resolution; use types.new_class()
mro() returned a non-class ('{type}')
mro() returned base with unsuitable layout ('{type}')
__class__ not set defining {value} as {value}. Was __classcell__ propagated to type.__new__?
Error calling __set_name__ on '{type}' instance {value} in '{type}'
= ValueError: run
{value} in __slots__ conflicts with class variable
Empty module name
byte must be in range(0, 256)
byteorder must be either 'little' or 'big'
bytes must be in range(0, 256)
dictionary update sequence element #{int} has length {int}; 2 is required
empty separator
length argument must be non-negative
level must be >= 0
maxdigits must be 0 or larger than 640
@-3.10 source code string cannot contain null bytes
= RuntimeError: run
@-3.11 Error calling __set_name__ on '{type}' instance {value} in '{type}'
__class__ not set defining {value} as {value}. Was __classcell__ propagated to type.__new__?
"""
