"""What the operating system says of a failed call: its own words for a number, never what a program put beside it."""

from __future__ import annotations

import errno
from typing import Any

from scrubbing.provenance.classes import type_names
from scrubbing.provenance.packages import Packages

_MRO = type.__dict__["__mro__"].__get__
_ATTRIBUTES = type.__dict__["__dict__"].__get__
_STR = OSError.__dict__["__str__"]
_WINERROR: Any = OSError.__dict__.get("winerror")  # Windows alone has it
_ERRNO, _STRERROR, _FILENAME, _FILENAME2 = (
    OSError.__dict__[name].__get__ for name in ("errno", "strerror", "filename", "filename2")
)

#: What resolvers say, with the numbers they say it under: glibc, musl, macOS and the BSDs, Windows.
RESOLVERS = {
    "Address family for hostname not supported": {-9, 1, 9},
    "Temporary failure in name resolution": {-3, 2},
    "Bad value for ai_flags": {-1, 3},
    "Invalid value for ai_flags": {3},
    "Non-recoverable failure in name resolution": {-4, 4},
    "ai_family not supported": {-6, 5},
    "Memory allocation failure": {-10, 6},
    "Memory allocation failed": {-10},
    "No address associated with hostname": {-5, 7, 4},
    "Name or service not known": {-2},
    "Name does not resolve": {-2},
    "Try again": {-3},
    "Unrecoverable error": {-4},
    "Unrecognized address family or invalid length": {-6},
    "Unrecognized service": {-8},
    "nodename nor servname provided, or not known": {8},
    "Servname not supported for ai_socktype": {-8, 9},
    "servname not supported for ai_socktype": {9},
    "ai_socktype not supported": {-7, 10},
    "Unsupported socket type": {-7},
    "System error": {-11, 11},
    "Argument buffer overflow": {14},
    "getaddrinfo failed": {11001, 11002, 11003, 11004, 10109, 10047},
    "Unknown host": {1},
    "Host name lookup failure": {2},
    "Unknown server error": {3},
    "Resolver Error 0 (no error)": {0},
}


#: Numbers of Windows that failed calls on files, processes and sockets carry; a program may put any other number there.
WINDOWS = frozenset(
    [1, 2, 3, 4, 5, 6, 8, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 29, 30, 31, 32, 33, 36, 38, 39, 50,
     53, 54, 58, 59, 64, 65, 67, 71, 80, 82, 87, 109, 110, 111, 112, 121, 122, 123, 126, 127, 131, 145, 158, 161,
     164, 167, 170, 183, 193, 206, 216, 220, 223, 225, 230, 231, 232, 233, 234, 258, 259, 267, 299, 317, 487, 536,
     740, 741, 995, 996, 997, 998, 1006, 1117, 1119, 1168, 1223, 1224, 1225, 1231, 1232, 1236, 1314, 1326, 1359,
     1392, 1450, 1455, 1463, 1920, 1921, 4390, 4392, *range(10004, 10113), *range(11001, 11005)]
)  # fmt: skip


def os_message(exc: BaseException, packages: Packages) -> str | None:
    """Return the message of an `OSError` that carries the system's number and the system's text for it.

    It holds whatever the last instruction was, and for subclasses too, as long as none of them has a ``__str__``.

    Args:
        exc: the live exception.
        packages: knows the system's texts, and whose the class is.

    Returns:
        ``[Errno 2] No such file or directory: <path>``; ``None`` if it is anything else.
    """
    if not _says_it_as_the_system(type(exc)):
        return None
    if (windows := _WINERROR.__get__(exc) if _WINERROR is not None else None) is not None:
        # Its text is in the language of the user's system: only the number says the same everywhere.
        return f"[WinError {windows}] <?>{_files(exc)}" if type(windows) is int and windows in WINDOWS else None
    number, said = _ERRNO(exc), _STRERROR(exc)
    if type(number) is not int or type(said) is not str:
        return None
    text = _system_text(number, said, packages) or _resolver_text(exc, number, said, packages)
    return f"[Errno {number}] {text}{_files(exc)}" if text else None


def _says_it_as_the_system(cls: type) -> bool:
    """Say whether a class is an `OSError` whose ``__str__`` is the built-in one; its metaclass is not asked."""
    if not any(one is OSError for one in _MRO(cls)):
        return False
    own = next(attributes["__str__"] for attributes in map(_ATTRIBUTES, _MRO(cls)) if "__str__" in attributes)
    return own is _STR


def _system_text(number: int, said: str, packages: Packages) -> str | None:
    text = packages.strerror(number) if number in errno.errorcode else ""
    return text if text == said else None


def _resolver_text(exc: BaseException, number: int, said: str, packages: Packages) -> str | None:
    if type_names(type(exc), packages) not in (("gaierror", "socket"), ("herror", "socket")):
        return None
    return next((text for text, numbers in RESOLVERS.items() if text == said and number in numbers), None)


def _files(exc: Any) -> str:
    if _FILENAME(exc) is None:
        return ""
    return ": <path>" if _FILENAME2(exc) is None else ": <path> -> <path>"
