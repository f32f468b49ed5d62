"""A policy's rules in Sentry's own ingest: written as Relay's configuration, and read from one.

Relay searches with expressions that never backtrack, and knows neither look-around nor functions. What cannot be said
there is said more widely: an expression written here finds at least what ours finds. What still differs is listed by
`gaps`, for JSON has no comments.
"""

from __future__ import annotations

from scrubbing.relay.reading import rules_of
from scrubbing.relay.writing import Gap, gaps, written

__all__ = ["Gap", "gaps", "rules_of", "written"]
