"""What a URL says of what it was asked with: names, numbers, choices, and what stands in place of values."""

from __future__ import annotations

import pytest

import scrubbing
from scrubbing import fence, wire
from scrubbing.schema.strings import PLACEHOLDERS, bare_address

#: What comes, and what stays of it.
ADDRESSES = {
    "https://x.org/a?page=2&q=secret": "https://x.org/a?page=2&q=[Filtered]",
    "https://x.org/a?q=[secret]": "https://x.org/a?q=[Filtered]",
    "https://x.org/a?q=[not a placeholder: secret]": "https://x.org/a?q=[Filtered]",
    "https://x.org/a?q=[email:0123456789abcdef]&to=[email]&n=***": "https://x.org/a?q=[email:0123456789abcdef]&to=[email]&n=***",
    "https://x.org/a?q=[email:secret]": "https://x.org/a?q=[Filtered]",
    "https://x.org/a?tab=profile&lang=pt-BR&v=1.20&DEBUG=true&name=Erika": (
        "https://x.org/a?tab=profile&lang=pt-BR&v=1.20&DEBUG=true&name=[Filtered]"
    ),
    "https://x.org/a?from=2024-01-02&dob=1980-02-03&Birthday=1980-02-03&at=2024-01-02T10:00&sr=b&q=bb": (
        "https://x.org/a?from=2024-01-02&dob=[Filtered]&Birthday=[Filtered]&at=[Filtered]&sr=b&q=[Filtered]"
    ),
    "https://x.org/a.html#reset-token": "https://x.org/a.html#reset-token",
    "https://x.org/a?page=2&q=secret#top": "https://x.org/a?page=2&q=[Filtered]#top",
    "https://x.org/#access_token=hunter2": "https://x.org/",
    "https://x.org/?p=1#/users/erika": "https://x.org/?p=1",
    "https://x.org/#a1b2c3d4e5": "https://x.org/",
    "https://x.org/##top": "https://x.org/",
    "https://x.org/a?sort=Erika%20Gärtner&view=erika.g@example.org&v=10.0.0.1&next=/home/": (
        "https://x.org/a?sort=[Filtered]&view=[Filtered]&v=[Filtered]&next=[Filtered]"
    ),
    # The limit of 200 characters falls into the middle of the number.
    f"https://x.org/?k={'v' * 186}&n=4111111111111111": "https://x.org/?k=[Filtered]",
}


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_value_stays(address):
    """Neither one in brackets, as anybody may write it, nor the half of one that is left at a cut."""
    assert bare_address(address) == ADDRESSES[address]
    assert bare_address(ADDRESSES[address]) == ADDRESSES[address]
    event = {"request": {"url": address}}
    scrubbed = scrubbing.scrub(event, scrubbing.Policy.verbose(machine=None))
    assert scrubbed["request"]["url"] == ADDRESSES[address]


def test_all_placeholders_of_ours_are_known():
    """Those of our rules, and of the rules for this machine's names."""
    machine = scrubbing.Machine(
        username="carol", full_name="Carol Yin", home="/home/carol", hostname="tern.example.org"
    )
    placeholders = {each.placeholder for each in scrubbing.Policy.verbose(machine=machine).engine._all}
    assert {f"[{name}]" for name in PLACEHOLDERS.split("|")} == placeholders | {"[Filtered]"}


def test_placeholders_of_an_apps_own_rules_leave():
    """A rule whose name nobody here knows may put it in place of a value, and the fence lets it pass."""
    kinds = frozenset({scrubbing.Kind.URL, scrubbing.Kind.TEXT})
    policy = scrubbing.Policy.verbose(machine=None, rules=[scrubbing.Pattern("order-no", r"\b77\d{3}\b", kinds=kinds)])
    event = {"event_id": "a" * 32, "request": {"url": "https://x.org/?o=77123&p=2"}}
    scrubbed = scrubbing.scrub(event, policy)
    assert scrubbed["request"]["url"] == "https://x.org/?o=[order-no]&p=2"
    data = wire.build({}, [({"type": "event"}, wire.dumps(scrubbed))])
    assert fence.admit(data, policy) == data
