"""An app of typer.

python typer_app.py telemetry on
python typer_app.py watch ~/Documents
python typer_app.py telemetry status
"""

import os

import typer

import scrubbing

DSN = os.environ.get("FROB_DSN", "https://key@errors.example.org/7")
telemetry = scrubbing.init(dsn=DSN, app="frob", release="1.4.2", enabled=None)

frob = typer.Typer()
frob.add_typer(telemetry.cli("typer"))


@frob.command()
@telemetry.command("watch")
def watch(folder: str):
    """Watch a folder."""
    raise LookupError(f"{folder} is too full to be watched")


if __name__ == "__main__":
    frob()
