"""Words and phrases that may stay in a message of Python's; what is not listed becomes ``<?>``."""

from __future__ import annotations

from scrubbing.provenance.cpython.names import CODECS, FUNCTIONS, METHODS, TYPES
from scrubbing.provenance.cpython.openssl import SSL

__all__ = [
    "CODECS",
    "FORMAT_CODES",
    "FUNCTIONS",
    "METHODS",
    "OPERATORS",
    "REASONS",
    "SIGNALS",
    "SSL",
    "TYPES",
    "WANTED",
]

#: Operators as messages write them.
OPERATORS = frozenset(
    "+ - * / // % ** @ & | ^ << >> += -= *= /= //= %= **= @= &= |= ^= <<= >>= < <= > >= == != in is ~".split()
) | {"** or pow()", "divmod()", "not in", "is not", "abs()"}
#: Conversions of ``%`` and of ``format``; a letter outside of them is whatever the program was given.
FORMAT_CODES = frozenset("bcdeEfFgGinorsuxXa%,_")
#: What an argument should have been, where that is more than one type.
WANTED = frozenset(
    [
        "a bytes-like object", "a bytes object", "a bytes or bytearray object", "a callable", "a character", "a class",
        "a dict", "a dictionary", "a function", "a list", "a mapping", "a mapping proxy", "a number", "a real number",
        "a sequence", "a single Unicode character", "a single character", "a single unicode character", "a str",
        "a str or bytes object", "a str or None", "a string", "a string or None", "a string or a real number",
        "a string, a bytes-like object or a real number", "a string or a number", "a string, bytes or AST object",
        "a tuple", "a tuple or None", "a type", "a unicode character", "a byte string of length 1", "an integer",
        "an integer or None", "an int", "an iterable", "an object implementing the buffer protocol", "any sequence",
        "bytes-like object", "bytes or None", "bytes or a tuple of bytes", "bytes or str",
        "bytes, buffer or ASCII string",
        "bytes or integer address", "convertible to bytes", "contiguous buffer", "dict or None", "int or None",
        "int or float", "integer", "integer or None", "integer or bytes-like object", "integers", "integers or slices",
        "iterable", "pinned buffer", "read-only bytes-like object", "read-only buffer", "read-write bytes-like object",
        "read-write buffer", "real number", "sequence", "str without null characters", "str or None", "str or bytes",
        "str, bytes or None", "str, bytes or bytearray", "str, bytes or os.PathLike object", "str or a tuple of str",
        "str, bytes, bytearray or None", "str (encoding)", "string", "string or None", "string or read-only buffer",
        "string, bytes or os.PathLike", "string, bytes, os.PathLike or integer", "string, bytes or bytearray",
        "string, bytes, os.PathLike, integer or None", "string, bytes, os.PathLike or None", "tuple or None",
        "tuple of classes", "unicode string", "unicode string or integer address",
        "a type, a tuple of types, or a union",
        "a class, a tuple of classes, or a union", "strings or integers", "a 1-character string", "an int or None",
        "str, bytes, or os.PathLike object", "callable or None", "a tuple of length 2", "1-item sequence",
    ]
)  # fmt: skip
#: Why a codec gave up, and the errors C code wraps the names of.
REASONS = frozenset(
    [
        "ordinal not in range(128)", "ordinal not in range(256)", "invalid start byte", "invalid continuation byte",
        "unexpected end of data", "surrogates not allowed", "character maps to <undefined>", "truncated data",
        "illegal encoding", "illegal UTF-16 surrogate", "truncated \\xXX escape", "truncated \\uXXXX escape",
        "truncated \\UXXXXXXXX escape", "illegal Unicode character", "malformed \\N character escape",
        "unknown Unicode character name", "\\ at end of string", "\\Uxxxxxxxx out of range",
        "illegal multibyte sequence",
        "code point in surrogate code point range(0xd800, 0xe000)", "code point not in range(0x110000)",
        "incomplete multibyte sequence", "unterminated shift sequence", "partial character in shift sequence",
        "non-zero padding bits in shift sequence", "unexpected special character", "ill-formed sequence",
        "incomplete input", "invalid character", "internal codec error", "pending buffer overflow",
        "\\N escapes not supported (can't load unicodedata module)", "character not in mapping",
        "unicode escape", "Invalid character", "label empty or too long", "label too long", "label empty",
    ]
)  # fmt: skip
#: What decimal contexts signal.
SIGNALS = frozenset(
    "Clamped ConversionSyntax DivisionByZero DivisionImpossible DivisionUndefined FloatOperation Inexact InvalidContext"
    " InvalidOperation MallocError Overflow Rounded Subnormal Underflow".split()
)
