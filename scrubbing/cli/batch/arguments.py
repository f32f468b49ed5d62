"""The command line of ``scrubbing scrub``: what is to be done, and what makes no sense together."""

from __future__ import annotations

import argparse
import os
import stat
import sys
from collections.abc import Iterator, Sequence
from typing import Any

import attrs

from scrubbing.cli.batch.sources import STDIN
from scrubbing.errors import ScrubbingError
from scrubbing.identity import Machine
from scrubbing.policy import Policy


class WrongUse(ScrubbingError):
    """The command line makes no sense; says why."""


@attrs.frozen
class Task:
    """What is to be done.

    Args:
        policy: by which.
        inputs: paths, or ``-``.
        outputs: the place of each input's output; ``None`` for standard output. One place can be that of all.
        in_place: whether each input is its own output.
        own: whether each input has an output of its own.
        format: the inputs' format, or ``auto``.
        jobs: how many processes.
        quiet: say nothing but what went wrong.
    """

    policy: Policy = attrs.field(repr=False)
    inputs: tuple[str, ...]
    outputs: tuple[str | None, ...]
    in_place: bool
    own: bool
    format: str
    jobs: int
    quiet: bool


def task(args: argparse.Namespace) -> Task:
    """Make sense of a command line.

    Args:
        args: as `options.add` has them parsed.

    Raises:
        WrongUse: it makes none.
        PolicyError: the policy makes none.
    """
    from scrubbing.cli.batch.cores import available

    inputs = tuple(args.files) or (STDIN,)
    if inputs.count(STDIN) > 1:
        raise WrongUse("scrub: standard input can be read once")
    outputs = tuple(_outputs(args, inputs))
    own = args.in_place or args.output_dir is not None
    _check(inputs, outputs, in_place=args.in_place, own=own)
    jobs = args.jobs or available()
    return Task(policy(args), inputs, outputs, args.in_place, own, args.format, jobs, args.quiet)


def policy(args: argparse.Namespace) -> Policy:
    """Make the policy; what the command line says of the preset counts.

    Raises:
        WrongUse: names are given, and that there are none.
        PolicyError: the policy makes no sense.
    """
    fields: dict[str, Any] = {"machine": _machine(args), "packages": args.package}
    made = Policy.from_toml(args.policy, **fields) if args.policy else Policy(**fields)
    if args.preset:
        made = attrs.evolve(made, preset=args.preset)
    _ = made.engine  # what is wrong with its rules is said now
    return made


def _machine(args: argparse.Namespace) -> Machine:
    names = {name: getattr(args, name) for name in ("full_name", "home", "hostname", "domain") if getattr(args, name)}
    if args.username:
        first, *others = args.username
        names |= {"username": first, "aliases": others}
    if args.no_machine and names:
        raise WrongUse("scrub: expected either --no-machine or names")
    return Machine(**names) if names or args.no_machine else Machine.detect()


def _outputs(args: argparse.Namespace, inputs: Sequence[str]) -> Iterator[str | None]:
    named = args.in_place or args.output_dir is not None
    if named and STDIN in inputs:
        raise WrongUse("scrub: standard input has no name: expected a FILE, or -o OUT")
    if args.output_dir is not None and not os.path.isdir(args.output_dir):
        raise WrongUse(f"scrub: --output-dir: expected a directory that exists, got {args.output_dir}")
    for path in inputs:
        if args.output_dir is not None:
            yield os.path.join(args.output_dir, os.path.basename(path))
        else:
            yield path if args.in_place else args.output


def _check(inputs: Sequence[str], outputs: Sequence[str | None], *, in_place: bool, own: bool) -> None:
    if in_place:
        return
    named = list(dict.fromkeys(outputs))
    if own and len(named) < len(outputs):
        raise WrongUse("scrub: two FILEs of one name cannot both be written into one directory")
    for path in inputs:
        for output in named:
            if path != STDIN and _is_same(path, output):
                raise WrongUse(f"scrub: {path} is the output too: use --in-place to replace it")


def _is_same(path: str, output: str | None) -> bool:
    """Say whether an input is a file that is the output; where that cannot be looked at, it will be said later."""
    try:
        there = os.fstat(sys.stdout.fileno()) if output is None else os.stat(output)
        return stat.S_ISREG(there.st_mode) and os.path.samestat(os.stat(path), there)
    except (OSError, ValueError):
        return False
