"""A program that is one file, with a setting of its own instead of commands for its user.

python single_file.py ~/Documents                    # nobody said yes: nothing happens
FROB_REPORTS=yes python single_file.py ~/Documents   # the crash is reported
scrubbing status --app frob                          # what became of it
"""

import os
import sys

import scrubbing

DSN = os.environ.get("FROB_DSN", "https://key@errors.example.org/7")
setting = os.environ.get("FROB_REPORTS")  # in a real program: its configuration file
telemetry = scrubbing.init(dsn=DSN, app="frob", release="1.4.2", enabled=None if setting is None else setting == "yes")


def main(folder):
    raise LookupError(f"{folder} is too full to be watched")


with telemetry.command("watch"):
    main(sys.argv[1])
