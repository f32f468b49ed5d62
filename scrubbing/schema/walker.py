"""From the classes' metadata to two functions over plain dicts: `take` copies what may leave, `judge` refuses the rest.

Both are compiled once for a class and a preset, so that the hook that rewrites and the fence that judges cannot
disagree about a field. No objects are built. `take` drops what is not declared, bounds what is too long, wide or deep,
and lists every string that rules, provenance or the fence must look at. Nothing here knows a rule or a policy.
"""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Callable
from typing import Any

import attrs

from scrubbing.errors import Refused
from scrubbing.schema.fields import NEVER, Meta, meta_of
from scrubbing.schema.kinds import PRESETS, Kind

Json = Any
Form = Callable[[str], bool]
Take = Callable[[Json, Any, Any, "Walk"], None]
Judge = Callable[[Json, str, str, "Jury"], None]

#: What stands where something was that may not leave.
UNKNOWN = "<?>"
#: Nesting, entries in one container and entries in one event that a bag of JSON is followed to.
BAG_DEPTH, BAG_WIDTH, BAG_TOTAL = 8, 100, 10_000
#: Characters of one string, where a field does not say less (Sentry's limit of a message).
STRING_LIMIT = 8192

_PART = r"(?:[^\W\d]\w*|<(?:lambda|module|listcomp|genexpr|dictcomp|setcomp|locals|external|string|\?)>)"
_SYMBOL = re.compile(rf"{_PART}(?:\.{_PART})*")
#: Under strict a path is relative to a root the program knows: no drive, no leading slash, no way up, no home.
_PIECE = r"(?!\.\.?(?:/|\Z))[\w.+\[\] -]+"
_RELATIVE = re.compile(rf"<(?:external|string|\?)>|<frozen [\w.]+>|(?! ){_PIECE}(?:/{_PIECE})*")
#: A container that is all kept, in a list of its own, so that keys can be rewritten after the walk.
_CONTAINER = (dict, list, tuple)


def is_symbol(text: str) -> bool:
    """Say whether `text` has the form of a dotted name of code."""
    return _SYMBOL.fullmatch(text) is not None


def is_relative(text: str) -> bool:
    """Say whether `text` is a path below some root, naming no root itself."""
    return _RELATIVE.fullmatch(text) is not None


@attrs.frozen
class Slot:
    """A string to be looked at: where it stands and what may stand there instead."""

    container: Any
    key: Any
    kind: Kind
    name: str  # what it stands under, for rules that look at keys
    limit: int = STRING_LIMIT
    form: Form | None = None

    @property
    def text(self) -> str:
        """The string as it stands."""
        return str(self.container[self.key])

    def put(self, text: str) -> None:
        """Put another string in its place."""
        self.container[self.key] = text


@attrs.define
class Walk:
    """What one pass over a value found: strings to look at, mappings whose keys are run-time text, drops."""

    slots: list[Slot] = attrs.field(factory=list)
    bags: list[dict[str, Json]] = attrs.field(factory=list)
    dropped: int = 0
    budget: int = BAG_TOTAL


@attrs.frozen
class Jury:
    """What the fence brings to a judgement.

    Args:
        text: called with (string, kind, name, path) for every string that is no fact; raises `Refused`.
    """

    text: Callable[[str, Kind, str, str], None]


@attrs.frozen
class Shape:
    """The compiled form of a class for a preset."""

    take: Take
    judge: Judge


def copy(shape: Shape, value: Json) -> tuple[Json, Walk]:
    """Copy what may leave.

    Args:
        shape: what `compiled` returned.
        value: a mapping as the SDK makes it; never changed.

    Returns:
        The copy (``None`` if the value is no mapping) and what was found in it.
    """
    walk = Walk()
    holder: dict[str, Json] = {}
    shape.take(value, holder, "$", walk)
    return holder.get("$"), walk


def shorten(text: str, limit: int) -> str:
    """Cut a text to `limit` characters, visibly, at a space where one is near: half a secret matches no rule."""
    if len(text) <= limit:
        return text
    head = text[: limit - 3]
    space = max(head.rfind(" "), head.rfind("\n"))
    return (head[:space] if space > limit - 259 else head[: limit - 259]) + "..."


@functools.lru_cache(maxsize=256)
def compiled(cls: type, preset: str) -> Shape:
    """Compile a class of the schema for a preset.

    Args:
        cls: an attrs class whose fields are declared with `scrubbing.schema.fields`.
        preset: one of `PRESETS`.
    """
    open_to = PRESETS[: PRESETS.index(preset) + 1]
    declared = [(a.name, meta_of(a)) for a in attrs.fields(cls)]
    leaving = [(name, meta) for name, meta in declared if meta.leaves != NEVER and meta.leaves in open_to]
    parts = {name: _node(meta, preset) for name, meta in leaving if not meta.rest}
    other = next((_node(attrs.evolve(meta, many=""), preset) for _, meta in leaving if meta.rest), None)
    closed = frozenset(name for name, _ in declared) - set(parts)
    return _mapping(parts, other, closed)


def _node(meta: Meta, preset: str) -> Shape:
    """Compile one field."""
    if meta.of is not None:
        inner = compiled(meta.of, preset)
    elif meta.kind is None:
        raise TypeError(f"neither a kind nor a class: {meta.doc}")
    else:
        inner = _leaf(meta, meta.kind, preset)
    if meta.many == "list":
        return _list(inner, meta.limit or BAG_WIDTH)
    if meta.many == "values":
        return _values(_list(inner, meta.limit or BAG_WIDTH))
    return inner


def _leaf(meta: Meta, kind: Kind, preset: str) -> Shape:
    if kind is Kind.NUMBER:
        return Shape(_take_number, _judge_number)
    if kind in (Kind.FACT, Kind.ID):
        return _fact(re.compile(meta.pattern or r"[0-9a-fA-F-]{1,64}"))
    if kind is Kind.BAG:
        return Shape(_take_bag_of(meta.limit or BAG_WIDTH), _judge_bag)
    limit = STRING_LIMIT if meta.limit is None or meta.many else meta.limit
    return _string(
        kind, limit, _FORMS[kind] if kind is Kind.SYMBOL or (kind is Kind.PATH and preset == "strict") else None
    )


_FORMS = {Kind.SYMBOL: is_symbol, Kind.PATH: is_relative}


def _mapping(parts: dict[str, Shape], other: Shape | None, closed: frozenset[str]) -> Shape:
    """Compile an object: `parts` by name; `other` for names the class does not have; `closed` names never leave."""
    return Shape(_take_mapping(parts, other, closed), _judge_mapping(parts, other, closed))


def _take_mapping(parts: dict[str, Shape], other: Shape | None, closed: frozenset[str]) -> Take:
    takes = {name: shape.take for name, shape in parts.items()}

    def take(value: Json, out: Any, key: Any, walk: Walk) -> None:
        if not isinstance(value, dict):
            walk.dropped += value is not None
            return
        kept: dict[str, Json] = {}
        for name, child in value.items():
            known = takes.get(name)
            if known is not None:
                known(child, kept, name, walk)
            elif other is None or name in closed or not isinstance(name, str) or len(kept) >= BAG_WIDTH:
                walk.dropped += 1
            else:
                other.take(child, kept, name, walk)
        if other is not None:
            walk.bags.append(kept)
        out[key] = kept

    return take


def _judge_mapping(parts: dict[str, Shape], other: Shape | None, closed: frozenset[str]) -> Judge:
    judges = {name: shape.judge for name, shape in parts.items()}

    def judge(value: Json, path: str, _name: str, jury: Jury) -> None:
        if value is None:
            return
        if not isinstance(value, dict):
            raise Refused("fence:type", path)
        for key, child in value.items():
            known = judges.get(key)
            if known is not None:
                known(child, f"{path}.{key}", key, jury)
            elif other is None or key in closed:
                raise Refused("fence:field", path)
            else:
                jury.text(key, Kind.BAG, "", f"{path}.*")
                other.judge(child, f"{path}.*", key, jury)

    return judge


def _list(inner: Shape, limit: int) -> Shape:
    take_one, judge_one = inner.take, inner.judge

    def take(value: Json, out: Any, key: Any, walk: Walk) -> None:
        if not isinstance(value, (list, tuple)):
            walk.dropped += value is not None
            return
        cell: list[Json] = []
        walk.dropped += max(0, len(value) - limit)
        for child in value[-limit:]:  # the end of a list is its useful end: the innermost frames, the last breadcrumbs
            holder = _Cell(cell)
            take_one(child, holder, len(cell), walk)
        out[key] = cell

    def judge(value: Json, path: str, _name: str, jury: Jury) -> None:
        if value is None:
            return
        if not isinstance(value, list) or len(value) > limit:
            raise Refused("fence:type", path)
        for number, child in enumerate(value):
            judge_one(child, f"{path}[{number}]", "", jury)

    return Shape(take, judge)


class _Cell:
    """Lets a node put its value at the end of a list as it would put it under a key."""

    __slots__ = ("cell",)

    def __init__(self, cell: list[Json]) -> None:
        self.cell = cell

    def __setitem__(self, key: int, value: Json) -> None:
        self.cell.append(value)


def _values(inner: Shape) -> Shape:
    def take(value: Json, out: Any, key: Any, walk: Walk) -> None:
        wrapped: dict[str, Json] = {}
        inner.take(value.get("values") if isinstance(value, dict) else value, wrapped, "values", walk)
        if wrapped:
            out[key] = wrapped

    def judge(value: Json, path: str, _name: str, jury: Jury) -> None:
        if value is None:
            return
        if not isinstance(value, dict) or set(value) - {"values"}:
            raise Refused("fence:type", path)
        inner.judge(value.get("values"), f"{path}.values", "", jury)

    return Shape(take, judge)


def _is_number(value: Json) -> bool:
    return isinstance(value, (bool, int)) or (isinstance(value, float) and math.isfinite(value))


def _take_number(value: Json, out: Any, key: Any, walk: Walk) -> None:
    if _is_number(value) and -(2**63) <= value < 2**64:
        out[key] = value
    else:
        walk.dropped += value is not None


def _judge_number(value: Json, path: str, _name: str, _jury: Jury) -> None:
    if value is not None and not _is_number(value):
        raise Refused("fence:type", path)


def _fact(pattern: re.Pattern[str]) -> Shape:
    match = pattern.fullmatch

    def allowed(value: Json) -> bool:
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return match(f"{value}") is not None
        return isinstance(value, str) and match(value) is not None

    def take(value: Json, out: Any, key: Any, walk: Walk) -> None:
        if allowed(value):
            out[key] = value
        else:
            walk.dropped += value is not None

    def judge(value: Json, path: str, name: str, jury: Jury) -> None:  # noqa: ARG001  # all judges have one signature
        if value is not None and not allowed(value):
            raise Refused("fence:value", path)

    return Shape(take, judge)


def _string(kind: Kind, limit: int, form: Form | None) -> Shape:
    def take(value: Json, out: Any, key: Any, walk: Walk) -> None:
        if isinstance(value, (bool, int, float)) and kind is Kind.TEXT:
            value = str(value)  # tags and ids may be numbers; servers want strings
        if not isinstance(value, str):
            walk.dropped += value is not None
            return
        text = shorten(str(value), limit)
        if form is not None and not form(text):
            text = UNKNOWN
        out[key] = text
        place = (out.cell, len(out.cell) - 1, kind, "") if isinstance(out, _Cell) else (out, key, kind, str(key))
        walk.slots.append(Slot(*place, limit, form))

    def judge(value: Json, path: str, name: str, jury: Jury) -> None:
        if value is None:
            return
        if not isinstance(value, str):
            raise Refused("fence:type", path)
        if len(value) > limit:
            raise Refused("fence:size", path)
        if form is not None and not form(value):
            raise Refused("fence:value", path)
        jury.text(value, kind, name, path)

    return Shape(take, judge)


def _take_bag_of(width: int) -> Take:
    def take(value: Json, out: Any, key: Any, walk: Walk) -> None:
        kept = _bag(value, key if isinstance(key, str) else "", width, BAG_DEPTH, walk)
        if isinstance(kept, str):
            out[key] = kept
            cell = (out.cell, len(out.cell) - 1) if isinstance(out, _Cell) else (out, key)
            walk.slots.append(Slot(*cell, Kind.BAG, key if isinstance(key, str) else ""))
        elif kept is not None:
            out[key] = kept

    return take


def _bag(value: Json, name: str, width: int, depth: int, walk: Walk) -> Json:
    """Copy any JSON within bounds; strings and mappings found go into the walk."""
    walk.budget -= 1
    if walk.budget < 0 or (depth == 0 and isinstance(value, _CONTAINER)):
        walk.dropped += 1
        return UNKNOWN
    if isinstance(value, dict):
        return _bag_mapping(value, width, depth, walk)
    if isinstance(value, (list, tuple)):
        return _bag_list(value, name, width, depth, walk)
    if isinstance(value, str):
        return shorten(str(value), STRING_LIMIT)
    if value is None or _is_number(value):
        return value
    walk.dropped += 1
    return None


def _bag_mapping(value: dict[Any, Json], width: int, depth: int, walk: Walk) -> dict[str, Json]:
    kept: dict[str, Json] = {}
    for key, child in value.items():
        if len(kept) >= width or walk.budget <= 0:
            walk.dropped += 1
            break
        name = key if isinstance(key, str) else f"{key!s}" if isinstance(key, (int, float)) else UNKNOWN
        name = shorten(str(name), 200) if len(name) > 200 else name  # noqa: PLR2004  # as long as a tag
        kept[name] = _bag(child, name, width, depth - 1, walk)
        if isinstance(kept[name], str):
            walk.slots.append(Slot(kept, name, Kind.BAG, name))
    walk.bags.append(kept)
    return kept


def _bag_list(value: Json, name: str, width: int, depth: int, walk: Walk) -> list[Json]:
    kept: list[Json] = []
    for child in value[:width]:
        kept.append(_bag(child, name, width, depth - 1, walk))
        if isinstance(kept[-1], str):
            walk.slots.append(Slot(kept, len(kept) - 1, Kind.BAG, name))
    walk.dropped += max(0, len(value) - width)
    return kept


def _judge_bag(value: Json, path: str, name: str, jury: Jury) -> None:
    _judge_in_bag(value, name, path, BAG_DEPTH + 1, jury)


def _judge_in_bag(value: Json, name: str, path: str, depth: int, jury: Jury) -> None:
    if depth < 0:
        raise Refused("fence:size", path)
    if isinstance(value, str):
        jury.text(value, Kind.BAG, name, path)
    elif isinstance(value, dict):
        for key, child in value.items():
            jury.text(key, Kind.BAG, "", f"{path}.*")
            _judge_in_bag(child, key, f"{path}.*", depth - 1, jury)
    elif isinstance(value, list):
        for child in value:
            _judge_in_bag(child, name, f"{path}[]", depth - 1, jury)
    elif value is not None and not _is_number(value):
        raise Refused("fence:type", path)
