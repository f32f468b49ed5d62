"""The ``scrubbing`` command: the verbs for any app by its name, and the demo."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING

from scrubbing import __version__
from scrubbing.cli import mounts
from scrubbing.cli.batch import options as batch
from scrubbing.cli.said import INTERRUPTED, WRONG_USE
from scrubbing.cli.table import VERBS

if TYPE_CHECKING:
    from collections.abc import Sequence

_ABOUT = "Crash reports and usage figures of programs that use scrubbing: your choice, and what becomes of it."
_SCHEMA = (
    "Print every field of an event and of an envelope's items: what it holds, and the preset under which it leaves."
)
_RULES = "List the rules: what each looks at and does, with examples that are tried as they are printed."
_DEMO = "Crash a small program, and show what stock Sentry and what scrubbing would send. Nothing leaves this computer."


def run(argv: Sequence[str] | None) -> int:
    """Run the command; returns its exit code.

    Args:
        argv: its arguments; ``None`` takes the process's.
    """
    try:
        parser = _parser()
        args = parser.parse_args(argv)
        if args.verb is None:
            parser.print_help()
            return WRONG_USE
        args.func(args)
        sys.stdout.flush()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 0
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # the reader, a pager say, has seen enough; nothing is to be written at exit either
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("scrubbing", description=_ABOUT)
    parser.add_argument("--version", action="version", version=f"scrubbing {__version__}")
    commands = parser.add_subparsers(dest="verb", metavar="VERB")
    for verb in VERBS:
        command = commands.add_parser(verb.name, help=verb.sentence, description=verb.sentence)
        command.add_argument("--app", required=True, metavar="NAME", help="the name the program gives to scrubbing")
        mounts.fill(command, verb)
        command.set_defaults(
            func=lambda args, verb=verb: mounts.run(verb, mounts.outside(args.app), mounts.taken(verb, args))
        )
    schema = commands.add_parser("schema", help=_SCHEMA, description=_SCHEMA)
    schema.add_argument("--json", action="store_true", help="as JSON Schema")
    schema.set_defaults(func=_schema)
    rules = commands.add_parser("rules", help=_RULES, description=_RULES)
    rules.add_argument("names", nargs="*", metavar="NAME", help="a rule to list; without any: all")
    rules.add_argument("--json", action="store_true", help="as JSON")
    rules.add_argument("--policy", metavar="FILE", help="a policy in TOML, whose own rules are listed too")
    rules.set_defaults(func=_rules)
    batch.add(commands).set_defaults(func=_scrub)
    commands.add_parser("demo", help=_DEMO, description=_DEMO).set_defaults(func=_demo)
    return parser


def _rules(args: argparse.Namespace) -> None:
    from scrubbing.cli import rules

    said = rules.run(args)
    said.print()
    raise SystemExit(said.code)


def _scrub(args: argparse.Namespace) -> None:
    from scrubbing.cli.batch import verb

    raise SystemExit(verb.run(args))


def _demo(_: argparse.Namespace) -> None:
    from scrubbing.cli import demo

    raise SystemExit(demo.run())


def _schema(args: argparse.Namespace) -> None:
    import json

    from scrubbing.schema import document

    print(json.dumps(document.json_schema(), indent=1) if args.json else document.text())
