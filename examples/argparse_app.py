"""An app of argparse.

python argparse_app.py telemetry on
python argparse_app.py watch ~/Documents
python argparse_app.py telemetry status
"""

import argparse
import os

import scrubbing

DSN = os.environ.get("FROB_DSN", "https://key@errors.example.org/7")
telemetry = scrubbing.init(dsn=DSN, app="frob", release="1.4.2", enabled=None)


@telemetry.command("watch")
def watch(args):
    """Watch a folder."""
    raise LookupError(f"{args.folder} is too full to be watched")


def main():
    parser = argparse.ArgumentParser("frob")
    commands = parser.add_subparsers(required=True)
    command = commands.add_parser("watch")
    command.add_argument("folder")
    command.set_defaults(func=watch)

    telemetry.add_arguments(commands)
    args = parser.parse_args()
    args.func(args)


if __name__ == "__main__":
    main()
