"""What each purpose may send, as the schema has it: what ``HISTORY``'s steps are held to.

``python tests/consent/leaving.py`` writes it down anew, after a field was declared or taken away. Where a purpose sends
more than what is written down, it refuses until `scrubbing.consent.contents.HISTORY` has a step that says what. (Before
the first release nobody has said yes to anything: then the file may be removed and written anew.)
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import attrs

from scrubbing.consent import PURPOSES
from scrubbing.consent.contents import HISTORY
from scrubbing.schema.fields import NEVER, meta_of, wire_name
from scrubbing.schema.generate import classes
from scrubbing.schema.items import ITEMS
from scrubbing.schema.items import PURPOSES as PURPOSE_OF_ITEM
from scrubbing.schema.kinds import PRESETS

WRITTEN = Path(__file__).parent / "leaving.json"
_CLASSES = {cls.__name__: cls for cls in classes()}


def leaving() -> dict[str, dict[str, str]]:
    """By purpose: ``<item> <class>.<field> <kind>`` and the most closed preset under which it leaves."""
    found = {purpose: {} for purpose in PURPOSES}
    for preset in reversed(PRESETS):  # the most closed one last: it is the one that stays
        for item in ITEMS.values():
            if PRESETS.index(item.leaves) <= PRESETS.index(preset):
                lines = dict.fromkeys(_fields(item.payload, preset), preset)
                found[PURPOSE_OF_ITEM[item.name]].update({f"{item.name} {line}": preset for line in lines})
    return {purpose: dict(sorted(lines.items())) for purpose, lines in found.items()}


def _fields(payload: str, preset: str) -> set[str]:
    """The fields of a class, and of those below it, that leave under a preset."""
    lines: set[str] = set()
    waiting, looked_at = [payload], set()
    while waiting:
        name = waiting.pop()
        if name in looked_at:
            continue
        looked_at.add(name)
        for field in attrs.fields(_CLASSES[name]):
            meta = meta_of(field)
            if meta.leaves in PRESETS and PRESETS.index(meta.leaves) <= PRESETS.index(preset):
                kind = meta.kind.value if meta.kind is not None else meta.of
                lines.add(f"{name}.{'*' if meta.rest else wire_name(field)} {kind}")
                waiting += [meta.of] if meta.of else []
    return lines


def grown(then: dict[str, str], now: dict[str, str]) -> list[str]:
    """The lines that are new, or leave under a more closed preset than they did."""
    order = (*PRESETS, NEVER)
    return [line for line, preset in now.items() if order.index(preset) < order.index(then.get(line, NEVER))]


def written() -> dict[str, dict]:
    """What was written down: by purpose the number of steps and the lines."""
    return json.loads(WRITTEN.read_text(encoding="utf-8"))


def main() -> int:
    """Write it down, or say why not."""
    now, then = leaving(), written() if WRITTEN.exists() else {}
    for purpose in then:
        new = grown(then[purpose]["lines"], now[purpose])
        if new and len(HISTORY[purpose]) <= then[purpose]["steps"]:
            print(f"{purpose} sends more, and HISTORY has no step that says so:", *new, sep="\n  ", file=sys.stderr)
            return 1
    found = {purpose: {"steps": len(HISTORY[purpose]), "lines": lines} for purpose, lines in now.items()}
    WRITTEN.write_text(json.dumps(found, indent=0) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
