"""What ``scrubbing scrub`` takes. Nothing heavy is imported here: the command reads it whatever its verb is."""

from __future__ import annotations

import argparse

#: What an input can be, and the word for: see for yourself.
AUTO = "auto"
FORMATS = (AUTO, "event", "ndjson", "text", "envelope")
_PRESETS = ("strict", "standard", "verbose")

ABOUT = "Scrub events and plain text, from files or standard input."
_MORE = """
Events come one in a file, one on each line (NDJSON), in a list of JSON, or in envelopes; they become what would leave
under the preset, which is strict unless you say otherwise. Text becomes itself, less what the rules find, whatever the
preset; lines are looked at one by one, those of a PEM block together. What can be seen as events is not taken for text:
say --format text for a log of JSON lines. What is gzip is unzipped.

A line that is no event, not UTF-8 or longer than 4 MiB is kept out of the output and reported with its number, not
with its content. A list, an envelope and an event on many lines are held as a whole: 16 MiB at most. An output file is
the old one or all of the new one; standard output is written line by line. A link that lies in the directory of outputs
is replaced itself. Nobody's names but those of this machine, or of the one you name, are known: names of others are
found in their home directories and addresses only.

Exit codes: 0 done, 1 something was left out or failed, 2 wrong use, 130 interrupted.
"""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    """Add the verb.

    Args:
        commands: the command's verbs.
    """
    parser = commands.add_parser(
        "scrub",
        help=ABOUT,
        description=ABOUT,
        epilog=_MORE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _add_places(parser)
    _add_ways(parser)
    _add_names(parser.add_argument_group("whose FILE it is (this machine's; if you name any, then only those)"))
    return parser


def _add_places(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="*", metavar="FILE", help="what to scrub; standard input without any, or by -")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("-o", "--output", metavar="OUT", help="write to this file, in one step; gzip if it ends in .gz")
    where.add_argument("--in-place", action="store_true", help="replace each FILE, if all of it could be scrubbed")
    where.add_argument("--output-dir", metavar="DIR", help="write each FILE under its name into this directory")


def _add_ways(parser: argparse.ArgumentParser) -> None:
    add_argument = parser.add_argument
    add_argument("--preset", choices=_PRESETS, help="what leaves of events (default: the policy's, or strict)")
    add_argument("--policy", metavar="FILE", help="a policy in TOML, with rules and a preset of its own")
    add_argument("--package", action="append", metavar="NAME", help="a package whose frames keep their names")
    add_argument("--format", choices=FORMATS, default=AUTO, help="what FILE is (default: told from its beginning)")
    add_argument("--jobs", type=_jobs, default=0, metavar="N", help="how many processes (default: one for each core)")
    add_argument("-q", "--quiet", action="store_true", help="no summary and no progress, only what went wrong")


def _add_names(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--username", action="append", metavar="NAME", help="a login name; more than one can be given")
    group.add_argument("--full-name", metavar="NAME", help="a person's name")
    group.add_argument("--home", metavar="DIR", help="a home directory")
    group.add_argument("--hostname", metavar="NAME", help="a computer's name, with its domain where known")
    group.add_argument("--domain", metavar="NAME", help="a Windows or DNS domain")
    group.add_argument("--no-machine", action="store_true", help="nobody's: no names are known")


def _jobs(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not int(text):
        raise argparse.ArgumentTypeError(f"expected a whole number from 1, got {text!r}")
    return int(text)
