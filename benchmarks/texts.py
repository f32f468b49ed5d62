"""What rules are worth: texts with secrets, and texts that only look so, through us and the peers in the same way.

Each text is put into an event at the place where such texts stand, the event goes through, and the text is read back.
A secret is removed if it is nowhere in the text any more, a part kept if it is there as it was; a case is perfect if
all of that holds. ``tuned`` is the corpus the rules were written with, ``unseen`` the one they were not.
"""

from __future__ import annotations

import argparse
import collections
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.peers import Json, systems

CORPORA = Path(__file__).parents[1] / "tests" / "rules" / "texts"
Case = dict[str, Any]


def placed(text: str, where: str) -> Json:
    """An event with a text at its place."""
    frame: Json = {"function": "f", "module": "frob.cli", "filename": "frob/cli.py", "lineno": 3}
    value: Json = {"type": "ValueError", "value": "no", "stacktrace": {"frames": [frame]}}
    event: Json = {"level": "error", "platform": "python", "exception": {"values": [value]}}
    room, _, name = where.partition(".")
    if room == "frame":
        frame[name] = {"value": text} if name == "vars" else text
    elif room == "exception":
        value[name] = text
    elif room == "request":
        event["request"] = {name: text}
    else:
        event[room] = {"value": text} if room == "extra" else text
    return event


def found(event: Json, where: str) -> str:
    """The text that became of it; none where the field is gone."""
    room, _, name = where.partition(".")
    try:
        value = event["exception"]["values"][0]
        holder = {"frame": lambda: value["stacktrace"]["frames"][0][name], "exception": lambda: value[name]}
        text = holder[room]() if room in holder else event[room][name] if name else event[room]
        return str(text["value"] if isinstance(text, dict) else text)
    except (KeyError, TypeError, IndexError):
        return ""


def judged(case: Case, text: str) -> tuple[int, int, bool]:
    """How many secrets are gone, how many parts are left, and whether that is all of them."""
    gone = sum(secret not in text for secret in case["secrets"])
    kept = sum(part in text for part in case["keep"])
    return gone, kept, gone == len(case["secrets"]) and kept == len(case["keep"])


def corpus(path: Path) -> tuple[list[Case], dict[str, Json]]:
    """Read cases and machines."""
    read = json.loads(path.read_text(encoding="utf-8"))
    return read["cases"], read["machines"]


def results(path: Path) -> Iterator[tuple[str, Case, str]]:
    """Put every case through every system: the system's name, the case, what became of the text."""
    cases, machines = corpus(path)
    made = {name: systems(names) for name, names in machines.items()}
    for case in cases:
        for name, system in made[case["identity"]].items():
            yield name, case, _through(system, case)


def _through(system: Callable[[Json], Json], case: Case) -> str:
    return found(system(placed(case["text"], case["where"])), case["where"])


def table(path: Path, *, listed: bool) -> None:
    """Print what each system did with a corpus."""
    tally: dict[str, collections.Counter[str]] = {}
    wrong = []
    for name, case, text in results(path):
        gone, kept, perfect = judged(case, text)
        trap = not case["secrets"]
        tally.setdefault(name, collections.Counter()).update(
            {"gone": gone, "secrets": len(case["secrets"]), "kept": kept, "parts": len(case["keep"])}
            | {"perfect": perfect, "cases": 1, "spared": trap and perfect, "traps": trap}
        )
        if not perfect and name.startswith("scrubbing"):
            wrong.append(f"  {case['id']} [{case['identity']}] {case['text']!r}\n    -> {text!r}")
    print(f"{path.stem + ' texts':<28}{'secrets gone':>20}{'parts kept':>20}{'perfect':>20}{'traps spared':>20}")
    for name, counts in tally.items():
        pairs = (("gone", "secrets"), ("kept", "parts"), ("perfect", "cases"), ("spared", "traps"))
        print(f"{name:<28}" + "".join(f"{_share(counts[part], counts[of]):>20}" for part, of in pairs))
    print("\n".join(wrong) if listed else "")


def _share(part: int, of: int) -> str:
    return f"{part}/{of} {part / (of or 1):7.2%}"


def main() -> None:
    """Print a table for each corpus."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="*", type=Path, default=sorted(CORPORA.glob("*.json")))
    parser.add_argument("--all", action="store_true", help="list what we do not do perfectly")
    arguments = parser.parse_args()
    for path in arguments.paths:
        table(path, listed=arguments.all)


if __name__ == "__main__":
    main()
