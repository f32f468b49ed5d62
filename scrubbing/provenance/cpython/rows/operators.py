"""Operators, attributes, iteration, unpacking, ``with`` and ``await``: what a type does not know how to do."""

ROWS = r"""
= TypeError: run
unsupported operand type(s) for {op}: '{type}' and '{type}'
unsupported operand type(s) for {op}: '{type}', '{type}', '{type}'
unsupported operand type(s) for {op}: '{type}' and '{type}'. Did you mean "print(<message>, file=<output_stream>)"?
unsupported operand type(s) for {op}: '{type}' and '{type}'. Did you mean "print(<message>, file=<output_stream>)"
unsupported operand types(s) or combination of types: '{type}' and '{type}'
bad operand type for unary {op}: '{type}'
bad operand type for abs(): '{type}'
'{op}' not supported between instances of '{type}' and '{type}'
argument of type '{type}' is not iterable
'in <string>' requires string as left operand, not {type}
can only concatenate {type} (not "{type}") to {type}
can't concat {type} to {type}
can only append array (not "{type}") to array
can't multiply sequence by non-int of type '{type}'
'{type}' object can't be concatenated
'{type}' object can't be repeated
sequence index must be integer, not '{type}'
type {type} doesn't define {__round__|__trunc__|__floor__|__ceil__|__abs__} method
comparing strings with non-ASCII characters is not supported
sum() can't sum strings [use ''.join(seq) instead]
sum() can't sum bytes [use b''.join(seq) instead]
sum() can't sum bytearray [use b''.join(seq) instead]
'{type}' object is not iterable
'{type}' object is not a mapping
'{type}' object is not subscriptable
'{type}' is not a sequence
'{type}' is not a mapping
'{type}' object does not support item assignment
'{type}' object does not support item deletion
'{type}' object doesn't support item deletion
'{type}' object doesn't support slice {assignment|deletion}
'{type}' object is unsliceable
'{type}' object has only {read-only|} attributes
@3.11+ type '{type}' is not subscriptable
There are no type variables left in {value}
{value} is not a generic class
Too {many|few} arguments for {value}
object of type '{type}' has no len()
unhashable type: '{type}'
__{bool|len|index|int|float|complex|hash|repr|str|bytes|format|dir|iter|trunc}__ returned non-{bool|int|float|complex|string|bytes|list|iterator} (type {type})
{type}.__{float|index|int|complex|trunc|str|repr}__ returned non-{float|int|complex|Integral|string} (type {type})
__{bool|len}__ should return {bool|int}, returned {type}
__{bool|len}__ should return {bool|an integer}
__hash__ method should return an integer
__length_hint__ must be an integer, not {type}
__format__ must return a str, not {type}
cannot unpack non-iterable {type} object
cannot {set|delete} '{name}' attribute of immutable type '{type}'
can't set {type}.{name}
can't delete {type}.{name}
can only assign string to {type}.{name}, not '{type}'
can only assign tuple to {type}.{name}, not {type}
can only assign non-empty tuple to {type}.{name}, not ()
{type}.__bases__ must be tuple of classes, not '{type}'
a __bases__ item causes an inheritance cycle
__class__ assignment: '{type}' object layout differs from '{type}'
__class__ assignment only supported for {heap types|mutable types} or ModuleType subclasses
__class__ must be set to a class, not '{type}' object
can't delete __class__ attribute
cannot delete __dict__
can't delete {numeric/char|}attribute
can't apply this {__setattr__|__delattr__} to {type} object
__dict__ must be set to a dictionary, not a '{type}'
__{code|defaults|kwdefaults|annotations|name|qualname|closure|type_params|doc}__ must be set to a {code|tuple|dict|string} object
__{traceback|cause|context}__ may not be deleted
args may not be deleted
__traceback__ must be a traceback or None
exception {cause|context} must be None or derive from BaseException
attribute value type must be {wanted}
exceptions must be classes or instances deriving from BaseException, not {type}
instance exception may not have a separate value
throw() third argument must be a traceback object
don't know how to handle {type} in error callback
can't send non-None value to a just-started {generator|coroutine|async generator}
state is not a dictionary
cannot create weak reference to '{type}' object
= TypeError: await iterate with run
'{type}' object is not an async iter{ator|able}
'async for' requires an object with __aiter__ method, got {type}
'async for' received an object from __aiter__ that does not implement __anext__: {type}
'async for' received an invalid object from __anext__: {type}
object {type} can't be used in 'await' expression
'async with' received an object from __aenter__ that does not implement __await__: {type}
'async with' received an object from __aexit__ that does not implement __await__: {type}
__await__() returned non-iterator of type '{type}'
__await__() returned a coroutine
cannot 'yield from' a coroutine object in a non-coroutine generator
= TypeError: with
@3.11+ '{type}' object does not support the context manager protocol
@3.11+ '{type}' object does not support the context manager protocol (missed __exit__ method)
@3.11+ '{type}' object does not support the asynchronous context manager protocol
@3.11+ '{type}' object does not support the asynchronous context manager protocol (missed {__aenter__|__aexit__} method)
= AttributeError: with
@-3.10 __{enter|exit|aenter|aexit}__
= AttributeError: run
'{type}' object has no attribute '{name}'
@3.13+ '{type}' object has no attribute '{name}' and no __dict__ for setting new attributes
@3.12+ '{type}' object has no attribute '{name}'. Did you mean: '{value}'?
type object '{type}' has no attribute '{name}'
module '{module}' has no attribute '{name}'
module has no attribute '{name}'
partially initialized module '{module}' has no attribute '{name}' (most likely due to a circular import)
@3.13+ module '{module}' has no attribute '{name}' (consider renaming {path} since it has the same name as the standard library module named '{module}' and {the import system gives it precedence|prevents importing that standard library module})
@3.13+ module '{module}' has no attribute '{name}' (consider renaming {path} if it has the same name as a {third-party module|library} you intended to import)
@3.12+ cannot access submodule '{name}' of module '{module}' (most likely due to a circular import)
'{type}' object attribute '{name}' is read-only
attribute '{name}' of '{type}' objects is not {writable|readable}
readonly attribute
@-3.10 can't {set|delete} attribute '{name}'
@-3.10 can't {set|delete} attribute
@-3.10 unreadable attribute
@-3.10 unreadable attribute '{name}'
@3.11+ property '{name}' of '{type}' object has no {getter|setter|deleter}
@3.11+ property of '{type}' object has no {getter|setter|deleter}
__abstractmethods__
This object has no __dict__
= ZeroDivisionError: run
{|integer |float |complex }division by zero
integer division or modulo by zero
@3.11+ integer modulo by zero
float floor division by zero
@-3.12 float modulo
@3.13+ float modulo by zero
float divmod()
complex modulo
0.0 cannot be raised to a negative power
0.0 to a negative or complex power
= OverflowError: run
(34, 'Numerical result out of range')
(34, 'Result too large')
complex exponentiation
integer division result too large for a float
int too large to convert to float
too many digits in integer
cannot fit '{type}' into an index-sized integer
repeated {string|bytes} {is|are} too long
= ValueError: run
negative shift count
generator already executing
{coroutine|async generator} already executing
__len__() should return >= 0
__length_hint__() should return >= 0
@3.11+ second argument (exceptions) must be a non-empty sequence
@3.11+ Item {int} of second argument (exceptions) is not an exception
negative count
lineno must be an integer
{func}() requires a code object with {int} free vars, not {int}
= ValueError: unpack
not enough values to unpack (expected {int}, got {int})
not enough values to unpack (expected at least {int}, got {int})
too many values to unpack (expected {int})
= ValueError: run
too many values to unpack (expected {int})
not enough values to unpack (expected {int}, got {int})
= TypeError: run
@3.11+ second argument (exceptions) must be a sequence
@3.11+ Cannot nest BaseExceptions in an ExceptionGroup
@3.11+ Cannot nest BaseExceptions in '{type}'
@3.11-3.11 expected a function, exception type or tuple of exception types
@3.12-3.12 expected a function, exception type or tuple of exception types
@3.13+ expected an exception type, a tuple of exception types, or a callable (other than a class)
@3.11+ note must be a str, not '{type}'
@3.11+ derive must return an instance of BaseExceptionGroup
Cannot add note: __notes__ is not a list
= RuntimeError: run
dictionary changed size during iteration
dictionary keys changed during iteration
OrderedDict mutated during iteration
OrderedDict changed size during iteration
Set changed size during iteration
deque mutated during iteration
generator raised StopIteration
{coroutine|async generator} raised Stop{Async|}Iteration
generator ignored GeneratorExit
{coroutine|async generator} ignored GeneratorExit
cannot reuse already awaited coroutine
cannot reuse already awaited {aclose()/athrow()|__anext__()/asend()}
{aclose|athrow|asend|anext}(): asynchronous generator is already running
coroutine is being awaited already
= ReferenceError: run
weakly-referenced object no longer exists
"""
