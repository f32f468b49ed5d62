"""What a crash is counted and grouped by: a hash of what is proven of it, so that it says nothing of a value."""

from __future__ import annotations

import itertools
from typing import Any

Json = dict[str, Any]


def fingerprint(values: list[Json]) -> str:
    """Hash what a crash is: exception types, skeletons, and the app's own functions over the whole chain.

    Args:
        values: what `describe` returned. Line numbers do not count, so that an issue survives a release.

    Returns:
        32 hexadecimal digits.
    """
    import hashlib  # loads OpenSSL, which scrubbing an event without an exception in hand does without

    digest = hashlib.sha256()
    for value in values:
        said = f"{value.get('module')}.{value.get('type')}\0{value.get('value')}\0"
        digest.update(said.encode("utf-8", "surrogatepass"))  # a constant in code can be half a character
        all_frames = (value.get("stacktrace") or {}).get("frames") or []
        own = [frame for frame in all_frames if frame.get("in_app")] or all_frames
        places = [f"{frame.get('module')}:{frame.get('function')}\0" for frame in own]
        for place_, _ in itertools.groupby(places):  # a recursion is one place, however deep it went
            digest.update(place_.encode())
    return digest.hexdigest()[:32]
