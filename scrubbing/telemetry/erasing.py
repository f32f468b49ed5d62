"""What a no erases, wherever it was said: ids, traces of hard crashes, what waits and what was kept."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from scrubbing.files import Places


def erase(places: Places, purposes: Iterable[str]) -> list[tuple[str, Exception]]:
    """Erase what there is for purposes; one part that cannot be removed keeps no other. Never raises.

    Nothing that could read a file is imported where there is none.

    Args:
        places: the app's.
        purposes: which.

    Returns:
        What could not be removed, by the name of its file or directory, and why.
    """
    purposes = tuple(purposes)
    left: list[tuple[str, Exception]] = []
    try:
        forget(places, purposes)
    except Exception as error:  # noqa: BLE001  # whoever asked for it says so
        left.append(("identity", error))
    if "crashes" in purposes and os.path.isdir(places.hard or ""):
        from scrubbing.telemetry.hard import traces

        traces.erase(places.hard)
    for directory in filter(None, (places.outbox, places.kept)):
        if not os.path.lexists(directory):
            continue
        from scrubbing.outbox.history import History
        from scrubbing.outbox.store import Outbox

        try:
            outbox = Outbox(directory, drop=lambda _reason: None, told=History(places.history).note)
            for purpose in purposes:
                outbox.erase(purpose)
        except Exception as error:  # noqa: BLE001  # as above
            left.append((os.path.basename(directory), error))
    return left


def forget(places: Places, purposes: Iterable[str]) -> None:
    """Delete the ids of purposes, where there are any.

    Args:
        places: the app's.
        purposes: which.

    Raises:
        OSError: they are still there.
    """
    if places.identity is not None and os.path.lexists(places.identity):
        from scrubbing.identity import ids

        ids.forget(places.identity, places.sessions, purposes)
