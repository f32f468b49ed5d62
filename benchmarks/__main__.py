"""``python -m benchmarks NAME``."""

from __future__ import annotations

import argparse

from benchmarks import capture, startup, walker

BENCHMARKS = {"startup": startup.main, "capture": capture.main, "walker": walker.main}


def main() -> None:
    """Run one benchmark and print its table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("name", choices=sorted(BENCHMARKS))
    parser.add_argument("--rounds", type=int, default=25, help="interleaved rounds (25)")
    arguments = parser.parse_args()
    BENCHMARKS[arguments.name](arguments.rounds)


if __name__ == "__main__":
    main()
