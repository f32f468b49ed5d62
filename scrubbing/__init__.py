"""Opt-in crash reports for Python programs that leave user names, paths and run-time values at home.

``scrubbing.init(dsn=..., app="frob", release="1.4.2", enabled=config.telemetry.collect)`` is the one line; see `init`.
The names below are imported when they are first used, so that a program whose user said no imports nothing.
"""

from __future__ import annotations

from scrubbing import clock as clock  # it takes the time of this moment

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scrubbing import errors as errors
    from scrubbing import schema as schema
    from scrubbing.identity import Machine as Machine
    from scrubbing.policy import Policy as Policy
    from scrubbing.rewrite import explain as explain
    from scrubbing.rewrite import scrub as scrub
    from scrubbing.rewrite import scrub_text as scrub_text
    from scrubbing.rewrite.remarks import Remark as Remark
    from scrubbing.rewrite.skeletons import skeleton as skeleton
    from scrubbing.rules import Keys as Keys
    from scrubbing.rules import Pattern as Pattern
    from scrubbing.rules import Redaction as Redaction
    from scrubbing.rules import rule as rule
    from scrubbing.schema import Kind as Kind
    from scrubbing.sentry import sentry_options as sentry_options
    from scrubbing.telemetry import Telemetry as Telemetry
    from scrubbing.telemetry import init as init

__version__ = "0.1.0"

#: Where each public name lives.
_HOMES = {
    "Keys": "scrubbing.rules",
    "Kind": "scrubbing.schema",
    "Machine": "scrubbing.identity",
    "Pattern": "scrubbing.rules",
    "Policy": "scrubbing.policy",
    "Redaction": "scrubbing.rules",
    "Remark": "scrubbing.rewrite.remarks",
    "Telemetry": "scrubbing.telemetry",
    "errors": "scrubbing",
    "explain": "scrubbing.rewrite",
    "init": "scrubbing.telemetry",
    "rule": "scrubbing.rules",
    "schema": "scrubbing",
    "scrub": "scrubbing.rewrite",
    "scrub_text": "scrubbing.rewrite",
    "sentry_options": "scrubbing.sentry",
    "skeleton": "scrubbing.rewrite.skeletons",
}

__all__ = [  # noqa: PLE0604  # built from the table, so that it cannot differ from it
    "__version__",
    *_HOMES,
]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'scrubbing' has no attribute {name!r}")
    # Not importlib.import_module: it brings warnings along, half a millisecond that a program without a yes would pay.
    import sys

    module = f"scrubbing.{name}" if home == "scrubbing" else home
    __import__(module)
    value = sys.modules[module] if home == "scrubbing" else getattr(sys.modules[module], name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
