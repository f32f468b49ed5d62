"""From a live exception to what may be said of it under ``strict``: proven types, frames and places, no run-time value.

Everything is read with the descriptors of `BaseException` and `type`, so that nothing an exception's class overrides is
called. What cannot be proven is ``<external>``.
"""

from __future__ import annotations

import builtins
import contextlib
import errno
from types import FrameType, TracebackType
from typing import Any

from scrubbing.provenance.classes import RAISED, type_names
from scrubbing.provenance.packages import Known, Packages, Proven, module_of
from scrubbing.provenance.skeletons import skeleton
from scrubbing.provenance.tracebacks import entries
from scrubbing.schema.strings import EXTERNAL

#: The innermost frames and the exceptions nearest to the crash that are described (servers keep 250 frames), and the
#: frames of all of them together.
MAX_FRAMES, MAX_EXCEPTIONS, MAX_TOTAL = 250, 50, 1000
#: Lines of the app's own source before and after the line of a frame.
CONTEXT = 5

_CAUSE = BaseException.__dict__["__cause__"].__get__
_CONTEXT = BaseException.__dict__["__context__"].__get__
_SUPPRESS = BaseException.__dict__["__suppress_context__"].__get__
_ERRNO = OSError.__dict__["errno"].__get__
_GROUP: Any = getattr(builtins, "BaseExceptionGroup", None)  # from Python 3.11

Json = dict[str, Any]


class Link:
    """One exception of a chain and how its parent holds it.

    Args:
        exc: the exception.
        number: its place in the walk, from 0.
        parent: its parent's number.
        source: the attribute of its parent.
    """

    __slots__ = ("exc", "number", "parent", "source")

    def __init__(self, exc: BaseException, number: int, parent: int | None, source: str | None) -> None:
        self.exc, self.number, self.parent, self.source = exc, number, parent, source


def chain(exc: BaseException) -> list[Link]:
    """Walk causes, contexts and members of groups, the exception itself first; bounded, each object once."""
    links: list[Link] = []
    seen: set[int] = set()
    waiting: list[tuple[BaseException, int | None, str | None]] = [(exc, None, None)]
    while waiting and len(links) < MAX_EXCEPTIONS:
        one, parent, source = waiting.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        link = Link(one, len(links), parent, source)
        links.append(link)
        waiting.extend((child, link.number, name) for child, name in reversed(_children(one)))
    return links


def is_group(exc: BaseException) -> bool:
    """Say whether an exception is an exception group; what its class says of itself is not asked."""
    return _GROUP is not None and issubclass(type(exc), _GROUP)


def _children(exc: BaseException) -> list[tuple[BaseException, str]]:
    found: list[tuple[BaseException, str]] = []
    if (cause := _CAUSE(exc)) is not None:
        found.append((cause, "__cause__"))
    elif not _SUPPRESS(exc) and (context := _CONTEXT(exc)) is not None:
        found.append((context, "__context__"))
    if is_group(exc):
        members = _GROUP.__dict__["exceptions"].__get__(exc)
        found.extend((member, f"exceptions[{number}]") for number, member in enumerate(members[:MAX_EXCEPTIONS]))
    return found


def frames(exc: BaseException, packages: Packages, most: int = MAX_FRAMES, *, source: bool = True) -> list[Json]:
    """Describe the innermost frames of an exception's traceback, outermost first; what is not proven is external."""
    described = (_frame(one, packages, source=source) for one in entries(exc, most))
    return [frame for frame in described if frame is not None]


def _frame(entry: TracebackType, packages: Packages, *, source: bool) -> Json | None:
    found = _proven(entry.tb_frame, packages)
    if found is None:
        return None if _is_ours(entry.tb_frame) else {"filename": EXTERNAL, "function": EXTERNAL, "in_app": False}
    known, proven = found
    described: Json = {
        "filename": known.file,
        "module": known.name,
        "function": proven.function,
        "in_app": known.owner == "own",
    }
    lineno = entry.tb_lineno
    if lineno in proven.lines:  # a traceback can be made by hand, with any number
        described["lineno"] = lineno
        if source and known.owner == "own":
            described |= source_around(known.lines(), lineno)
    return described


def _proven(frame: FrameType, packages: Packages) -> tuple[Known, Proven] | None:
    with contextlib.suppress(*RAISED):
        known = module_of(frame.f_globals, packages)
        proven = known.proven(frame.f_code) if known is not None else None
        if known is not None and proven is not None:
            return known, proven
    return None


def _is_ours(frame: FrameType) -> bool:
    """Say whether a frame is this library's: between the app and its crash it says nothing."""
    with contextlib.suppress(*RAISED):
        name = dict.get(frame.f_globals, "__name__")
        return type(name) is str and name.partition(".")[0] == "scrubbing"
    return False


def source_around(lines: list[str], lineno: int) -> Json:
    """Return the lines of source at and around a line, where it is there."""
    if not 0 < lineno <= len(lines):
        return {}
    at = lineno - 1
    return {
        "pre_context": lines[max(0, at - CONTEXT) : at],
        "context_line": lines[at],
        "post_context": lines[at + 1 : at + 1 + CONTEXT],
    }


def describe(
    exc: BaseException, packages: Packages, mechanism: Json, *, source: bool = True, links: list[Link] | None = None
) -> list[Json]:
    """Describe an exception and its chain as Sentry's ``exception.values``, oldest first; messages by their skeletons.

    Args:
        exc: the live exception.
        packages: the code that may be named.
        mechanism: how the exception itself was caught (``type``, ``handled``).
        source: whether the app's own frames carry their lines of source.
        links: the chain, where it was walked already.
    """
    links = chain(exc) if links is None else links
    left, values = MAX_TOTAL, []
    for link in links:
        described = frames(link.exc, packages, min(MAX_FRAMES, left), source=source)
        left -= len(described)
        values.append(_value(link, packages, mechanism, described, chained=len(links) > 1))
    return values[::-1]


def _value(link: Link, packages: Packages, mechanism: Json, described: list[Json], *, chained: bool) -> Json:
    name, module = type_names(type(link.exc), packages)
    caught: Json = dict(mechanism) if link.parent is None else {"type": "chained", "handled": mechanism.get("handled")}
    if chained:
        caught["exception_id"] = link.number
    if link.parent is not None:
        caught |= {"parent_id": link.parent, "source": link.source}
    if is_group(link.exc):
        caught["is_exception_group"] = True
    number = _ERRNO(link.exc) if issubclass(type(link.exc), OSError) else None
    if type(number) is int and number in errno.errorcode:
        caught["meta"] = {"errno": {"number": number}}
    value: Json = {"type": name, "module": module, "value": skeleton(link.exc, packages), "mechanism": caught}
    if described:
        value["stacktrace"] = {"frames": described}
    return value


def place(frame: FrameType | None, packages: Packages) -> Json | None:
    """Find the innermost function of the app on a live stack: where a message without an exception was sent from.

    Args:
        frame: the innermost frame to look at; its callers follow.
        packages: the code that may be named.
    """
    steps = 0
    while frame is not None and steps < MAX_FRAMES:
        found = _proven(frame, packages)
        if found is not None and found[0].owner == "own":
            known, proven = found
            # The line within the function: two messages are two issues, and stay so when the file grows above them.
            line = (frame.f_lineno or 0) - frame.f_code.co_firstlineno
            return {"module": known.name, "function": f"{proven.function}+{line}", "in_app": True}
        frame, steps = frame.f_back, steps + 1
    return None
