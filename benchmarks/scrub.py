"""What scrubbing an event costs, beside the peers: dict in to dict out, every rule, every field, all in one run.

*First seen*: every text of the event, of code and of run time, is another one each round, so that no memory answers.
*Seen*: only what a run makes (messages, variables, breadcrumbs) is new, as when a program crashes again. Our figure
includes the second look at everything rewritten; the line with the fence adds what a sent event costs besides:
remembering, bytes, and judging them. A ratio is Relay's time by the system's, taken round by round: more is faster.

Relay's binding compiles the expressions of its configuration at each call, where a Relay that runs as a server does so
once. So a second ratio compares what an event costs beside another one in the same call.
"""

from __future__ import annotations

import argparse
import itertools
import json
import statistics
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import sentry_sdk
from sentry_sdk.transport import Transport

from benchmarks import first, peers
from benchmarks.events import DSN, event_of
from benchmarks.peers import Json, copy
from benchmarks.table import interleaved

MACHINE = {"username": "erika", "full_name": "Erika Mustermann", "home": "/home/erika", "hostname": "erikas-desktop"}
#: Planted in every event; what a system leaves of them stands in the last column.
CANARIES = ("erika@example.org", "/home/erika/", "hunter2x", "ghp_aB3dE5fG7hJ9kL1mN3pQaB3dE5fG7hJ9kL1m", "10.77.3.9")
_CODE = frozenset({"filename", "abs_path", "context_line", "pre_context", "post_context"})
_RUN_TIME = frozenset({"value", "vars", "message", "data", "extra", "formatted"})
_BASE, _TWICE = "Relay, best rules", "twice: "


def main(rounds: int) -> None:
    """Print the tables, from the environment where the peers are."""
    peers.run("benchmarks.scrub", "--rounds", str(rounds))


def fresh(value: Any, mark: str, names: frozenset[str], *, inside: bool = False) -> Any:
    """Copy an event and make other texts of those below some names; equal ones stay equal."""
    if isinstance(value, dict):
        return {key: fresh(child, mark, names, inside=inside or key in names) for key, child in value.items()}
    if isinstance(value, list):
        return [fresh(child, mark, names, inside=inside) for child in value]
    return f"{value} {mark}" if inside and isinstance(value, str) else value


def _word(number: int) -> str:
    """Spell a number in letters: digits would make every text look as if it had an address in it."""
    return str(number).translate(str.maketrans("0123456789", "qwrtzpsdfg"))


def doubled(event: Json) -> Json:
    """Put the same errors, breadcrumbs and notes into an event once more, with other texts."""
    twice = {name: event[name]["values"] for name in ("exception", "breadcrumbs") if name in event}
    more = {name: {"values": values + fresh(values, "twice", _CODE | _RUN_TIME)} for name, values in twice.items()}
    notes = fresh(event["extra"], "twice", frozenset(), inside=True)
    return {**event, **more, "extra": {**event["extra"], **{f"{name}_twice": value for name, value in notes.items()}}}


def planted(event: Json) -> Json:
    """Put the canaries where such things stand."""
    texts = [f"login failed: {canary} at step" for canary in CANARIES[:2]]
    texts += [f"password={CANARIES[2]} refused", f"clone with {CANARIES[3]}", f"no route to {CANARIES[4]} today"]
    values = [{"message": text, "category": "frob", "level": "info"} for text in texts]
    return {**event, "breadcrumbs": {"values": values}, "extra": {"notes": texts}}


def small() -> None:
    """Fail in a command's options."""
    parser = argparse.ArgumentParser(exit_on_error=False)
    parser.add_argument("--retries", type=int)
    parser.parse_args(["--retries", "/home/erika/three"])


def medium() -> None:
    """Fail in a request that nobody answers, in a pool, and then in the report of it."""
    try:
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(urllib.request.urlopen, ["http://erika:hunter2x@127.0.0.1:9/api?token=0a1b2c3d"]))
    except (urllib.error.URLError, OSError):
        large(6)


def large(depth: int = 26) -> None:
    """Fail at the bottom of something nested that cannot be written."""
    nested: Any = object()
    for level in range(depth):
        nested = {"path": f"/home/erika/tree/part{level}", "size": level * 17, "items": [nested, f"note {level}"]}
    json.dumps(nested, indent=1)


CRASHES: dict[str, Callable[[], object]] = {"small": small, "medium": medium, "large": large}


class _Sink(Transport):
    """Serialises as stock Sentry does, and sends nothing."""

    def capture_envelope(self, envelope: Any) -> None:
        """Serialise."""
        envelope.serialize()


def stock(crash: Callable[[], object]) -> Callable[[], float]:
    """Capture with stock Sentry: another piece of work, but the one that stands beside in a program."""
    sentry_sdk.init(dsn=DSN, release="frob@1.4.2", transport=_Sink)

    def run() -> float:
        try:
            crash()
        except Exception as error:  # noqa: BLE001 - whatever the crash is
            began = time.perf_counter()
            sentry_sdk.capture_exception(error)
            return (time.perf_counter() - began) * 1000
        raise AssertionError("unreachable")

    return run


def timed(system: Callable[[Json], object], event: Json, names: frozenset[str]) -> Callable[[], float]:
    """Time a system with new texts each round."""
    tick = itertools.count(1000)

    def run() -> float:
        given = fresh(event, _word(next(tick)), names)
        began = time.perf_counter()
        system(given)
        return (time.perf_counter() - began) * 1000

    return run


def fenced(names: peers.Names) -> Callable[[Json], object]:
    """Ours, with what follows on the way out."""
    from scrubbing.fence import Seen, admit
    from scrubbing.identity import Machine
    from scrubbing.policy import Policy
    from scrubbing.rewrite import remember, scrub
    from scrubbing.wire import build, dumps

    policy = Policy.verbose(machine=Machine(**names))

    def send(event: Json) -> bytes:
        made = scrub(event, policy)
        seen = Seen({name: made[name] for name in ("release", "environment") if name in made})
        seen.remember_id(made["event_id"])
        remember(made, policy.shape("event"), seen.remember_text)
        return admit(build({"event_id": made["event_id"]}, [({"type": "event"}, dumps(made))]), policy, seen)

    return send


def tables(name: str, event: Json, rounds: int, crash: Callable[[], object] | None) -> None:
    """Print both tables of an event."""
    event = planted(event)
    every = {**peers.systems(MACHINE), "scrubbing, and the fence": fenced(MACHINE), "a copy, nothing changed": copy}
    for title, names in (("first seen", _CODE | _RUN_TIME), ("seen", _RUN_TIME)):
        work = {system: timed(made, event, names) for system, made in every.items()}
        work |= {_TWICE + system: timed(made, doubled(event), names) for system, made in every.items()}
        if crash:
            work["stock capture_exception"] = stock(crash)
        size = len(json.dumps(event)) / 1000
        print(f"{name}, {size:.0f} kB, {title} ({rounds} rounds)")
        print(f"{'':<30}{'ms':>9}{'x Relay':>9}{'beside':>9}{'canaries left':>15}")
        figures = interleaved(work, rounds)
        beside = {system: _beside(figures, system) for system in every}
        for system, values in figures.items():
            if system.startswith(_TWICE):
                continue
            ratio = statistics.median(base / value for base, value in zip(figures[_BASE], values, strict=True))
            more = f"{beside[_BASE] / beside[system]:9.2f}" if system in every else f"{'-':>9}"
            left = _left(every.get(system), event)
            print(f"  {system:<28}{statistics.median(values):9.2f}{ratio:9.2f}{more}{left:>15}")
        print()


def _beside(figures: dict[str, list[float]], system: str) -> float:
    """Milliseconds that an event costs beside another one in the same call."""
    pairs = zip(figures[system], figures[_TWICE + system], strict=True)
    return statistics.median(twice - once for once, twice in pairs)


def _left(system: Callable[[Json], object] | None, event: Json) -> str:
    text = str(system(copy(event))) if system else ""
    return f"{sum(canary in text for canary in CANARIES)}/{len(CANARIES)}" if system else "-"


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("events", nargs="*", type=Path, help="events as JSON, instead of our own")
    parser.add_argument("--rounds", type=int, default=25)
    return parser.parse_args()


if __name__ == "__main__":
    arguments = _parse()
    for path in arguments.events:
        tables(path.stem, json.loads(path.read_text(encoding="utf-8")), arguments.rounds, None)
    for kind, crash in {} if arguments.events else CRASHES.items():
        tables(kind, event_of(crash), arguments.rounds, crash)
    given = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in arguments.events}
    first.tables(given or {kind: planted(event_of(crash)) for kind, crash in CRASHES.items()}, arguments.rounds)
