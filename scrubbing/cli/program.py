"""The demo's program: ``frob``, which fails like real programs do, with its user's life in its hands.

Kept as text, since it is written into a made-up user's home and runs there: twice, with one module exchanged.
"""

from __future__ import annotations

#: The line stock Sentry's manual shows, and this library's.
STOCK = 'sentry_sdk.init(dsn=DSN, release="frob@1.4.2")'
SCRUBBED = 'telemetry = scrubbing.init(dsn=DSN, app="frob", release="1.4.2", enabled=True)'

_STOCK_MODULE = f'''"""How frob reports: stock Sentry, with all of its defaults."""

import contextlib
import os

import sentry_sdk

DSN = os.environ["FROB_DSN"]
{STOCK}


def command(name):
    return contextlib.nullcontext()


def flush():
    sentry_sdk.flush(5)
'''

_SCRUBBED_MODULE = f'''"""How frob reports."""

import os

import scrubbing

DSN = os.environ["FROB_DSN"]
{SCRUBBED}

command = telemetry.command


def flush():
    telemetry.flush(5)
'''

_MAIN = '''"""frob: watches a folder and tells a server about it."""

import sys

from frob import reporting, watch

if sys.argv[1] == "flush":
    reporting.flush()
else:
    with reporting.command(sys.argv[1]):
        watch.watch(*sys.argv[2:])
'''

_WATCH = '''"""Watching."""

import json
import os
import pathlib


def watch(folder, key):
    settings = json.loads((pathlib.Path.home() / "frob.json").read_text())
    for document in sorted(os.listdir(folder)):
        upload(pathlib.Path(folder) / document, settings["account"], settings["password"], key)


def upload(path, account, password, key):
    size = path.stat().st_size
    if size > 10:
        raise ValueError(f"{account} may not upload {path} ({size} bytes)")
'''

# The SDK zips with brotli where that is installed; the receiver, like the manual, speaks gzip.
_NO_BROTLI = 'raise ImportError("this program does without")\n'


def sources(reporting: str) -> dict[str, str]:
    """The program's files by path.

    Args:
        reporting: ``stock`` or ``scrubbed``.
    """
    return {
        "frob/__init__.py": '"""frob."""\n',
        "frob/__main__.py": _MAIN,
        "frob/watch.py": _WATCH,
        "frob/reporting.py": {"stock": _STOCK_MODULE, "scrubbed": _SCRUBBED_MODULE}[reporting],
        "brotli.py": _NO_BROTLI,
    }
