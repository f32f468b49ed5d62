"""The peers: other ways of making an event fit to leave, each as it is best set up, all as ``event -> event``.

They live in an environment of their own (`python`), with this clone on its path: nothing of them is ever a dependency.
Relay has its built-in rules, rules for pairs, paths and tokens, and patterns written by hand for this machine's names;
sentry-scrubber and the naive regex are told these names too. The others look at keys and have no place for names.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "servers"))
sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

REPOSITORY = Path(__file__).parents[1]
REQUIREMENTS = (
    *("sentry-relay==0.10.1", "sentry-scrubber==2.5.0", "logfire==5.4.0", "sentry-sdk==2.75.0"),
    *("attrs==26.1.0", "cattrs==26.2.1", "filelock", "certifi", "urllib3"),
)
Json = dict[str, Any]
System = Callable[[Json], Json]
#: A machine's names as the corpora give them: username, full_name, home, hostname, domain.
Names = Mapping[str, Any]

_PAIR = (
    r"(?i)(?:passw(?:or)?d|passphrase|pwd|secret|token|api[_-]?key|account[_-]?key|session_?id|authorization|cookie)"
    r"[\"']?\s*[=:]\s*(?:bearer |basic )?[\"']?([^\s\"'&;,)}]+)"
)
_FLAG = r"--(?:password|pass|token|secret|api-key)[ =](\S+)"
_HOME = r"(?i)(?:/home/|/users/|\\+users\\+|\\+documents and settings\\+|/media/|/var/mail/|pytest-of-)([^/\\\s\"':]+)"
#: Classes are spelled out: Relay drops an expression that grows too large with Unicode's letters.
_TOKEN = (
    r"\b(?:gh[pousr]_[A-Za-z0-9]{30,}|github_pat_[A-Za-z0-9_]{22,}|glpat-[A-Za-z0-9_-]{20,}|xox[abprs]-[A-Za-z0-9-]{10,}"
    r"|A(?:KIA|SIA)[A-Z0-9]{16}|[srp]k_(?:live|test)_[A-Za-z0-9]{10,}|sk-[A-Za-z0-9_-]{20,}|AIza[A-Za-z0-9_-]{35}"
    r"|npm_[A-Za-z0-9]{36}|hf_[A-Za-z0-9]{30,}|eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+)"
)
_MAIL = r"[\w.+-]+@[\w-]+\.[\w.-]+"
_IP = r"\b\d{1,3}(?:\.\d{1,3}){3}\b"


def python() -> str:
    """The interpreter of the environment that has all of them, built if there is none yet."""
    from servers.environments import python_with

    return str(python_with(*REQUIREMENTS, same=True))


def run(module: str, *arguments: str) -> None:
    """Run a module of the benchmarks where the peers are."""
    environ = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    subprocess.run([python(), "-m", module, *arguments], env=environ, cwd=REPOSITORY, check=True)


def systems(names: Names) -> dict[str, System]:
    """All of them, set up for one machine; ours first."""
    return {
        "scrubbing, verbose": ours(names),
        "Relay, best rules": relay(names),
        "Relay, without @password": relay(names, "@password:filter"),
        "sentry-scrubber": scrubber(names),
        "logfire": logfire(),
        "EventScrubber, recursive": event_scrubber(),
        "naive regex": naive(names),
    }


def ours(names: Names) -> System:
    """Every preset's rules are the same; ``verbose`` keeps every field, so all of them are looked at."""
    from scrubbing import scrub
    from scrubbing.identity import Machine
    from scrubbing.policy import Policy

    known = {name: value for name, value in names.items() if name != "platform"}
    policy = Policy.verbose(
        machine=Machine(**known), app="octoprint"
    )  # the corpora have a machine whose user is called like the app
    return lambda event: scrub(event, policy)


def words(names: Names) -> str:
    """A machine's names, as anybody would write them into one expression."""
    every = {names.get(name, "") for name in ("username", "full_name", "hostname")} - {""}
    spelled = {form for name in every for form in (name, name.replace(" ", "%20"), name.partition(".")[0])}
    return r"(?i)\b(?:" + "|".join(map(re.escape, sorted(spelled, key=len, reverse=True))) + r")\b"


def relay(names: Names, *without: str) -> System:
    """Sentry's own, through its binding; fields that it only looks at when told are named.

    Its rule for passwords takes all of a text in which a word for one stands: it removes most with it, and keeps most
    without.
    """
    from sentry_relay.processing import pii_strip_event

    builtin = ("ip", "email", "mac", "creditcard", "iban", "usssn", "imei", "pemkey", "urlauth", "userpath", "bearer")
    replace = {"method": "replace", "text": "[Filtered]"}
    grouped = {"pair": _PAIR, "flag": _FLAG, "home": _HOME}
    own = {name: {"type": "pattern", "pattern": text, "replaceGroups": [1]} for name, text in grouped.items()}
    own |= {"token": {"type": "pattern", "pattern": _TOKEN}, "names": {"type": "pattern", "pattern": words(names)}}
    rules = {name: {**rule, "redaction": replace} for name, rule in own.items()}
    every = [*(f"@{name}:replace" for name in builtin), "@password:filter", *rules]
    applied = [each for each in every if each not in without]
    frame = "exception.values.*.stacktrace.frames.*."
    named = (*(frame + name for name in ("abs_path", "filename", "context_line", "pre_context.*", "post_context.*")),)
    whole = ("exception.**", "breadcrumbs.**", "request.**", "logentry.**", "extra.**", "tags.**", "server_name")
    places = ("$string", *whole, "$breadcrumb.message", frame + "vars.**", "request.url", "logentry.formatted", *named)
    config = {"rules": rules, "applications": dict.fromkeys(places, applied)}
    return partial(pii_strip_event, config)


def scrubber(names: Names) -> System:
    """sentry-scrubber, told this machine's names."""
    from sentry_scrubber.scrubber import SentryScrubber

    told = {names.get(name, "") for name in ("username", "full_name", "hostname")} - {""}
    return lambda event: SentryScrubber().scrub_event(event, sensitive_strings=told)


def logfire() -> System:
    """Logfire's scrubber over the whole event."""
    from logfire._internal.scrubbing import Scrubber

    made = Scrubber(None)
    return lambda event: {key: made.scrub_value((key,), value)[0] for key, value in event.items()}


def event_scrubber() -> System:
    """Sentry's own in the SDK; it changes the event it is given, so it is given a copy."""
    from sentry_sdk.scrubber import EventScrubber

    made = EventScrubber(recursive=True)

    def scrub(event: Json) -> Json:
        copied: Json = copy(event)
        made.scrub_event(copied)
        return plain(copied)

    return scrub


def naive(names: Names) -> System:
    """One expression and a walk, as it is found in many programs."""
    pattern = re.compile(
        "|".join([f"(?:{words(names)[4:]})", _PAIR[4:], _FLAG, _HOME[4:], _TOKEN, _MAIL, _IP]), re.IGNORECASE
    )

    def one(match: re.Match[str]) -> str:
        last = match.lastindex
        return match[0].replace(match[last], "[Filtered]") if last else "[Filtered]"

    def walk(value: Any) -> Any:
        if isinstance(value, str):
            return pattern.sub(one, value)
        if isinstance(value, dict):
            return {key: walk(child) for key, child in value.items()}
        return [walk(child) for child in value] if isinstance(value, list) else value

    return walk


def copy(value: Any) -> Any:
    """A walk that changes nothing."""
    if isinstance(value, dict):
        return {key: copy(child) for key, child in value.items()}
    return [copy(child) for child in value] if isinstance(value, list) else value


def plain(value: Any) -> Any:
    """What a value is once it is sent: the SDK marks what it removed with objects of its own."""
    if type(value).__name__ == "AnnotatedValue":
        return plain(value.value)
    if isinstance(value, dict):
        return {key: plain(child) for key, child in value.items()}
    return [plain(child) for child in value] if isinstance(value, list) else value
