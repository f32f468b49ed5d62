"""The app's own hooks may take a class of the schema instead of a dict: what they want, they say by an annotation.

``def before_send(event: schema.Event, hint) -> schema.Event | None`` gets an object, whatever it returns is a dict
again. The annotation must be something that can be read at run time: a name imported under ``TYPE_CHECKING`` alone
cannot, and such a hook gets a dict, like every hook without an annotation of ours.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any, get_type_hints

from scrubbing.errors import Refused, SchemaError

Hook = Callable[[Any, Any], Any]


def typed(name: str, hook: Hook) -> Hook:
    """Return a hook over dicts.

    Args:
        name: the option it was given for, for counting.
        hook: the app's own; one that takes a class of the schema is given an object of it.
    """
    if not callable(hook):
        return hook
    cls = _wanted(hook)
    return hook if cls is None else functools.partial(_with_object, name, hook, cls)


def _wanted(hook: Hook) -> Any:
    """The class of the schema that a hook's first argument is annotated with."""
    function = hook if inspect.isroutine(hook) or isinstance(hook, functools.partial) else type(hook).__call__
    try:
        first = next(iter(inspect.signature(hook).parameters.values()), None)
        hints = get_type_hints(getattr(function, "func", function))
    except Exception:  # noqa: BLE001  # an annotation that cannot be read asks for nothing
        return None
    wanted = hints.get(first.name) if first is not None else None
    if not inspect.isclass(wanted) or not str(vars(wanted).get("__module__")).startswith("scrubbing.schema."):
        return None
    from scrubbing.schema.fields import Node

    return wanted if issubclass(wanted, Node) else None


def _with_object(name: str, hook: Hook, cls: Any, value: Any, hint: Any) -> Any:
    from scrubbing.schema import structure, unstructure

    try:
        node = structure(value, cls)
    except SchemaError:
        raise Refused(f"{name}:schema") from None
    changed = hook(node, hint)
    return unstructure(changed) if isinstance(changed, cls) else changed
