"""Acts the moment somebody imports a module, without importing it: a light finder on `sys.meta_path`.

It hides nothing: the module's own finder finds it, its own loader loads it, and afterwards both stand where they would
have stood. Each name is watched once.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


class Watch:
    """Calls a function after a module has been executed.

    Args:
        wanted: module name to function; a function that raises is the caller's mistake, so it should not.
    """

    def __init__(self, wanted: dict[str, Callable[[], None]]) -> None:
        self.wanted = dict(wanted)
        self._asking: set[str] = set()

    def start(self) -> None:
        """Act now for what is imported already; watch for the rest."""
        for name in [name for name in self.wanted if name in sys.modules]:
            self.wanted.pop(name)()
        if self.wanted and self not in sys.meta_path:
            sys.meta_path.insert(0, self)

    def stop(self) -> None:
        """Watch no more."""
        self.wanted.clear()
        if self in sys.meta_path:
            sys.meta_path.remove(self)

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:
        """Find a watched module as the others would, and hear of its execution. Being asked alone changes nothing."""
        if name not in self.wanted or name in self._asking:
            return None
        self._asking.add(name)
        try:
            for finder in list(sys.meta_path):
                find = getattr(finder, "find_spec", None)
                spec = find(name, path, target) if find is not None and finder is not self else None
                if spec is not None:
                    if spec.loader is not None and hasattr(spec.loader, "exec_module"):
                        spec.loader = _Loader(spec.loader, self, name)
                    return spec
        finally:
            self._asking.discard(name)
        return None

    def executed(self, name: str) -> None:
        """A watched module has been executed: act, once."""
        act = self.wanted.pop(name, None)
        if not self.wanted:
            self.stop()
        if act is not None:
            act()


class _Loader:
    """Stands in for a loader while it loads one module."""

    def __init__(self, loader: Any, watch: Watch, name: str) -> None:
        self._loader, self._watch, self._name = loader, watch, name

    def __getattr__(self, name: str) -> Any:
        return getattr(self._loader, name)

    def create_module(self, spec: Any) -> Any:
        return self._loader.create_module(spec)

    def exec_module(self, module: Any) -> None:
        module.__loader__ = self._loader
        module.__spec__.loader = self._loader
        self._loader.exec_module(module)
        self._watch.executed(self._name)
