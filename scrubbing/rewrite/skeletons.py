"""The skeleton of an exception in hand, for whoever wants to say it elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from typing import Any

from scrubbing import roots
from scrubbing.errors import PolicyError
from scrubbing.provenance import skeletons
from scrubbing.provenance.packages import Packages


def skeleton(exc: BaseException, packages: Packages | Iterable[str] | None = None) -> str:
    """Return an exception's message with every run-time value in it replaced by a placeholder.

    What is left is made of constants in the code that raised it, so it can be logged or shown where the message itself
    should not be::

        try:
            raise ValueError(f"order {number} of {amount} EUR failed")
        except ValueError as exc:
            scrubbing.skeleton(exc)  # 'order <?> of <?> EUR failed'

    No rules have looked at it: a literal with an e-mail address in it is still there (`scrub_text` takes it out).

    Args:
        exc: a live exception that was raised: its traceback says where its message comes from.
        packages: the code that may contribute. ``None``: the calling module's own package, its declared dependencies
            and the standard library; names such as ``["frob"]``: these packages and theirs; or a `Packages`, which
            costs least where many exceptions are asked about.

    Returns:
        The skeleton; ``<?>`` where nothing of the message is proven to be code, as for an exception of code that does
        not count, or one that was made and not raised.

    Raises:
        PolicyError: `packages` are neither names nor `Packages`.
        TypeError: `exc` is no exception.
    """
    if not issubclass(type(exc), BaseException):
        raise TypeError(f"exc: expected an exception, got {type(exc).__name__}")
    if packages is None:
        packages = roots.detect(caller=_module(sys._getframe(1).f_globals))  # noqa: SLF001  # the only way to a caller
    elif not isinstance(packages, Packages):
        packages = roots.detect(_names(packages))
    return skeletons.skeleton(exc, packages)


def _names(packages: Any) -> tuple[str, ...]:
    named = tuple(packages) if isinstance(packages, Iterable) and not isinstance(packages, (str, bytes)) else (None,)
    if not all(isinstance(name, str) and name for name in named):
        raise PolicyError(f"packages: expected names such as ['frob'] or Packages, got {packages!r}")
    return tuple(str(name) for name in named)


def _module(globals_: Mapping[str, Any]) -> str | None:
    """The calling module's real name: ``frob.__main__`` for ``python -m frob``."""
    name = getattr(globals_.get("__spec__"), "name", None) or globals_.get("__name__")
    return name if isinstance(name, str) else None
