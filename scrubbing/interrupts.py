"""Whether an exception came from outside of the code it passes through: Ctrl-C, or a handler the app gave a signal.

Such a handler runs between any two lines of the main thread, ours too. What it raises (``SystemExit`` on SIGTERM, a
time-out on SIGALRM) is the app's word to itself, and no failure of what happened to run.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_TRACEBACK = BaseException.__dict__["__traceback__"].__get__


def is_interrupt(exc: BaseException) -> bool:
    """Say whether an exception is Ctrl-C's, or was raised by a handler of a signal.

    Args:
        exc: an exception that was just caught; nothing its class overrides is called.
    """
    if issubclass(type(exc), KeyboardInterrupt):
        return True
    signal = sys.modules.get("signal")
    if signal is None:
        return False
    handlers = [_code(signal.getsignal(number)) for number in signal.valid_signals()]
    codes = {id(code) for code in handlers if code is not None}
    entry = _TRACEBACK(exc)
    while entry is not None:
        if id(entry.tb_frame.f_code) in codes:
            return True
        entry = entry.tb_next
    return False


def _code(handler: Any) -> Any:
    """The code of a handler: a function's, a method's, a partial one's, an object's that can be called."""
    if not callable(handler):
        return None
    try:
        for name in ("func", "__func__", "__wrapped__"):
            handler = getattr(handler, name, handler)
        return getattr(handler, "__code__", None) or type(handler).__call__.__code__
    except Exception:  # noqa: BLE001  # a handler that is no Python, or does not want to be looked at
        return None
