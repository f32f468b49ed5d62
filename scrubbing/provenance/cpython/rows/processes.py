"""Threads, signals, `ctypes`, `asyncio`, XML, `re`, `marshal`, contexts."""

ROWS = r"""
= EOFError: run
= IndexError: run
child assignment index out of range
child index out of range
invalid index
{no such group|invalid group reference}
= LookupError: run
<ContextVar name={value}>
= OSError: run
{file}: cannot open shared object file: {value}
{file}: {invalid ELF header|file too short}
{file}: undefined symbol: {value}
{path}: wrong ELF class: ELFCLASS{32|64}
dlopen({path}): {value}
= OverflowError: run
= RuntimeError: run
Task got bad yield: {value}
<Token {value}> has already been used once
Leaving task {value} does not match the current task {value}.
await wasn't used with future
cannot enter context: {value} is already entered
cannot release un-acquired lock
no running event loop
release unlocked lock
can't start new thread
can't allocate lock
Task {value} got Future {value} attached to a different loop
Task {value} got bad yield: {value}
yield was used instead of yield from in task {value} with {value}
yield was used instead of yield from for generator in task {value} with {value}
Task cannot await on itself: {value}
Cannot enter into task {value} while another task {value} is being executed.
{value} was created in a different Context
can't create new thread at interpreter {shutdown|finalization}
= TypeError: run
expected {wanted} instead of {type}
The '_length_' attribute must be an integer
argument must be callable or integer function address
got an invalid type in {value}: {type}
element indices must be integers
argument must have 'read' attribute
@-3.10 expected string or bytes-like object
@3.11+ expected string or bytes-like object, got '{type}'
expected an instance of Token, got {value}
'_fields_' must be a sequence of (name, C type) pairs
'_fields_' must be a sequence of pairs
{value} field "{value}" must be a list, not a {type}
{value} constructor takes at most {int} positional argument{|s}
@-3.12 StopIteration interacts badly with generators and cannot be raised into a Future
_argtypes_ must be a sequence of types
_type_ must have storage info
a coroutine was expected, got {value}
can't intern {type}
cannot use a bytes pattern on a string-like object
cannot use a string pattern on a bytes-like object
context variable name must be a str
duplicate values for field {value}
indices must be integers
invalid exception object
invalid type
one character bytes, bytearray or integer expected
required field "{value}" missing from {value}
restype must be a type, a callable, or None
second item in _fields_ tuple (index {int}) must be a C type
signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object
tcsetattr, arg 3: must be 7 element list
this type has no size
too many initializers
uid should be integer, not {type}
underlying buffer is not writable
incompatible types, {type} instance instead of {type} instance
expected {type} instance instead of {type}
expected {type} instance, got {type}
cannot be converted to pointer
byref() argument must be a ctypes instance, not '{type}'
abstract class
item {int} in _argtypes_ has no from_param method
Pointer does not support item deletion
Array does not support item deletion
Pointer indices must be integer
function name must be string, bytes object or integer
expected some sort of {value}, but got {value}
AST identifier must be of type str
expected an Element, not "{type}"
= ValueError: run
Array length must be >= 0
Array length must be >= 0, not {int}
class must define a '_type_' attribute which must be a string of length 1
class must define a '_type_' attribute
number of bits invalid for bit field
{file}: undefined symbol: {value}
identifier field can't represent {value} constant
{value} with less than 2 values
{value} with no comparators
unrecognized kind
empty {body|targets|names|values|elts|ops|items|generators} on {value}
signal number {int} out of range [1; {int}]
Buffer size too small ({int} instead of at least {int} bytes)
NULL pointer access
byte string too long
can't specify a timeout for a non-blocking call
depth must be >= 0
expected a tuple of 2 integers
generation parameter must be less than the number of available generations ({int})
invalid resource specified
invalid who parameter
ioctl string arg too long
minimum size is {int}
offset cannot be negative
recursion limit must be greater or equal than 1
signal number out of range
signal only works in main thread of the main interpreter
size must be 0 or a positive value
size not valid: {int} bytes
switch interval must be strictly positive
@3.13+ timeout value must be a non-negative number
@-3.12 timeout value must be positive
unmarshallable object
<Token {value}> was created {by a different ContextVar|in a different Context}
signal number {int} out of range
timeout value is too large
semaphore or lock released too many times
current limit exceeds maximum limit
not allowed to raise maximum limit
bad marshal data ({unknown type code|invalid reference|long size out of range|unnormalized long data|digit out of range in long|string size out of range|bytes object size out of range|tuple size out of range|list size out of range|set size out of range|index list too large|unicode size out of range})
The '_length_' attribute must {be positive|not be negative}
AST identifier must be of type str
field {value} is required for {value}
expression must have {Load|Store|Del} context but has {Load|Store|Del} instead
None disallowed in {statement|expression} list
= asyncio.exceptions.InvalidStateError: run
invalid state
{Exception|Result} is not {set|ready}.
= ctypes.ArgumentError: run
argument {int}: TypeError: '{type}' object cannot be interpreted as {value}
argument {int}: TypeError: wrong type
argument {int}: TypeError: Don't know how to convert parameter {int}
argument {int}: TypeError: {wanted} expected instead of {type} instance
argument {int}: TypeError: expected {type} instance instead of {type}
argument {int}: OverflowError: int too long to convert
= xml.parsers.expat.ExpatError xml.etree.ElementTree.ParseError: run
{out of memory|syntax error|no element found|not well-formed (invalid token)|unclosed token|partial character|mismatched tag|duplicate attribute|junk after document element|illegal parameter entity reference|undefined entity|recursive entity reference|asynchronous entity|reference to invalid character number|reference to binary entity|reference to external entity in attribute|XML or text declaration not at start of entity|unknown encoding|encoding specified in XML declaration is incorrect|unclosed CDATA section|error in processing external entity reference|document is not standalone|unexpected parser state - please send a bug report|entity declared in parameter entity|unbound prefix|must not undeclare prefix|incomplete markup in parameter entity|XML declaration not well-formed|text declaration not well-formed|illegal character(s) in public id|parser suspended|parser not suspended|parsing aborted|parsing finished|cannot suspend in external parameter entity|limit on input amplification factor (from DTD and entities) breached}: line {int}, column {int}
undefined entity {value}: line {int}, column {int}
= asyncio.exceptions.CancelledError: any
{value}
= AttributeError: run
{file}: undefined symbol: {name}
function {value} not found
= locale.Error: run
unsupported locale setting
locale query failed
= _curses.error: run
setupterm: could not find terminal
must call initscr() first
must call start_color() first
must call (at least) setupterm() first
{func}() returned ERR
{func}() returned NULL
"""
