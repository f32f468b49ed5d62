"""What delivering costs, beside stock Sentry's transport and the same server on loopback, and a program's end.

The server runs in this process, each piece of work in one of its own. Limits and the pause between two envelopes are
lifted where it says so: by default ten envelopes a second leave, so that a backlog is no burst.
"""

from __future__ import annotations

import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.table import interleaved, show
from scrubbing.receiver import Receiver

#: Envelopes of one piece of work, and bytes of text in each.
MANY, BYTES = 400, 4000

_COMMON = """
import json, os, resource, sys, time
MANY, BYTES, DSN = int(os.environ["MANY"]), int(os.environ["BYTES"]), os.environ["BENCH_DSN"]
HOME = os.environ["HOME"]
def event(number):
    digits = f"{number:032x}"
    return {"event_id": digits, "platform": "python", "level": "error", "logentry": {"formatted": "x" * BYTES}}
def report(**figures):
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(json.dumps({**figures, "cpu": used.ru_utime + used.ru_stime - BEFORE, "memory": used.ru_maxrss / 1024}),
          flush=True)
def started():
    global BEFORE
    used = resource.getrusage(resource.RUSAGE_SELF)
    BEFORE = used.ru_utime + used.ru_stime
    return time.perf_counter()
"""
_STOCK = """
import sentry_sdk
from sentry_sdk.envelope import Envelope
sentry_sdk.init(dsn=DSN, release="1.4.2", default_integrations=False, auto_enabling_integrations=False,
                send_client_reports=False, transport_queue_size=MANY + 10)
transport = sentry_sdk.get_client().transport
envelopes = []
for number in range(MANY):
    envelope = Envelope(headers={"event_id": event(number)["event_id"]})
    envelope.add_event(event(number))
    envelopes.append(envelope)
costs = []
began = started()
for envelope in envelopes:
    before = time.perf_counter()
    transport.capture_envelope(envelope)
    costs.append(time.perf_counter() - before)
sentry_sdk.flush(60)
report(seconds=time.perf_counter() - began, costs=costs)
os._exit(0)
"""
_OURS = """
from scrubbing import wire
from scrubbing.outbox import upload
from scrubbing.outbox.dsn import parse_dsn
from scrubbing.outbox.store import Outbox, OutboxLimits
upload._PACE = float(os.environ["PACE"])
outbox = Outbox(os.path.join(HOME, "outbox"), drop=print,
                limits=OutboxLimits(envelopes=MANY + 10, bytes=1 << 30))
uploader = upload.Uploader(outbox, parse_dsn(DSN), allowed=lambda _: "on", prepare=lambda data, seal: data, drop=print,
                           limits_path=None, version="0")
datas = [wire.build({"event_id": event(number)["event_id"]}, [({"type": "event"}, wire.dumps(event(number)))])
         for number in range(MANY)]
uploader.start()
costs = []
began = started()
for data in datas:
    before = time.perf_counter()
    outbox.put(data, purpose="crashes", category="error")
    uploader.wake()
    costs.append(time.perf_counter() - before)
    time.sleep(float(os.environ["GAP"]))
deadline = time.monotonic() + 60
while outbox.waiting() and time.monotonic() < deadline:
    uploader.flush(1)
report(seconds=time.perf_counter() - began, costs=costs)
os._exit(0)
"""
_CAPTURES = """
import scrubbing
telemetry = scrubbing.init(dsn=DSN, app="frob", release="1.4.2", enabled=True)
def spam(depth):
    if depth:
        return spam(depth - 1)
    raise ValueError("no")
def crash():
    try:
        spam(7)
    except ValueError as error:
        return telemetry.capture_exception(error)
crash()
def rate(seconds):
    taken = done = 0
    began = time.perf_counter()
    while time.perf_counter() - began < seconds:
        if (telemetry.capture_message(f"hello {done}") if what == "messages" else crash()) is not None:
            taken += 1
        elif what == "messages":
            break  # the day's cap
        done += 1
    return (taken if what == "messages" else done) / (time.perf_counter() - began), taken
what = "messages"
messages, taken = rate(5)
what = "crashes"
over, none = rate(2)
print(json.dumps({"messages": messages, "over": over, "taken": taken}), flush=True)
os._exit(0)
"""
_END = "\nprint(time.time(), flush=True)\n"
_INIT = (
    "import os, time, scrubbing\n"
    "telemetry = scrubbing.init(dsn=os.environ['BENCH_DSN'], app='frob', release='1.4.2', enabled=True{more})\n"
)
_CRASH = "try:\n    int('x')\nexcept ValueError as error:\n    {capture}(error)\n"
#: Programs, by whether their server answers.
_ENDS = {
    "bare Python": (True, "import time"),
    "ours, off": (True, _INIT.format(more="").replace("True)", "False)")),
    "ours, nothing waits": (True, _INIT.format(more="")),
    "ours, hard crashes, nothing waits": (True, _INIT.format(more=", hard_crashes=True")),
    "ours, an event was sent": (
        True,
        _INIT.format(more="") + _CRASH.format(capture="telemetry.capture_exception") + "telemetry.flush(5)\n",
    ),
    "ours, an event waits, black hole": (
        False,
        _INIT.format(more="") + _CRASH.format(capture="telemetry.capture_exception"),
    ),
    "stock, an event waits, black hole": (
        False,
        "import os, time, sentry_sdk\nsentry_sdk.init(dsn=os.environ['BENCH_DSN'], release='1.4.2')\n"
        + _CRASH.format(capture="sentry_sdk.capture_exception"),
    ),
}


def main(rounds: int) -> None:
    """Print the tables."""
    with tempfile.TemporaryDirectory() as below, Receiver() as receiver, _black_hole() as hole:
        home = Path(below)
        _show_captures(home, receiver.dsn, max(3, rounds // 5))
        _show_transports(home, receiver.dsn, max(3, rounds // 5))
        dsns = (f"http://key@127.0.0.1:{hole.getsockname()[1]}/7", receiver.dsn)
        work = {name: _end(source, home / f"end{at}", dsns[answers]) for at, (name, (answers, source)) in _listed()}
        show("from a program's last line to its end", interleaved(work, rounds), "bare Python", "ms")


def _listed() -> list[tuple[int, tuple[str, tuple[bool, str]]]]:
    return list(enumerate(_ENDS.items()))


def _show_captures(home: Path, dsn: str, rounds: int) -> None:
    figures = [_run(_COMMON + _CAPTURES, home / f"captures{at}", dsn) for at in range(rounds)]
    print(f"captures a second through hooks, fence, quota and disk ({rounds} rounds, median)")
    for name, label in (("messages", "until the caps"), ("over", "over quota"), ("taken", "admitted until the caps")):
        print(f"  {label:<44}{statistics.median(one[name] for one in figures):9.0f}")
    print()


def _show_transports(home: Path, dsn: str, rounds: int) -> None:
    kinds = {
        "stock HttpTransport, from memory": (_STOCK, {}),
        "ours, from disk, no pause": (_OURS, {"PACE": "0"}),
        "ours, an envelope every 10 ms": (_OURS, {"PACE": "0", "GAP": "0.01"}),
    }
    taken: dict[str, list[dict[str, float]]] = {name: [] for name in kinds}
    costs: dict[str, list[float]] = {name: [] for name in kinds}
    for at in range(rounds):
        for number, (name, (source, more)) in enumerate(kinds.items()):
            figures = _run(_COMMON + source, home / f"transport{at}-{number}", dsn, **more)
            costs[name] += figures.pop("costs")
            taken[name].append(figures)
    print(f"{MANY} envelopes of {BYTES} bytes to a server on loopback ({rounds} rounds, median)")
    print(f"  {'':<36}{'a second':>10}{'CPU s':>9}{'MiB':>8}{'hand over, us: median':>24}{'p99':>9}")
    for name, figures in taken.items():
        middle = {key: statistics.median(one[key] for one in figures) for key in ("seconds", "cpu", "memory")}
        spent = sorted(costs[name])
        print(
            f"  {name:<36}{MANY / middle['seconds']:>10.0f}{middle['cpu']:>9.2f}{middle['memory']:>8.0f}"
            f"{spent[len(spent) // 2] * 1e6:>24.0f}{spent[int(len(spent) * 0.99)] * 1e6:>9.0f}"
        )
    print()


def _run(source: str, home: Path, dsn: str, **more: str) -> dict:
    home.mkdir()
    environ = {"GAP": "0", "PACE": "0.1", "MANY": str(MANY), "BYTES": str(BYTES), **_environ(home, dsn), **more}
    done = subprocess.run([sys.executable, "-c", source], env=environ, check=True, capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def _end(source: str, home: Path, dsn: str) -> Callable[[], float]:
    home.mkdir()
    program = home / "frob.py"
    program.write_text(source + _END)

    def run() -> float:
        done = subprocess.run(
            [sys.executable, str(program)], env=_environ(home, dsn), check=True, capture_output=True, text=True
        )
        return (time.time() - float(done.stdout)) * 1000

    return run


def _environ(home: Path, dsn: str) -> dict[str, str]:
    path = os.pathsep.join([os.getcwd(), *sys.path])
    return {"PATH": os.environ["PATH"], "PYTHONPATH": path, "FROB_TELEMETRY": "on", "HOME": str(home), "BENCH_DSN": dsn}


def _black_hole() -> socket.socket:
    """A server that accepts, as the kernel does for it, and never answers."""
    hole = socket.socket()
    hole.bind(("127.0.0.1", 0))
    hole.listen(128)
    return hole
