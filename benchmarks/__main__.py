"""``python -m benchmarks NAME``."""

from __future__ import annotations

import argparse
from importlib import import_module

#: Imported when it is asked for: some need more installed than others.
BENCHMARKS = ("capture", "delivery", "quality", "scrub", "startup", "typed", "walker")


def main() -> None:
    """Run one benchmark and print its table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("name", choices=BENCHMARKS)
    parser.add_argument("--rounds", type=int, default=25, help="interleaved rounds (25)")
    parser.add_argument("--all", action="store_true", help="quality: list what cannot be read")
    arguments = parser.parse_args()
    more = {"everything": arguments.all} if arguments.name == "quality" else {}
    import_module(f"benchmarks.{arguments.name}").main(arguments.rounds, **more)


if __name__ == "__main__":
    main()
