"""Exception classes of the standard library that are made by C code, so that no shipped code object has their name.

Found by importing every module of CPython 3.10 to 3.13 and listing the subclasses of `BaseException` that no source
defines; `builtins` is asked itself.
"""

from __future__ import annotations

_BY_MODULE = {
    "_csv": "Error",
    "_curses": "error",
    "_curses_panel": "error",
    "_hashlib": "UnsupportedDigestmodError",
    "_interpchannels": "ChannelClosedError ChannelEmptyError ChannelError ChannelNotEmptyError ChannelNotFoundError",
    "_lzma": "LZMAError",
    "_pickle": "PickleError PicklingError UnpicklingError",
    "_queue": "Empty",
    "_tkinter": "TclError",
    "audioop": "error",
    "binascii": "Error Incomplete",
    "ctypes": "ArgumentError",
    "decimal": "Clamped ConversionSyntax DecimalException DivisionByZero DivisionImpossible DivisionUndefined"
    " FloatOperation Inexact InvalidContext InvalidOperation Overflow Rounded Subnormal Underflow",
    "io": "UnsupportedOperation",
    "locale": "Error",
    "nis": "error",
    "ossaudiodev": "OSSAudioError",
    "re": "PatternError error",
    "socket": "gaierror herror",
    "sqlite3": "DataError DatabaseError Error IntegrityError InterfaceError InternalError NotSupportedError"
    " OperationalError ProgrammingError Warning",
    "ssl": "SSLCertVerificationError SSLEOFError SSLError SSLSyscallError SSLWantReadError SSLWantWriteError"
    " SSLZeroReturnError",
    "struct": "error",
    "termios": "error",
    "xml.parsers.expat": "ExpatError",
    "zipimport": "ZipImportError",
    "zlib": "error",
}
NATIVE = frozenset(f"{module}.{name}" for module, names in _BY_MODULE.items() for name in names.split())
