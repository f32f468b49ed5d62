"""The input: files and standard input as pieces of whole lines, unzipped where they are zipped.

No more is held than a block and a line. A line that is too long is passed over while it is read.
"""

from __future__ import annotations

import gzip
import os
import stat
import sys
import zlib
from collections.abc import Callable, Iterator
from typing import Any, cast

from scrubbing.cli.batch import formats, texts
from scrubbing.cli.batch.options import AUTO
from scrubbing.cli.batch.pieces import BLOCK, MAX_LINE, MAX_WHOLE, Piece

#: How standard input is asked for, and what it is called.
STDIN, STDIN_NAME = "-", "<stdin>"
_GZIP, _BOM = b"\x1f\x8b", b"\xef\xbb\xbf"


class _Raw:
    """The bytes on disk: counted, and looked at before they are taken."""

    def __init__(self, file: Any) -> None:
        self._file, self._ahead, self.position = file, b"", 0

    def begins(self, with_: bytes) -> bool:
        """Say what the bytes begin with."""
        while len(self._ahead) < len(with_) and (block := self._next(BLOCK)):
            self._ahead += block
        return self._ahead.startswith(with_)

    def some(self) -> bytes:
        """Take what is there, so that a pipe that lives is not waited for; nothing at the end."""
        block, self._ahead = self._ahead, b""
        return block or self._next(BLOCK)

    def read(self, size: int) -> bytes:
        """Take exactly so many, or all that is left; as `gzip` asks."""
        while len(self._ahead) < size and (block := self._next(BLOCK)):
            self._ahead += block
        block, self._ahead = self._ahead[:size], self._ahead[size:]
        return block

    def _next(self, size: int) -> bytes:
        block: bytes = self._file.read1(size)
        self.position += len(block)
        return block


class Source:
    """One input, open.

    Args:
        path: of a file, or ``-``.

    Attributes:
        name: how it is called in what is said.
        found: what the system said of it when it was opened.
        zipped: whether it is gzip.
        format: what it is, once `pieces` was called.

    Raises:
        OSError: it cannot be opened, or is a directory.
    """

    def __init__(self, path: str) -> None:
        self.path = None if path == STDIN else path
        self.name = STDIN_NAME if path == STDIN else path
        self.format = ""
        self._file = sys.stdin.buffer if self.path is None else open(self.path, "rb")  # noqa: SIM115  # closed by close
        self.found = os.fstat(self._file.fileno())
        self._raw = _Raw(self._file)
        self._ahead = b""
        self._take: Callable[[], bytes] = self._raw.some
        self.zipped = self._raw.begins(_GZIP)
        if self.zipped:
            unzipped = gzip.GzipFile(fileobj=cast("Any", self._raw), mode="rb")  # it reads it, and nothing else
            self._take = lambda: unzipped.read1(BLOCK)

    @property
    def size(self) -> int:
        """Bytes on disk; 0 where that is not known."""
        return self.found.st_size if stat.S_ISREG(self.found.st_mode) else 0

    def close(self) -> None:
        """Close it; standard input stays open."""
        if self.path is not None:
            self._file.close()

    def is_changed(self) -> bool:
        """Say whether the file was written to or replaced since it was opened."""
        now = os.stat(self.path or "")
        return any(getattr(now, n) != getattr(self.found, n) for n in ("st_dev", "st_ino", "st_size", "st_mtime_ns"))

    def pieces(self, asked: str) -> Iterator[Piece]:
        """Read it to its end.

        Args:
            asked: its format, or ``auto``.

        Raises:
            OSError: it cannot be read, or what is zipped is damaged.
        """
        head = self._start(asked)
        self.format = formats.of(head, self.path or "") if asked == AUTO else asked
        return self._whole() if self.format in formats.WHOLE else self._parts()

    def _start(self, asked: str) -> bytes:
        """Look at as much as the format can be told from; the mark before some UTF-8 goes."""
        head = b""
        while len(head) < len(_BOM) or (asked == AUTO and not formats.is_enough(head)):
            block = self._taken()
            if not block:
                break
            head += block
        self._ahead = head = head.removeprefix(_BOM)
        return head

    def _taken(self) -> bytes:
        block, self._ahead = self._ahead, b""
        try:
            return block or self._take()
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise OSError(f"expected gzip that is whole ({type(error).__name__})") from None

    def _piece(self, line: int, data: bytes | None) -> Piece:
        return Piece(self.format, line, data, self._raw.position)

    def _whole(self) -> Iterator[Piece]:
        held = bytearray()
        while block := self._taken():
            held += block
            if len(held) > MAX_WHOLE:
                yield self._piece(1, None)
                return
        if held.strip():
            yield self._piece(1, bytes(held))

    def _parts(self) -> Iterator[Piece]:
        held, line = bytearray(), 1
        while block := self._taken():
            held += block
            end = held.rfind(b"\n", len(held) - len(block)) + 1
            if end and self.format == "text":
                end = texts.cut(held, end)
            if end:
                yield self._piece(line, bytes(held[:end]))
                line += held.count(b"\n", 0, end)
                del held[:end]
            elif len(held) > MAX_LINE and b"\n" not in held:
                yield self._piece(line, None)
                line, held = line + 1, self._behind_line()
        if held:
            yield self._piece(line, bytes(held))

    def _behind_line(self) -> bytearray:
        """Pass over the rest of a line."""
        while block := self._taken():
            end = block.find(b"\n") + 1
            if end:
                return bytearray(block[end:])
        return bytearray()
