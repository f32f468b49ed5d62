"""Source that is no Python: `compile`, `eval`, `exec`, an import. Where it stands is a path and a line; names are values."""

ROWS = r"""
= IndentationError: any
expected an indented block after {value} on line {int}
expected an indented block
unexpected indent
unexpected unindent
unindent does not match any outer indentation level
= TabError: any
inconsistent use of tabs and spaces in indentation
= SyntaxError IndentationError: any
f-string: expression required before {value}
f-string: cannot use starred expression here
Invalid star expression
(value error) invalid \x escape at position {int}
':' expected after dictionary key
expression expected after dictionary key and ':'
@-3.10 Exceeds the limit ({int}) for integer string conversion: value has {int} digits; use sys.set_int_max_str_digits() to increase the limit - Consider hexadecimal for huge integer literals to avoid decimal conversion limits.
{value} was never closed
'{await|return|yield|yield from|async with|async for}' outside {function|async function}
'break' outside loop
'continue' not properly in loop
'return' with value in async generator
{yield expression|await expression|named expression} cannot be used within {value}
'{yield|yield from}' inside {value}
asynchronous comprehension outside of an asynchronous function
({unicode|value} error) '{codec}' codec can't decode byte {value} in position {int}: {reason}
({unicode|value} error) '{codec}' codec can't decode bytes in position {int}-{int}: {reason}
Missing parentheses in call to '{print|exec}'. Did you mean {print|exec}(...)?
assignment to yield expression not possible
bytes can only contain ASCII literal characters
cannot mix bytes and nonbytes literals
cannot assign to {True|False|None|__debug__|ellipsis|attribute|subscript|literal|function call|expression|comparison|conditional expression|list|tuple|dict literal|dict display|set display|dict comprehension|set comprehension|list comprehension|generator expression|lambda|await expression|yield expression|f-string expression|starred|named expression}
cannot assign to {True|False|None|ellipsis|attribute|subscript|literal|function call|expression|comparison|conditional expression|dict literal|set display|f-string expression|await expression|lambda|generator expression|list comprehension|dict comprehension|set comprehension|comparison|list|tuple} here. Maybe you meant '==' instead of '='?
cannot assign to keyword argument unpacking
cannot use assignment expressions with {value}
cannot use a starred expression {here|in a dictionary value}
cannot delete {True|False|None|__debug__|ellipsis|literal|function call|expression|comparison|conditional expression|dict literal|set display|dict comprehension|set comprehension|list comprehension|generator expression|lambda|await expression|yield expression|f-string expression|starred|operator}
closing parenthesis {value} does not match opening parenthesis {value}
unmatched {value}
duplicate argument {value} in function definition
expected 'else' after 'if' expression
expected expression {before 'if', but statement is given|after 'else', but statement is given}
expected 'except' or 'finally' block
expected one or more exception types
expected ':'
expected '('
expected comma between {value}
multiple exception types must be parenthesized
cannot have both 'except' and 'except*' on the same 'try'
'break', 'continue' and 'return' cannot appear in an except* block
default 'except:' must be last
{value} is an illegal expression for augmented assignment
illegal target for annotation
only single target (not {list|tuple}) can be annotated
f-string: empty expression not allowed
f-string: expecting '}'
f-string: expecting '}', or format specs
f-string: valid expression required before {value}
f-string: expecting a valid expression after '{{'
f-string: expecting '=', or '!', or ':', or '}'
f-string: expecting '!', or ':', or '}'
f-string: expecting ':' or '}'
multiple assignments to name {value} in pattern
multiple starred names in sequence pattern
f-string: single '}' is not allowed
f-string: unterminated string
f-string: unmatched {value}
f-string: closing parenthesis {value} does not match opening parenthesis {value}
f-string: expressions nested too deeply
f-string: too many nested parenthesis
f-string: {invalid|missing} conversion character{|: expected 's', 'r', or 'a'}
f-string: invalid conversion character {value}: expected 's', 'r', or 'a'
f-string: conversion type must come right after the exclamanation mark
f-string: lambda expressions are not allowed without parentheses
f-string: invalid syntax{|. Perhaps you forgot a comma?}
f-string expression part cannot include {a backslash|'#'}
future feature {value} is not defined
not a chance
from __future__ imports must occur at the beginning of the file
invalid character {value} (U+{value})
invalid non-printable character U+{value}
invalid {decimal|hexadecimal|octal|binary|imaginary} literal
invalid digit {value} in {decimal|hexadecimal|octal|binary} literal
invalid syntax
invalid syntax. Perhaps you forgot a comma?
invalid syntax. Maybe you meant '==' or ':=' instead of '='?
invalid escape sequence {value}
iterable argument unpacking follows keyword argument unpacking
keyword argument repeated: {value}
expression cannot contain assignment, perhaps you meant "=="?
Generator expression must be parenthesized
leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers
name {value} is {assigned to before global declaration|assigned to before nonlocal declaration|used prior to global declaration|used prior to nonlocal declaration|parameter and global|parameter and nonlocal|nonlocal and global}
annotated name {value} can't be {global|nonlocal}
no binding for nonlocal {value} found
nonlocal declaration not allowed at module level
import * only allowed at module level
positional argument follows keyword argument{| unpacking}
{non-default argument follows default argument|parameter without a default follows parameter with a default}
non-default type parameter {value} follows default type parameter
named arguments must follow bare *
bare * has associated type comment
* argument {may appear only once|cannot be used twice}
/ {may appear only once|must be ahead of *}
at least one argument must precede /
var-positional argument cannot have default value
var-keyword argument cannot have default value
arguments cannot follow var-keyword argument
trailing comma not allowed without surrounding parentheses
source code string cannot contain null bytes
source code cannot contain null bytes
starred assignment target must be in a list or tuple
multiple starred expressions in assignment
too many expressions in star-unpacking assignment
can't use starred expression here
too many nested parentheses
too many statically nested blocks
unexpected character after line continuation character
unexpected EOF while parsing
unterminated string literal (detected at line {int})
unterminated string literal (detected at line {int}); perhaps you escaped the end quote{|?}
unterminated triple-quoted string literal (detected at line {int})
unterminated {f-string|triple-quoted f-string} literal (detected at line {int})
encoding problem: {value}
unknown encoding: {value}
Non-UTF-8 code starting with {value} on line {int}, but no encoding declared; see https://peps.python.org/pep-0263/ for details
multiple statements found while compiling a single statement
positional patterns follow keyword patterns
attribute name repeated in class pattern: {value}
mapping pattern checks duplicate key ({value})
alternative patterns bind different names
wildcard makes remaining patterns unreachable
name capture {value} makes remaining patterns unreachable
imaginary number required in complex literal
real number required in complex literal
Exceeds the limit ({int} digits) for integer string conversion: value has {int} digits; use sys.set_int_max_str_digits() to increase the limit - Consider hexadecimal for huge integer literals to avoid decimal conversion limits.
too many levels of indentation
"""
