"""Which events are kept at all, by the author's ``sample_rate`` or ``error_sampler``.

The SDK decides this after our hook has rewritten the event and taken it out of the day's quota, and tells nobody which
event it was. So it is decided in the hook, before the rewriting, where the quota can have it back; and the SDK keeps
everything.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from typing import Any

import attrs

from scrubbing.errors import Refused

#: Options by which transactions, logs and metrics leave, with the trace of the events beside them.
_TRACED = ("traces_sample_rate", "traces_sampler", "enable_logs", "enable_metrics")


@attrs.frozen
class Sampling:
    """What an author says of errors and messages.

    Args:
        rate: the share of them that is kept, from 0 to 1; ``None``: all.
        sampler: gives the share for an event and its hint; wins over `rate`.
        traced: whether anything else leaves that belongs to an event's trace. Where nothing does, the trace would say
            only that two events are one process's.
    """

    rate: float | None = None
    sampler: Callable[[Any, Any], Any] | None = None
    traced: bool = True

    @classmethod
    def of(cls, options: Mapping[str, Any]) -> Sampling:
        """Take it from the options of `sentry_sdk.init`."""
        traced = any(options.get(name) not in (None, False) for name in _TRACED)
        traced = traced or options.get("trace_lifecycle") == "stream"
        return cls(options.get("sample_rate"), options.get("error_sampler"), traced)

    def check(self, event: dict[str, Any], hint: Mapping[str, Any]) -> None:
        """Keep an event or not.

        Args:
            event: as the SDK made it.
            hint: the hint that came with it.

        Raises:
            Refused: it is not kept, or the sampler raised.
        """
        share = self.rate if self.sampler is None else self._asked(event, hint)
        # Like the SDK: what is no number keeps the event.
        if isinstance(share, (int, float)) and share < 1.0 and random.random() >= share:  # noqa: S311 - no secret
            raise Refused("sampled")

    def _asked(self, event: dict[str, Any], hint: Mapping[str, Any]) -> Any:
        if self.sampler is None:
            return None
        try:
            return self.sampler(event, dict(hint))
        except Exception:  # noqa: BLE001 - the app's own code; its words are not ours to repeat
            raise Refused("error_sampler:app-raised") from None
