"""An app of click.

python click_app.py telemetry on
python click_app.py watch ~/Documents
python click_app.py telemetry status
"""

import os

import click

import scrubbing

DSN = os.environ.get("FROB_DSN", "https://key@errors.example.org/7")
telemetry = scrubbing.init(dsn=DSN, app="frob", release="1.4.2", enabled=None)


@click.group()
def frob():
    """Watch folders."""


@frob.command()
@click.argument("folder")
@telemetry.command("watch")
def watch(folder):
    """Watch a folder."""
    raise LookupError(f"{folder} is too full to be watched")


frob.add_command(telemetry.cli())

if __name__ == "__main__":
    frob()
