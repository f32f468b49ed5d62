"""From a live exception to what may be said of it under ``strict``: proven types, frames and places, no run-time value.

Everything is read with the descriptors of `BaseException` and `type`, so that nothing an exception's class overrides is
called. What cannot be proven is ``<external>``.
"""

from __future__ import annotations

import collections
import hashlib
import sys
from types import CodeType, FrameType, ModuleType, TracebackType
from typing import Any

import attrs

from scrubbing.provenance.packages import Known, Packages, module_of
from scrubbing.schema.strings import EXTERNAL, UNKNOWN

#: The innermost frames and the exceptions nearest to the crash that are described (servers keep 250 frames).
MAX_FRAMES, MAX_EXCEPTIONS = 250, 50
#: Lines of the app's own source before and after the line of a frame.
CONTEXT = 5

_TRACEBACK = BaseException.__dict__["__traceback__"].__get__
_CAUSE = BaseException.__dict__["__cause__"].__get__
_CONTEXT = BaseException.__dict__["__context__"].__get__
_SUPPRESS = BaseException.__dict__["__suppress_context__"].__get__
_GROUP: Any = getattr(sys.modules["builtins"], "BaseExceptionGroup", None)  # from Python 3.11

Json = dict[str, Any]


@attrs.frozen
class Link:
    """One exception of a chain and how its parent holds it."""

    exc: BaseException
    number: int
    parent: int | None = None
    source: str | None = None


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
    """Say whether an exception is an exception group."""
    return _GROUP is not None and isinstance(exc, _GROUP)


def _children(exc: BaseException) -> list[tuple[BaseException, str]]:
    found: list[tuple[BaseException, str]] = []
    if is_group(exc):
        members = _GROUP.__dict__["exceptions"].__get__(exc)
        found.extend((member, f"exceptions[{number}]") for number, member in enumerate(members[:MAX_EXCEPTIONS]))
    if (cause := _CAUSE(exc)) is not None:
        found.append((cause, "__cause__"))
    elif not _SUPPRESS(exc) and (context := _CONTEXT(exc)) is not None:
        found.append((context, "__context__"))
    return found


def type_names(cls: type, packages: Packages) -> tuple[str, str | None]:
    """Return the name and module of an exception's class as its code has them; ``<external>`` if that is not proven."""
    name, module_name = type.__dict__["__name__"].__get__(cls), type.__dict__["__module__"].__get__(cls)
    module = packages.modules.get(module_name) if isinstance(module_name, str) else None
    if module is None:
        return EXTERNAL, None
    if module_name == "builtins":
        return (name, None) if module.__dict__.get(name) is cls else (EXTERNAL, None)
    known = packages.known(module)
    if known is not None and (name in known.names or _is_native(cls, name, module, known, packages)):
        return name, known.name
    return EXTERNAL, None


def _is_native(cls: type, name: str, module: ModuleType, known: Known, packages: Packages) -> bool:
    """Say whether a class comes from compiled code: found under its name in an extension module of the same root."""
    for candidate in (module, packages.modules.get(f"_{known.name}")):
        if candidate is None or candidate.__dict__.get(name) is not cls:
            continue
        origin = packages.known(candidate)
        if origin is not None and not origin.codes and origin.owner == known.owner:
            return True
    return False


def frames(exc: BaseException, packages: Packages) -> list[Json]:
    """Describe the frames of an exception's traceback, outermost first; what is not proven is ``<external>``."""
    entries: collections.deque[TracebackType] = collections.deque(maxlen=MAX_FRAMES)
    entry = _TRACEBACK(exc)
    seen: set[int] = set()
    while entry is not None and id(entry) not in seen:  # a traceback can be tied into a ring by hand
        seen.add(id(entry))
        entries.append(entry)
        entry = entry.tb_next
    described = [_frame(one, packages) for one in entries]
    return [frame for frame in described if frame is not None]


def _frame(entry: TracebackType, packages: Packages) -> Json | None:
    frame = entry.tb_frame
    if str(frame.f_globals.get("__name__")).partition(".")[0] == "scrubbing":
        return None  # our own frames between the app and its crash say nothing
    known = module_of(frame.f_globals, packages)
    shipped = known.codes.get(frame.f_code) if known is not None else None
    if known is None or shipped is None:
        return {"filename": EXTERNAL, "function": EXTERNAL, "in_app": False}
    described: Json = {
        "filename": known.file,
        "module": known.name,
        "function": _function(shipped),
        "lineno": entry.tb_lineno,
        "in_app": known.owner == "own",
    }
    if known.owner == "own":
        described |= _source(known.lines(), entry.tb_lineno)
    return described


def _function(code: CodeType) -> str:
    return str(getattr(code, "co_qualname", code.co_name))


def _source(lines: list[str], lineno: int | None) -> Json:
    if lineno is None or not 0 < lineno <= len(lines):
        return {}
    at = lineno - 1
    return {
        "pre_context": lines[max(0, at - CONTEXT) : at],
        "context_line": lines[at],
        "post_context": lines[at + 1 : at + 1 + CONTEXT],
    }


def describe(exc: BaseException, packages: Packages, mechanism: Json) -> list[Json]:
    """Describe an exception and its chain as Sentry's ``exception.values``, oldest first.

    Args:
        exc: the live exception.
        packages: the code that may be named.
        mechanism: how the exception itself was caught (``type``, ``handled``).
    """
    links = chain(exc)
    return [_value(link, packages, mechanism, len(links) > 1) for link in reversed(links)]


def _value(link: Link, packages: Packages, mechanism: Json, chained: bool) -> Json:
    name, module = type_names(type(link.exc), packages)
    caught: Json = dict(mechanism) if link.parent is None else {"type": "chained", "handled": mechanism.get("handled")}
    if chained:
        caught["exception_id"] = link.number
    if link.parent is not None:
        caught |= {"parent_id": link.parent, "source": link.source}
    if is_group(link.exc):
        caught["is_exception_group"] = True
    if isinstance(link.exc, OSError) and isinstance(number := OSError.__dict__["errno"].__get__(link.exc), int):
        caught["meta"] = {"errno": {"number": number}}
    value: Json = {"type": name, "module": module, "value": UNKNOWN, "mechanism": caught}
    described = frames(link.exc, packages)
    if described:
        value["stacktrace"] = {"frames": described}
    return value


def fingerprint(values: list[Json]) -> str:
    """Hash what a crash is: exception types, skeletons, and the app's own functions over the whole chain.

    Args:
        values: what `describe` returned. Line numbers do not count, so that an issue survives a release.

    Returns:
        32 hexadecimal digits.
    """
    digest = hashlib.sha256()
    for value in values:
        digest.update(f"{value.get('module')}.{value.get('type')}\0{value.get('value')}\0".encode())
        all_frames = (value.get("stacktrace") or {}).get("frames") or []
        own = [frame for frame in all_frames if frame.get("in_app")] or all_frames
        for frame in own:
            digest.update(f"{frame.get('module')}:{frame.get('function')}\0".encode())
    return digest.hexdigest()[:32]


def place(frame: FrameType | None, packages: Packages) -> Json | None:
    """Find the innermost function of the app on a live stack: where a message without an exception was sent from.

    Args:
        frame: the innermost frame to look at; its callers follow.
        packages: the code that may be named.
    """
    steps = 0
    while frame is not None and steps < MAX_FRAMES:
        known = module_of(frame.f_globals, packages)
        shipped = known.codes.get(frame.f_code) if known is not None and known.owner == "own" else None
        if known is not None and shipped is not None:
            return {"module": known.name, "function": _function(shipped), "in_app": True}
        frame, steps = frame.f_back, steps + 1
    return None
