"""A process that outlives a short command and sends what that had no time for; started by `handover`.

It reads what it must know from its standard input, asks for consent anew before each envelope (files and environment
may say no by now; more than the app was allowed at its end it never is), judges each by the app's policy, and sends. It
deletes nothing by its own judgement: what it may not send stays for the app, which knows its policy better. It prints
nothing, waits for nobody, and ends by itself.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from typing import Any

from scrubbing.consent import MODES, Consent
from scrubbing.identity import Machine
from scrubbing.outbox.sending import NotHere
from scrubbing.policy import Policy
from scrubbing.provenance.packages import Packages
from scrubbing.telemetry.config import Config
from scrubbing.telemetry.delivery import Delivery

#: Seconds it sends, and seconds it lives at most, whatever holds it.
SENDING, LIVING = 15.0, 20.0
_MOST_BYTES = 65536


class Capped(Consent):
    """The app's consent as it is now, and never more than the app was allowed at its end."""

    __slots__ = ("most",)
    most: dict[str, str]

    def mode(self, purpose: str) -> str:
        """``off``, ``local`` or ``on``, now; ``local`` where the app was not allowed to send: it stays where it is."""
        mode = super().mode(purpose)
        return "local" if mode == "on" and self.most.get(purpose) != "on" else mode

    def allows(self, purpose: str) -> bool:
        """Whether what is collected for this purpose may be sent, now."""
        return self.mode(purpose) == MODES[-1]


class Sending(Delivery):
    """The app's delivery, with the policy that was handed over."""

    def _prepare(self, data: bytes, seal: str) -> bytes:
        try:
            return super()._prepare(data, seal)
        except Exception as error:  # noqa: BLE001 - what cannot be judged here does not leave from here
            raise NotHere(type(error).__name__) from None


def main() -> None:
    """Send what waits, and end."""
    end = threading.Timer(LIVING, os._exit, (0,))
    end.daemon = True
    end.start()
    try:
        said = json.loads(sys.stdin.buffer.read(_MOST_BYTES))
        _let_go()
        send(said, SENDING)
    except Exception:  # noqa: BLE001 - there is nobody to tell; what waits waits on
        return
    finally:
        end.cancel()


def send(said: dict[str, Any], seconds: float) -> bool:
    """Send what waits of an app; whether nothing is left that may be sent.

    Args:
        said: what `handover` said.
        seconds: to take at most.
    """
    # The policy is handed over in words; the config's own is never asked.
    config = Config(
        dsn=said["dsn"], app=said["app"], release=said["release"], enabled=said["enabled"], policy=None, packages=None,
        commands=None, isolated=None, load="auto", deliver="inline", dev_ok=said["dev_ok"], identity=None,
        hard_crashes=False, caller="__main__", options=said["options"],
    )  # fmt: skip
    consent = Capped(
        app=config.app,
        enabled=config.enabled,
        release=config.release,
        has_dsn=config.parsed_dsn is not None,
        app_dir=said["app_dir"],
        dev_ok=config.dev_ok,
    )
    consent.most = said["modes"]
    delivery = Sending(config, consent)
    try:
        delivery.once("policy", lambda: policy_of(said["policy"]))
        return delivery.flush(seconds)
    finally:
        delivery.close()


def policy_of(said: dict[str, Any]) -> Policy:
    """The app's policy, from words.

    Raises:
        PolicyError: its file says something else by now.
    """
    fields: dict[str, Any] = {
        "packages": Packages(own=tuple(said["packages"]), dependencies=frozenset(said.get("dependencies", ()))),
        "commands": said["commands"],
        "app": said["app"],
    }
    if "toml" in said:
        return Policy.from_toml(said["toml"], **fields)
    given: dict[str, Any] = {name: said[name] for name in ("messages", "remarks") if name in said}
    if "machine" in said:
        given["machine"] = Machine(**said["machine"])
    return Policy(preset=said["preset"], **fields, **given)


def _let_go() -> None:
    """Let go of the pipe that was read, and of the terminal where the system has no sessions."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nothing, descriptor)
    os.close(nothing)
