"""Hooks rewrite and tell the fence what they let through; the transport lets nothing leave but through the fence."""

from __future__ import annotations

import sys
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any, Protocol, TypeVar

import attrs
from sentry_sdk.envelope import Envelope, Item, PayloadRef
from sentry_sdk.transport import Transport

from scrubbing import wire
from scrubbing.clock import now
from scrubbing.errors import Refused
from scrubbing.fence import Seen, admit, seal
from scrubbing.interrupts import is_interrupt
from scrubbing.options import CHAINED, OPTIONS
from scrubbing.policy import Policy
from scrubbing.provenance.frames import place
from scrubbing.provenance.skeletons import message
from scrubbing.rewrite import Subject, live, remember, rewritten, subject  # noqa: F401  # a crash finds `live` loaded
from scrubbing.rewrite.messages import text_of
from scrubbing.schema import ITEMS, NEVER_SENT, Kind
from scrubbing.schema.items import PURPOSES
from scrubbing.schema.strings import UNKNOWN
from scrubbing.schema.walker.bags import LIST, MAPPING
from scrubbing.sentry.facts import random_id, sdk, surroundings, without_inherited_ids
from scrubbing.sentry.sampling import Sampling
from scrubbing.sentry.typed import typed
from scrubbing.wire import Parcel

T = TypeVar("T")
Json = dict[str, Any]
Hint = Mapping[str, Any]

#: What the SDK's batchers put around attributes of logs, metrics and spans: words of the protocol, not of the app.
_PROTOCOL_WORDS = ("value", "type", "unit", "string", "boolean", "integer", "double", "array", MAPPING, LIST)
#: Reservations waiting for their envelope.
_MAX_PENDING = 256
#: Where an exception carries the releases of the apps that saw it.
_SEEN_BY = "__scrubbing_seen__"


class Reservation(Protocol):
    """What a gate gives: room for one item."""

    def settle(self, size_bytes: int, /) -> object: ...  # noqa: D102  # a protocol's method says itself in its name
    def give_back(self) -> None: ...  # noqa: D102  # as above


class Gate(Protocol):
    """What stands before the hooks: consent and quota. Raises `Refused` with the reason."""

    def reserve(self, purpose: str, *, crash: bool, fingerprint: str | None) -> Reservation | None: ...  # noqa: D102  # as above


class Open:
    """The gate of the middleware alone: no consent, no quota."""

    def reserve(self, purpose: str, *, crash: bool, fingerprint: str | None) -> Reservation | None:  # noqa: ARG002  # the protocol's
        """Let everything pass."""
        return None


@attrs.frozen
class Facts:
    """Enumerated facts put on every event; what an event itself says of them is not believed under ``strict``."""

    release: str | None = None
    environment: str | None = None
    dist: str | None = None
    subcommand: Callable[[], str | None] = lambda: None


@attrs.define
class Pending:
    """What a hook knows of an event whose envelope has not come yet."""

    reservation: Reservation | None
    fingerprint: str | None
    named: bool = False


@attrs.define(eq=False)
class Middleware:
    """The hooks and the fence of one client.

    Args:
        policy: what may leave; asked anew for each event.
        deliver: takes admitted envelopes.
        drop: counts a reason.
        gate: consent and quota.
        facts: release and command.
        own: the app's own hooks by option name; they run before ours.
        identity: gives the id that the user leaves with, for the fingerprint of a crash or message; never raises.
        sampling: which errors and messages are kept at all.
    """

    policy: Callable[[], Policy]
    deliver: Callable[[Parcel], None]
    drop: Callable[[str], None]
    gate: Gate = attrs.field(factory=Open)
    facts: Facts = attrs.field(factory=Facts)
    own: Mapping[str, Any] = attrs.field(factory=dict)
    identity: Callable[[str], str | None] = lambda _fingerprint: None
    sampling: Sampling = attrs.field(factory=Sampling)
    seen: Seen = attrs.field(init=False)
    interrupted: BaseException | None = None
    _pending: OrderedDict[str, Pending] = attrs.field(factory=OrderedDict)
    _lock: Any = attrs.field(factory=threading.RLock)
    _here: threading.local = attrs.field(factory=threading.local)

    def __attrs_post_init__(self) -> None:
        """Know the app's own facts, what its hooks take, and the protocol's own words."""
        self.own = {name: typed(name, hook) for name, hook in self.own.items()}
        own = {"release": self.facts.release, "environment": self.facts.environment, "dist": self.facts.dist}
        self.seen = Seen(own)
        for word in _PROTOCOL_WORDS:
            self.seen.remember_text(word)

    def before_send(self, event: Json, hint: Hint) -> Json | None:
        """Rewrite an error, a message or a check-in; ``None`` drops it."""
        return self._guarded("before_send", lambda: self._error(event, hint))

    def before_send_transaction(self, event: Json, hint: Hint) -> Json | None:
        """Rewrite a transaction."""
        return self._guarded(
            "before_send_transaction", lambda: self._other(event, hint, "transaction", "before_send_transaction")
        )

    def before_send_log(self, log: Json, hint: Hint) -> Json | None:
        """Rewrite a log record."""
        return self._guarded("before_send_log", lambda: self._loose(log, hint, "log", "before_send_log"))

    def before_send_metric(self, metric: Json, hint: Hint) -> Json | None:
        """Rewrite a metric."""
        return self._guarded(
            "before_send_metric", lambda: self._loose(metric, hint, "trace_metric", "before_send_metric")
        )

    def before_send_span(self, span: Json, hint: Hint) -> Json:
        """Rewrite a span. The SDK cannot drop here, so a span that may not leave loses its name; the fence drops it."""
        made = self._guarded("before_send_span", lambda: self._loose(span, hint, "span", "before_send_span"))
        return made if made is not None else {**span, "name": "[Filtered]", "attributes": {}}

    def before_breadcrumb(self, crumb: Json, hint: Hint) -> Json | None:
        """Keep no breadcrumbs where none leave; elsewhere they are rewritten with the event that carries them."""
        return self._guarded("before_breadcrumb", lambda: self._crumb(crumb, hint))

    def earlier(self, event: Json, about: Subject) -> None:
        """Pass on a crash of an earlier process: it has no exception in hand, and the SDK's scope is not its own.

        Args:
            event: its own facts: ``event_id``, ``timestamp``, ``level``.
            about: what was proven of it.
        """
        self._guarded("earlier", lambda: self._earlier(event, about))

    def forked(self) -> None:
        """Go on in a child process, where whoever held a lock is not."""
        self._lock = threading.RLock()
        self.seen.forked()

    def capture(self, envelope: Envelope) -> None:
        """Take an envelope from the SDK; pass on what the fence admits."""
        self._guarded("transport", lambda: self._capture(envelope))

    def delivered(self) -> str | None:
        """Return the id of the last event that this thread delivered, once: the SDK knows nothing of that."""
        id_: str | None = self._here.__dict__.pop("delivered", None)
        return id_

    def hooks(self) -> Json:
        """Our hooks by option name."""
        return {name: getattr(self, name) for name, row in OPTIONS.items() if row.treatment == CHAINED}

    def _guarded(self, where: str, work: Callable[[], T]) -> T | None:
        try:
            return work()
        except Refused as refused:
            self.drop(refused.reason)
        except BaseException as error:  # noqa: BLE001  # fail closed: whatever went wrong, SystemExit too, it is dropped
            if is_interrupt(error):
                self.interrupted = error  # the SDK would swallow it; whoever called us raises it again
            self.drop(f"{where}:interrupted" if is_interrupt(error) else f"{where}:error")
        return None

    def _error(self, event: Json, hint: Hint) -> Json | None:
        if event.get("type") == "check_in":
            return self._other(event, hint, "check_in", "before_send")
        exc = _live(hint)
        if exc is not None and not _first_time(exc, self.facts.release or ""):
            return None
        policy = self.policy()
        where = place(sys._getframe(), policy.packages) if exc is None else None  # noqa: SLF001  # the only way to a caller
        text = text_of(event)
        said = _skeleton(text, policy)
        about = subject(event, policy, exc, where, said)
        crash = exc is not None or bool(event.get("exception"))
        reservation = self.gate.reserve("crashes", crash=crash, fingerprint=about.fingerprint)
        try:
            self.sampling.check(event, hint)
            changed = self._own("before_send", event, hint)
            same = text_of(changed) == text  # else it is the text of the app's own hook
            if exc is None and not (same and changed is event):
                about = subject(changed, policy, None, where, said if same else UNKNOWN)
            elif not same:
                about = attrs.evolve(about, message=UNKNOWN)
            facts = self._with_facts(changed)
            if not self.sampling.traced:
                facts["contexts"].pop("trace", None)
            if policy.preset == "strict" and "event_id" in changed:
                facts |= {"event_id": random_id(changed["event_id"]), "timestamp": now()}
            user = self.identity(about.fingerprint)
            if user is not None:
                self.seen.remember_id(user)
            made = rewritten(facts, policy, "event", attrs.evolve(about, user=user))
            self._let_through(made, "event", policy, Pending(reservation, about.fingerprint, user is not None))
        except BaseException:
            _give_back(reservation)
            raise
        return made

    def _earlier(self, event: Json, about: Subject) -> None:
        policy = self.policy()
        event = {**event, "exception": {"values": about.values}, "threads": {"values": about.threads}}
        reservation = self.gate.reserve("crashes", crash=True, fingerprint=about.fingerprint)
        try:
            changed = {**self._own("before_send", event, {}), "event_id": event["event_id"]}
            made = rewritten(self._with_facts(changed), policy, "event", about)
            self._let_through(made, "event", policy, Pending(reservation, about.fingerprint))
        except BaseException:
            _give_back(reservation)
            raise
        envelope = Envelope(headers={"event_id": event["event_id"]})
        envelope.add_item(Item(PayloadRef(json=made), type="event"))
        self._capture(envelope)

    def _other(self, event: Json, hint: Hint, item: str, hook: str) -> Json | None:
        policy = self.policy()
        if policy.shape(item) is None:
            raise Refused(f"item:{item}")
        changed = self._own(hook, event, hint)
        made = rewritten(self._with_facts(changed), policy, item)
        self._let_through(made, item, policy, None)
        return made

    def _loose(self, record: Json, hint: Hint, item: str, hook: str) -> Json | None:
        """Logs, metrics and spans come one by one and are put into batches by the SDK."""
        policy = self.policy()
        shape = policy.shape(item)
        if shape is None:
            raise Refused(f"item:{item}")
        changed = self._own(hook, record, hint)
        attributes = {**(changed.get("attributes") or {})}
        if item == "log":
            attributes |= {
                f"sentry.{key}": changed[key] for key in ("severity_number", "severity_text") if key in changed
            }
        whole = without_inherited_ids({"items": [{**changed, "attributes": attributes}]})
        made = rewritten(whole, policy, item)
        remember(made, shape, self.seen.remember_text)
        for text in _strings(made):
            self.seen.remember_text(text)
        return {**changed, **made["items"][0]}

    def _crumb(self, crumb: Json, hint: Hint) -> Json | None:
        if self.policy().preset == "strict":
            return None
        own = self.own.get("before_breadcrumb")
        return own(crumb, hint) if own is not None else crumb

    def _own(self, hook: str, value: Json, hint: Hint) -> Json:
        """Run the app's own hook; what it drops or breaks is dropped."""
        own = self.own.get(hook)
        if own is None:
            return value
        try:
            changed = own(value, dict(hint))
        except BaseException as error:
            # The app's own code; its words are not ours to repeat, and where it says SystemExit the app goes on.
            if is_interrupt(error):
                raise
            unfit = isinstance(error, Refused) and error.reason == f"{hook}:schema"
            raise Refused(f"{hook}:{'schema' if unfit else 'app-raised'}") from None
        if not isinstance(changed, dict):
            raise Refused(f"{hook}:app")
        return changed

    def _with_facts(self, event: Json) -> Json:
        facts = self.seen.facts
        made = {**{key: value for key, value in event.items() if key not in facts}, "platform": "python", "sdk": sdk()}
        made |= {key: value for key, value in facts.items() if value is not None}
        contexts = event.get("contexts")
        made["contexts"] = {**(contexts if isinstance(contexts, dict) else {}), **surroundings()}
        tags = event.get("tags")
        made["tags"] = {**(tags if isinstance(tags, dict) else {})}
        made["tags"].pop("subcommand", None)  # the app's own tag of that name is run-time text
        command = self._command()
        if command is not None:
            made["tags"]["subcommand"] = command
        return without_inherited_ids(made)

    def _command(self) -> str | None:
        """The running command; one that is not declared may have been made at run time, so the rules look at it."""
        policy, command = self.policy(), self.facts.subcommand()
        if command is None or policy.commands is not None or policy.engine.clean(command, Kind.TEXT):
            return command
        return UNKNOWN

    def _let_through(self, made: Json, item: str, policy: Policy, pending: Pending | None) -> None:
        shape = policy.shape(item)
        if shape is None:
            raise Refused(f"item:{item}")
        remember(made, shape, self.seen.remember_text, lambda text: self.seen.remember_message(text, policy.terms))
        key = made.get("check_in_id" if item == "check_in" else "event_id")
        if not isinstance(key, str):
            raise Refused("fence:unseen", f"{item} without an id")
        self.seen.remember_id(key)
        if pending is not None:
            with self._lock:
                self._pending[key] = pending
                while len(self._pending) > _MAX_PENDING:
                    _give_back(self._pending.popitem(last=False)[1].reservation)

    def _capture(self, envelope: Envelope) -> None:
        policy = self.policy()
        items = [item for item in envelope.items if self._may_leave(item, policy)]
        if not items:
            return
        purpose = PURPOSES[str(items[0].type)]
        together = [item for item in items if PURPOSES[str(item.type)] == purpose]
        if len(together) < len(items):
            self.drop("item:mixed")  # each purpose has a yes of its own, and so an envelope of its own
        items = together
        pending = self._claim(envelope, purpose)
        try:
            self._pass(items, policy, pending)
        except BaseException:
            _give_back(pending.reservation)
            raise

    def _may_leave(self, item: Item, policy: Policy) -> bool:
        leaves = policy.shape(str(item.type)) is not None
        if not leaves:
            known = isinstance(item.type, str) and (item.type in ITEMS or item.type in NEVER_SENT)
            self.drop(f"item:{item.type}" if known else "item:unknown")
        return leaves

    def _claim(self, envelope: Envelope, purpose: str) -> Pending:
        """Return what the hook knows of this envelope's event; items without a hook are reserved for now."""
        key = envelope.headers.get("event_id")
        with self._lock:
            pending = self._pending.pop(key, None) if isinstance(key, str) else None
        if pending is not None:
            return pending
        return Pending(self.gate.reserve(purpose, crash=False, fingerprint=None), None)

    def _pass(self, items: list[Item], policy: Policy, pending: Pending) -> None:
        ids = [own for own in (_event_id(item) for item in items) if own is not None]
        headers: Json = {"event_id": ids[0]} if ids else {}
        data = wire.build(headers, [(_header(item), _payload(item)) for item in items])
        first = str(items[0].type)
        data = admit(data, policy, self.seen)
        sealed = seal(data, policy if policy.guarded else None) if policy.guarded or pending.named else ""
        parcel = Parcel(data, PURPOSES[first], ITEMS[first].category, pending.fingerprint, sealed)
        for own in ids:
            self.seen.forget_id(own)
        if pending.reservation is not None and (over := pending.reservation.settle(len(parcel.data))):
            raise Refused(str(getattr(over, "reason", "quota")))
        self.deliver(parcel)
        if ids:
            self._here.delivered = ids[0]


def _live(hint: Hint) -> BaseException | None:
    info = hint.get("exc_info") if hint else None
    exc = info[1] if isinstance(info, tuple) and len(info) == 3 else None  # noqa: PLR2004  # type, value, traceback
    return exc if isinstance(exc, BaseException) else None


def _skeleton(text: str | None, policy: Policy) -> str:
    """The skeleton of a message that this very stack sends; none is needed where all of it leaves."""
    if text is None or not policy.guarded:
        return UNKNOWN
    return message(text, sys._getframe(), policy.packages)  # noqa: SLF001  # the only way to a caller


def _first_time(exc: BaseException, release: str) -> bool:
    """Say whether this app has not seen this exception object; it is marked past anything its class overrides.

    Two apps in one process have each their own users' yes and their own dashboard: the mark names who saw it.
    """
    try:
        marks = BaseException.__dict__["__dict__"].__get__(exc)
        seen_by = marks.get(_SEEN_BY, ())
        marks[_SEEN_BY] = (*seen_by, release)
    except Exception:  # noqa: BLE001  # an exception that cannot be marked may come twice
        return True
    return release not in seen_by


def _give_back(reservation: Reservation | None) -> None:
    if reservation is not None:
        reservation.give_back()


def _header(item: Item) -> Json:
    kept: Json = {"type": item.type}
    if item.type not in ("event", "transaction"):
        kept |= {key: item.headers[key] for key in ("content_type", "item_count") if key in item.headers}
    return kept


def _payload(item: Item) -> bytes:
    return wire.dumps(item.payload.json) if isinstance(item.payload.json, dict) else item.payload.get_bytes()


def _event_id(item: Item) -> str | None:
    event = item.payload.json
    own = (
        event.get("event_id") if isinstance(event, dict) and item.type in ("event", "transaction", "feedback") else None
    )
    return own if isinstance(own, str) else None


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [*value, *(text for child in value.values() for text in _strings(child))]
    return [text for child in value for text in _strings(child)] if isinstance(value, list) else []


class FencedTransport(Transport):
    """The transport: everything the SDK wants to send comes here, and nothing leaves but through the fence."""

    def __init__(
        self, options: Json | None, middleware: Middleware, flush: Callable[[float], object] | None = None
    ) -> None:
        super().__init__(options)
        self.middleware = middleware
        self._flush = flush

    def capture_envelope(self, envelope: Envelope) -> None:
        """Take an envelope; never raises."""
        self.middleware.capture(envelope)

    def flush(self, timeout: float, callback: Any = None) -> None:  # noqa: ARG002  # the SDK's signature
        """Wait at most `timeout` seconds for what was handed on."""
        if self._flush is not None:
            self._flush(timeout)
