"""Plain sentry-sdk with everything it does by default, and values that are hard to write down as JSON."""

import datetime
import decimal
import enum
import os
import uuid

import sentry_sdk
from sentry_sdk.consts import DEFAULT_OPTIONS


def init(**options):
    """Report to the address in the environment; options this version of the SDK does not have are left out."""
    known = {name: value for name, value in options.items() if name in DEFAULT_OPTIONS}
    fixed = {"dsn": os.environ["STOCK_DSN"], "release": "frob@1.4.2", "environment": "testing"}
    sentry_sdk.init(include_local_variables=True, send_default_pii=True, **fixed, **known)


class Colour(enum.Enum):
    GREEN = "grün"


class Opaque:
    """Says nothing of itself: its ``repr`` fails."""

    def __repr__(self):
        raise RuntimeError("no")


def nasties():
    """Values as programs have them in their variables."""
    bag = {
        "größe": "日本語 🐍 \u202e",
        "bytes": b"\xff\x00 raw",
        "when": datetime.datetime(2026, 11, 22, 4, 13, 17, tzinfo=datetime.timezone.utc),
        "naïve": datetime.datetime(2026, 11, 22),  # noqa: DTZ001
        "day": datetime.date(2026, 11, 22),
        "span": datetime.timedelta(seconds=7),
        "price": decimal.Decimal("12.50"),
        "id": uuid.UUID(int=7),
        "colour": Colour.GREEN,
        "opaque": Opaque(),
        "lambda": lambda: None,
        "large": 2**70,
        "odd": [float("nan"), float("inf"), -0.0, 1e300],
        "set": {1, 2},
        "half": "\ud83d and \x00",
        "nested": {"a": {"b": {"c": {"d": {"e": {"f": 1}}}}}},
        7: "a number as key",
        None: "nothing as key",
        ("a", 1): "a tuple as key",
        "long": "y" * 5000,
        "many": list(range(200)),
    }
    bag["itself"] = bag
    return bag
