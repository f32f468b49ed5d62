"""Calls: arguments that are too many, too few, unknown or of the wrong type, and things that cannot be called."""

ROWS = r"""
= TypeError: run
@3.11+ cannot use a closure with this code object
{func}() missing {int} required positional argument{|s}: {value}
{func}() missing {int} required keyword-only argument{|s}: {value}
{func}() takes {int} positional argument{|s} but {int} {was|were} given
{func}() takes from {int} to {int} positional arguments but {int} {was|were} given
{func}() takes {int} positional argument{|s} but {int} positional argument{|s} (and {int} keyword-only argument{|s}) were given
{func}() takes from {int} to {int} positional arguments but {int} positional argument{|s} (and {int} keyword-only argument{|s}) were given
{func}() got an unexpected keyword argument '{name}'. Did you mean '{value}'?
{func} got an unexpected keyword argument '{name}'
{func}() got some positional-only arguments passed as keyword arguments: {value}
{func}() got multiple values for argument '{name}'
{func}() got multiple values for keyword argument '{name}'
{func}() keywords must be strings
keywords must be strings
{func}() argument after * must be an iterable, not {type}
{func}() argument after ** must be a mapping, not {type}
Value after * must be an iterable, not {type}
'{type}' object is not callable
{func}() takes no arguments ({int} given)
{func}() takes no positional arguments
{func} takes no arguments
{func} takes no keyword arguments
{func}() takes {exactly|at least|at most} {one|two} argument{|s} ({int} given)
{func}() takes {exactly|at least|at most} {int} argument{|s} ({int} given)
{func}() takes {exactly|at least|at most} {int} positional argument{|s} ({int} given)
{func}() takes {exactly|at least|at most} {int} keyword argument{|s} ({int} given)
{func}() takes {int} or {int} arguments
{func}() takes {int} or {int} arguments ({int} given)
{func}() takes exactly one argument (the instance to initialize)
this function takes {exactly|at least|at most} {int} argument{|s} ({int} given)
function takes {exactly|at least|at most} {int} {|positional }argument{|s} ({int} given)
function missing required argument '{value}' (pos {int})
{func}() missing required argument '{value}' (pos {int})
{func}() missing {int} required positional argument
{func} expected {|at least |at most }{int} argument{|s}, got {int}
expected {int} argument{|s}, got {int}
unpacked tuple should have {|at least |at most }{int} element{|s}, but has {int}
@-3.12 '{name}' is an invalid keyword argument for {func}()
'{name}' is an invalid keyword argument for this function
argument for {func}() given by name ('{name}') and position ({int})
{func}() argument '{value}' must be {wanted}, not {type}
{func}() argument {int} must be {wanted}, not {type}
{func}() argument must be {wanted}, not {type}
{func}() argument {int} must be {wanted}
{func}() argument '{value}' must be {wanted}
{func}() argument must be {wanted}
{func}() arg {int} must be {wanted}
{func}() first argument must be {wanted}, not '{type}'
{func}() argument must be {wanted} or {wanted}, not {type}
{func}() argument {int}, item {int} must be {wanted}, not {type}
{func}() argument {int} must be {int}-item sequence, not {type}
{func}() argument {int} must be sequence of length {int}, not {int}
argument {int} must be {wanted}, not {type}
argument must be {wanted}, not {type}
argument {int} must be {wanted}
argument must be {wanted}
argument should be {wanted}, not {type}
argument list must be a tuple
must be {wanted}, not {type}
must be {wanted}
first argument must be {wanted}, not {type}
expected {wanted}, not {type}
expected {wanted}, got {type}
expected {wanted}, {type} found
expected {wanted}
{wanted} expected, not {type}
{wanted} is required, not '{type}'
{wanted} is required
{wanted} argument expected, got '{type}'
{wanted} argument required, not {type}
{wanted} argument required
{wanted} expected instead of {type} instance
required argument is not {wanted}
first arg must be callable
first argument must be callable
first argument must be callable or None
the first argument must be callable
argument must be callable
handler must be callable
object must be callable
descriptor '{name}' for '{type}' objects doesn't apply to {a|a type} '{type}' object
descriptor '{name}' requires a '{type}' object but received a '{type}'
descriptor '{name}' of '{type}' object needs an argument
descriptor '{name}' for type '{type}' needs {a type|an argument}
descriptor '{name}' for type '{type}' needs a type, not a '{type}' as arg 2
descriptor '{name}' requires a subtype of '{type}' but received '{type}'
unbound method {func}() needs an argument
__get__(None, None) is invalid
isinstance() argument 2 cannot be a parameterized generic
@-3.11 isinstance() argument 2 cannot contain a parameterized generic
issubclass() argument 2 cannot be a parameterized generic
@-3.11 issubclass() argument 2 cannot contain a parameterized generic
@-3.10 getattr(): attribute name must be string
@-3.10 hasattr(): attribute name must be string
attribute name must be string, not '{type}'
attribute name must be a string
attribute name must be string
Cannot specify a default for {max|min}() with multiple positional arguments
map() must have at least two arguments.
@-3.11 iter(v, w): v must be callable
@3.13+ iter(v, w): v must be callable
@3.12-3.12 iter(object, sentinel): object must be callable
iter() returned non-iterator of type '{type}'
'{type}' object is not reversible
'{type}' object is not an iterator
vars() argument must have __dict__ attribute
dir(): expected keys() of locals to be a list, not '{type}'
{eval|exec}() arg 1 must be a string, bytes or code object
{globals|locals} must be a {dict|mapping}
locals must be a mapping or None, not {type}
{eval|exec}() {globals|locals} must be a {dict|mapping}, not {type}
code object passed to {eval|exec}() may not contain free variables
code object requires a closure of exactly length {int}
super(type, obj): obj must be an instance or subtype of type
@3.13+ super(type, obj): obj ({type object|instance of} {type}) is not an instance or subtype of type ({type}).
pow() 3rd argument not allowed unless all arguments are integers
__build_class__: not enough arguments
__build_class__: func must be a function
__build_class__: name is not a string
input(): lost sys.{stdin|stdout|stderr}
callable firstiter expected, got {type}
reduce() arg 2 must support iteration
reduce() of empty {iterable|sequence} with no initial value
type 'partial' takes at least one argument
other argument must be K instance
methodcaller needs at least one argument, the method name
method name must be a string
@-3.10 self must not be None
@3.11+ instance must not be None
sep must be None or a string, not {type}
end must be None or a string, not {type}
'{type}' object cannot be interpreted as an integer
zip_longest() got an unexpected keyword argument
arg 5 (closure) must be {None or tuple|tuple}
arg 5 (closure) expected cell, found {type}
constructor requires a sequence
@-3.12 no positional arguments expected
optional 3rd arg must be a dictionary
2nd arg must be a tuple
wrong type
= ValueError: run
{func} requires closure of length {int}, not {int}
__sizeof__() should return >= 0
compile() mode must be 'exec', 'eval' or 'single'
compile(): unrecognised flags
compile(): invalid optimize value
{max|min}() arg is an empty sequence
@3.12+ {max|min}() iterable argument is empty
zip() argument {int} is {shorter|longer} than argument {int}
zip() argument {int} is {shorter|longer} than arguments {int}-{int}
chr() arg not in range(0x110000)
range() arg 3 must not be zero
pow() 3rd argument cannot be 0
base is not invertible for the given modulus
type name must not contain null characters
embedded null byte
embedded null character
not enough arguments
call stack is not deep enough
argument must be a sequence of length {int}
negative argument not allowed
= RuntimeError: run
super(): no arguments
super(): arg[0] deleted
super(): empty __class__ cell
super(): bad __class__ cell
super(): no current frame
super(): __class__ cell not found
super(): __class__ is not a type ({type})
input(): lost sys.{stdin|stdout|stderr}
lost sys.{stdin|stdout|stderr}
lost builtins module
lost sys.breakpointhook
= RuntimeError: other
No active exception to reraise
= TypeError: other
called match pattern must be a {class|type}
{type}() accepts {int} positional sub-pattern{|s} ({int} given)
{type}.__match_args__ must be a tuple (got {type})
{type}() got multiple sub-patterns for attribute '{name}'
__match_args__ elements must be strings (got {type})
exceptions must derive from BaseException
exception causes must derive from BaseException
catching classes that do not inherit from BaseException is not allowed
calling {value} should have returned an instance of BaseException, not {type}
catching '{type}' with except* is not allowed. Use except instead.
catching ExceptionGroup with except* is not allowed. Use except instead.
= RecursionError: any
maximum recursion depth exceeded
maximum recursion depth exceeded while calling a Python object
maximum recursion depth exceeded in comparison
maximum recursion depth exceeded in __instancecheck__
maximum recursion depth exceeded in __subclasscheck__
maximum recursion depth exceeded while getting the repr of an object
maximum recursion depth exceeded while getting the str of an object
maximum recursion depth exceeded while encoding a JSON object
maximum recursion depth exceeded while decoding a JSON {array|object|document} from a unicode string
maximum recursion depth exceeded while pickling an object
maximum recursion depth exceeded during {ast construction|compilation}
cannot set the recursion limit to {int} at the recursion depth {int}: the limit is too low
= MemoryError: any
Parser stack overflowed - Python source too complex to parse
= EOFError: run
EOF when reading a line
= StopIteration: any
{value}
= KeyError: any
{value}
= StopAsyncIteration: any
{value}
= SystemError: any
error return without exception set
{value} returned NULL without setting an exception
{value} returned a result with an exception set
bad argument to internal function
bad call flags
Negative size passed to PyBytes_FromStringAndSize
Negative size passed to PyUnicode_New
{value}: bad argument to internal function
initialization of {value} raised unreported exception
initialization of {value} failed without raising an exception
= NameError: name
name '{name}' is not defined
@-3.10 free variable '{name}' referenced before assignment in enclosing scope
@3.11+ cannot access free variable '{name}' where it is not associated with a value in enclosing scope
= NameError: run
name '{value}' is not defined
__build_class__ not found
= NameError: import
__import__ not found
= UnboundLocalError: name
@-3.10 local variable '{name}' referenced before assignment
@3.11+ cannot access local variable '{name}' where it is not associated with a value
"""
