"""An outbox on disk, a mode for each purpose, and uploaders on them: what tests of the upload share."""

from __future__ import annotations

import os
import threading

from scrubbing.outbox.dsn import parse_dsn
from scrubbing.outbox.history import History
from scrubbing.outbox.http import HttpOptions
from scrubbing.outbox.store import Outbox
from scrubbing.outbox.upload import Uploader

QUICK = HttpOptions(connect=0.3, total=0.6)


class Setting:
    """An outbox on disk, a mode for each purpose, and uploaders on them.

    Args:
        directory: of all files.
        options: of its outbox: ``limits``, ``clock``.
    """

    def __init__(self, directory, **options):
        self.state = str(directory)
        self.dropped = []
        self.modes = {}
        self.prepare = lambda data: data
        self.history = History(os.path.join(self.state, "history"))
        self.outbox = Outbox(
            os.path.join(self.state, "outbox"), drop=self.dropped.append, told=self.history.note, **options
        )
        self.limits_path = os.path.join(self.state, "limits")
        self.uploaders = []

    def put(self, data=b"{}\n", purpose="crashes", category="error"):
        return self.outbox.put(data, purpose=purpose, category=category)

    def uploader(self, dsn, **options):
        uploader = Uploader(
            self.outbox,
            parse_dsn(dsn),
            allowed=lambda purpose: self.modes.get(purpose, "on"),
            prepare=lambda data, seal: self.prepare(data),
            drop=self.dropped.append,
            told=self.history.note,
            limits_path=self.limits_path,
            version="0.0.1",
            **{"options": QUICK, **options},
        )
        self.uploaders.append(uploader)
        return uploader

    def waiting(self):
        return [self.outbox.read(entry) for entry in self.outbox.waiting()]

    def became(self):
        """What became of what waits no more: words and details."""
        return [(one.what, one.detail) for one in self.history.told()]

    def close(self):
        """End all uploaders, and wait for their threads."""
        for uploader in self.uploaders:
            uploader.close()
        for thread in threading.enumerate():
            if thread.name == "scrubbing-upload":
                thread.join(10)
