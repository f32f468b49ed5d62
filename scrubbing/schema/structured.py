"""Events as dicts and as objects: `structure` and `unstructure`, without loss and without guessing.

Nothing is coerced: a number is no string, a mapping is no string, ``True`` is no number. All problems of a value are
told at once, each with its place. What comes back is what was put in, but for four normalisations:

- ``exception``, ``threads`` and ``breadcrumbs`` given as a bare list, or as one object, become ``{"values": [...]}``;
- tags given as a list of pairs become a mapping;
- a legacy name moves to the name it has today (`ALIASES`), where that is free;
- an ``AnnotatedValue`` of sentry-sdk becomes its value, and its metadata the entry of ``_meta`` for that place.

Tuples come back as lists. Bags (`Kind.BAG`) are shared with what was given, not copied.
"""

from __future__ import annotations

import functools
import inspect
import operator
from collections.abc import Callable, Mapping
from types import UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin

import attrs
from cattrs import Converter
from cattrs.errors import AttributeValidationNote, ClassValidationError, IterableValidationError, IterableValidationNote
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from scrubbing.errors import SchemaError
from scrubbing.schema.annotated import unwrapped
from scrubbing.schema.fields import Node, meta_of, wire_name
from scrubbing.schema.model.event import Event, Tags
from scrubbing.schema.problems import UnfitError, noted, problems, unfit

Json = Any
Hook = Callable[[Json, Any], Any]
T = TypeVar("T", bound=Node)

#: Names that parts of an event had, and have today.
ALIASES = {
    "sentry.interfaces.Breadcrumbs": "breadcrumbs",
    "sentry.interfaces.Contexts": "contexts",
    "sentry.interfaces.Exception": "exception",
    "sentry.interfaces.Http": "request",
    "sentry.interfaces.Message": "logentry",
    "sentry.interfaces.Stacktrace": "stacktrace",
    "sentry.interfaces.Template": "template",
    "sentry.interfaces.User": "user",
    "threads.values": "threads",
}
#: What a time can be, and what an id or a number of something can be that the app or its system chose.
_STAMP, _LABEL = str | float | None, str | int | None
_PAIR = 2


def structure(value: Mapping[str, Json], cls: type[T] = Event) -> T:  # type: ignore[assignment]  # Event by default
    """Make an object of a mapping.

    Args:
        value: an event as the SDK sends it, or what `cls` is the class of. It is not changed.
        cls: a class of the schema.

    Returns:
        The object; unknown keys are kept in `other`, at their level.

    Raises:
        SchemaError: with every problem and its place: ``$.exception.values[0].type: expected a string, got a number``.
    """
    try:
        plain, remarks = unwrapped(value)
    except SchemaError:
        raise
    except Exception as error:  # noqa: BLE001  # what a class overrides may raise anything
        raise SchemaError(f"$: expected something that can be read ({type(error).__name__})") from None
    if remarks and isinstance(plain, dict):
        plain = {**plain, "_meta": _joined(plain.get("_meta"), remarks)}
    try:
        return _converter().structure(plain, cls)
    except Exception as error:  # noqa: BLE001  # a hook may meet anything
        raise SchemaError(*(f"{path}: {problem}" for path, problem in problems(error, "$"))) from None


def unstructure(node: Node) -> dict[str, Json]:
    """Make a mapping of an object of the schema, as `structure` takes it.

    Args:
        node: the object; its fields hold what their annotations say.

    Raises:
        TypeError, AttributeError: a field holds something else.
    """
    return cast("dict[str, Json]", _converter().unstructure(node))


def _joined(old: Json, new: Json) -> Json:
    if not isinstance(old, dict):
        return new
    return {**old, **{key: _joined(old.get(key), child) for key, child in new.items()}}


@functools.cache
def _converter() -> Converter:
    converter = Converter(detailed_validation=True)
    for kind, words in ((str, "a string"), (bool, "true or false"), (float, "a number")):
        converter.register_structure_hook(kind, _exactly(kind, words))
    for union, check in ((_STAMP, _time), (_LABEL, _label)):
        converter.register_structure_hook_func(functools.partial(operator.eq, union), check)
    converter.register_structure_hook_factory(_is_optional, functools.partial(_optional, converter))
    converter.register_structure_hook_func(_is_dict, _mapping)
    converter.register_structure_hook_factory(_is_list, functools.partial(_list, converter))
    converter.register_structure_hook_factory(_is_node, functools.partial(_structurer, converter))
    converter.register_unstructure_hook_factory(_is_node, functools.partial(_unstructurer, converter))
    return converter


def _is_optional(cls: Any) -> bool:
    arguments = get_args(cls)
    return len(arguments) == _PAIR and type(None) in arguments and get_origin(cls) in (Union, UnionType)


def _optional(converter: Converter, cls: Any) -> Hook:
    """The hook of what may be null: nulls of objects never come here, those of lists do."""
    (kind,) = (argument for argument in get_args(cls) if argument is not type(None))
    check = converter.get_structure_hook(kind)

    def hook(value: Json, _: Any) -> Json:
        return None if value is None else check(value, kind)

    return hook


def _is_dict(cls: Any) -> bool:
    origin: Any = get_origin(cls)
    return origin is dict


def _is_list(cls: Any) -> bool:
    origin: Any = get_origin(cls)
    return origin is list


def _is_node(cls: Any) -> bool:
    return inspect.isclass(cls) and issubclass(cls, Node)


def _exactly(kind: type, words: str) -> Hook:
    taken = (int, float) if kind is float else kind
    also = int if kind is float else kind

    def check(value: Json, _: Any) -> Json:
        came = type(value)
        if came is kind or came is also:
            return value
        if not isinstance(value, taken) or isinstance(value, bool):
            raise unfit(words, value)
        return value

    return check


def _time(value: Json, _: Any) -> Json:
    """A string or seconds; a ``datetime`` stays one: the SDK has them until it serialises an event."""
    if value is None or hasattr(value, "isoformat"):
        return value
    if not isinstance(value, (str, int, float)) or isinstance(value, bool):
        raise unfit("a time: RFC 3339 or seconds", value)
    return value


def _label(value: Json, _: Any) -> Json:
    if value is not None and (not isinstance(value, (str, int)) or isinstance(value, bool)):
        raise unfit("a string or a number", value)
    return value


def _mapping(value: Json, _: Any) -> Json:
    if not isinstance(value, dict):
        raise unfit("an object", value)
    return value


def _list(converter: Converter, cls: Any) -> Hook:
    """Compile the hook of a list: every member is looked at, each with its own problems."""
    (member,) = get_args(cls)
    check = _pass if member is Any else converter.get_structure_hook(member)

    def hook(value: Json, _: Any) -> list[Json]:
        if not isinstance(value, (list, tuple)):
            raise unfit("a list", value)
        made: list[Json] = []
        wrong: list[Exception] = []
        for at, child in enumerate(value):
            try:
                made.append(check(child, member))
            except Exception as error:  # noqa: BLE001, PERF203  # each member has its own problems
                wrong.append(noted(error, IterableValidationNote("", at, member)))
        if wrong:
            raise IterableValidationError("", wrong, cls)
        return made

    return hook


def _pass(value: Json, _: Any) -> Json:
    return value


def _structurer(converter: Converter, cls: type[Node]) -> Hook:
    """Compile the hook of a class: unknown keys and explicit nulls go to `other`, the rest is cattrs' to do."""
    declared = {wire_name(field): field.name for field in attrs.fields(cls) if not meta_of(field).rest}
    listed = frozenset(wire_name(field) for field in attrs.fields(cls) if meta_of(field).many == "values")
    required = {wire_name(field): field for field in attrs.fields(cls) if meta_of(field).required}
    inner = make_dict_structure_fn(cls, converter, other=override(omit=True))
    prepare = {Event: _without_aliases, Tags: _from_pairs}.get(cls)

    def hook(value: Json, _: Any) -> Node:
        value = prepare(value) if prepare is not None else value
        if not isinstance(value, dict):
            raise unfit("an object", value)
        known: dict[str, Json] = {}
        other: dict[str, Json] = {}
        for key, child in value.items():
            name = declared.get(key)
            if name is None or child is None:
                other[key] = child
            elif key in listed:
                _take_values(child, known, other, name, key)
            else:
                known[name] = child
        missing = [
            noted(UnfitError("expected, and is missing"), AttributeValidationNote("", field.name, field.type))
            for name, field in required.items()
            if field.name not in known
        ]
        try:
            made = inner(known, cls)
        except ClassValidationError as error:
            raise ClassValidationError("", [*error.exceptions, *missing], cls) from None
        if missing:
            raise ClassValidationError("", missing, cls)
        made.other = other
        return made

    return hook


def _take_values(child: Json, known: dict[str, Json], other: dict[str, Json], name: str, key: str) -> None:
    """Take the list out of ``{"values": [...]}``; what else stands there is kept."""
    if not isinstance(child, dict):
        known[name] = child
        return
    if child and "values" not in child:
        known[name] = [child]  # one object, as some SDKs gave the only one
        return
    if child.get("values") is not None:
        known[name] = child["values"]
        child = {beside: more for beside, more in child.items() if beside != "values"}
    if child or name not in known:
        other[key] = child


def _without_aliases(value: Json) -> Json:
    """Move what stands under a legacy name, where today's name is free."""
    if not isinstance(value, dict):
        return value
    message = value.get("message")
    moved = {old: new for old, new in ALIASES.items() if old in value and value.get(new) is None}
    if not moved and not isinstance(message, str):
        return value
    made = {key: child for key, child in value.items() if key not in moved}
    for old, new in moved.items():
        made[new] = value[old]
    if isinstance(message, str) and made.get("logentry") is None:
        del made["message"]
        made["logentry"] = {"formatted": message}
    return made


def _from_pairs(value: Json) -> Json:
    if not isinstance(value, (list, tuple)):
        return value
    made: dict[str, Json] = {}
    for pair in value:
        if pair is None:
            continue
        if not isinstance(pair, (list, tuple)) or len(pair) != _PAIR or not isinstance(pair[0], str):
            raise UnfitError("expected an object, or a list of pairs of a key and a value")
        made[pair[0]] = pair[1]
    return made


def _unstructurer(converter: Converter, cls: type[Node]) -> Callable[[Any], dict[str, Json]]:
    listed = [wire_name(field) for field in attrs.fields(cls) if meta_of(field).many == "values"]
    overrides: dict[str, Any] = {"other": override(omit=True)}
    for field in attrs.fields(cls):
        if field.name != "other":
            hook = None if meta_of(field).of else _as_it_is  # leaves and bags need no look
            overrides[field.name] = override(rename=wire_name(field), unstruct_hook=hook)
    inner: Any = make_dict_unstructure_fn(cls, converter, _cattrs_omit_if_default=True, **overrides)

    def unstructured(node: Any) -> dict[str, Json]:
        made: dict[str, Json] = inner(node)
        for name in listed:
            if name in made:
                made[name] = {"values": made[name]}
        for key, child in node.other.items():
            if key not in made:
                made[key] = child
            elif key in listed and isinstance(child, dict):
                made[key] = {**child, **made[key]}
        return made

    return unstructured


def _as_it_is(value: Json) -> Json:
    return value
