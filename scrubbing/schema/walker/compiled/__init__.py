"""The walker as source: a function for each class of the schema, in a module for each preset.

The modules are made from the table by `scrubbing.schema.generate` and not edited. Each function copies what may leave
of a record. What is usual is written out in it; of anything else `scrubbing.schema.walker.careful` makes the copy.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scrubbing.schema.walker.walk import Record


def takes(preset: str) -> Mapping[str, Record]:
    """Return the functions of a preset by the names of their classes; imports that preset's alone."""
    if preset == "strict":
        from scrubbing.schema.walker.compiled.strict import TAKES
    elif preset == "standard":
        from scrubbing.schema.walker.compiled.standard import TAKES
    else:
        from scrubbing.schema.walker.compiled.verbose import TAKES
    return TAKES
