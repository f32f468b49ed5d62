"""``python -m benchmarks NAME``."""

from __future__ import annotations

import argparse
from importlib import import_module

#: Imported when it is asked for: some need more installed than others.
BENCHMARKS = ("capture", "startup", "typed", "walker")


def main() -> None:
    """Run one benchmark and print its table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("name", choices=BENCHMARKS)
    parser.add_argument("--rounds", type=int, default=25, help="interleaved rounds (25)")
    arguments = parser.parse_args()
    import_module(f"benchmarks.{arguments.name}").main(arguments.rounds)


if __name__ == "__main__":
    main()
