"""Values that must not arrive anywhere, and the search that finds them in whatever was stored.

Each canary is a word that occurs nowhere else in the world. ``search`` reads every byte of every file under a
directory, opens compressed members and SQLite databases, and looks for each canary as it is, in the escapes of the
formats it may have travelled through, encoded, reversed and hashed. It errs on the side of finding.
"""

from __future__ import annotations

import base64
import bz2
import codecs
import hashlib
import html
import json
import lzma
import random
import re
import sqlite3
import unicodedata
import uuid
import zlib
from contextlib import closing, suppress
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

SHORTEST = 8  # characters of a canary; a shorter one would be found where nobody put it
DEEPEST = 4  # members within members
LARGEST = 64 * 1024 * 1024  # bytes of one decompressed member
HASHES = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512", "blake2b", "blake2s", "sha3_256")
SHORT_HASH = 16  # hex digits: a hash that somebody cut to this length is found too
WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
NAMESPACES = (uuid.NAMESPACE_DNS, uuid.NAMESPACE_URL, uuid.NAMESPACE_OID, uuid.NAMESPACE_X500)


@attrs.frozen
class Canaries:
    """One invented person, their machine and their secrets."""

    username: str
    given_name: str
    surname: str
    hostname: str
    domain: str
    folder: str  # of the path that leads to the home directory
    document: str  # the name of a file in it
    password: str
    argument: str
    variable: str  # of the environment
    message: str
    accented: str  # a part of a word outside ASCII, for what only such words go through

    @classmethod
    def fresh(cls, seed: int | None = None) -> Canaries:
        """New ones, or with a seed always the same ones."""
        source = random.Random(seed)
        words = {field.name: invented_word(source) for field in attrs.fields(cls)}
        return cls(**words)

    @property
    def full_name(self) -> str:
        """As the password file has it."""
        return f"{self.given_name.title()} {self.surname.title()}"

    @property
    def word(self) -> str:
        """A word outside ASCII."""
        return f"é{self.accented}ß漢"

    def everything(self) -> dict[str, str]:
        """Each canary by its name."""
        return {**attrs.asdict(self), "full name": self.full_name, "word": self.word}


def invented_word(source: random.Random) -> str:
    """A pronounceable word of twelve letters and a digit, so that no pattern knows it for a key or a hash."""
    syllables = ("".join((source.choice("bdfgjklmnprtvwz"), source.choice("aeiou"))) for _ in range(6))
    return "".join(syllables) + source.choice("3456789")


class Found(NamedTuple):
    """One place where a canary is.

    Attributes:
        canary: its name.
        form: how it is written there, such as ``base64``.
        file: path below the searched directory, with ``!gzip`` and the like for a member of it.
    """

    canary: str
    form: str
    file: str


class Needle(NamedTuple):
    """Bytes to look for; ``folded`` ones whatever the case of ASCII letters."""

    canary: str
    form: str
    content: bytes
    folded: bool


class Needles:
    """Thousands of needles, looked for in one pass over the data: by their first bytes, then in full."""

    def __init__(self, needles: Iterable[Needle]) -> None:
        # Most words look the same in several forms; the first one names them all.
        distinct = {(needle.canary, needle.content, needle.folded): needle for needle in reversed(list(needles))}
        self._by_start: dict[bool, dict[bytes, list[Needle]]] = {True: {}, False: {}}
        for needle in distinct.values():
            self._by_start[needle.folded].setdefault(needle.content[:SHORTEST], []).append(needle)

    def found_in(self, data: bytes) -> Iterator[Needle]:
        """The needles that are in some bytes."""
        for folded, by_start in self._by_start.items():
            looked_at = data.lower() if folded else data
            for start in _starts(looked_at) & by_start.keys():
                yield from (needle for needle in by_start[start] if needle.content in looked_at)


def _starts(data: bytes) -> set[bytes]:
    return {data[at : at + SHORTEST] for at in range(len(data) - SHORTEST + 1)}


def search(where: Path | bytes, canaries: Mapping[str, str]) -> list[Found]:
    """Finds canaries in bytes or in all files under a directory.

    Args:
        where: bytes, a file, or a directory.
        canaries: the values by their names, such as ``Canaries.everything()``.

    Raises:
        ValueError: a canary is too short to be told from chance.
        sqlite3.Error: a database cannot be read, so that the search would not be complete.
    """
    needles = Needles(needle for name, value in canaries.items() for needle in _needles(name, value))
    if isinstance(where, bytes):
        return sorted(set(_in_bytes(where, "", needles)))
    root, files = (where.parent, [where]) if where.is_file() else (where, list(where.rglob("*")))
    return sorted({hit for path in files for hit in _in_file(path, str(path.relative_to(root)), needles)})


def _in_file(path: Path, name: str, needles: Needles) -> Iterator[Found]:
    yield from (Found(hit.canary, "file name", name) for hit in _in_bytes(name.encode(), name, needles))
    if not path.is_file():
        return
    try:
        data = path.read_bytes()
    except FileNotFoundError:  # a journal that the server has removed since
        return
    yield from _in_bytes(data, name, needles)
    if data.startswith(b"SQLite format 3\0"):
        # A long value lies in pieces on several pages, and a new one in the log beside the file.
        for table, values in _tables(path):
            yield from _in_bytes(values, f"{name}!{table}", needles)


def _tables(path: Path) -> Iterator[tuple[str, bytes]]:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=30)) as database:
        database.text_factory = bytes
        names = [name.decode() for (name,) in database.execute("select name from sqlite_master where type = 'table'")]
        for name in names:
            rows = database.execute(f'select * from "{name}"')
            yield name, b"\0".join(cell for row in rows for cell in row if isinstance(cell, bytes))


def _in_bytes(data: bytes, name: str, needles: Needles, depth: int = 0) -> Iterator[Found]:
    yield from (Found(needle.canary, needle.form, name) for needle in needles.found_in(data))
    if depth < DEEPEST:
        for kind, member in _members(data):
            yield from _in_bytes(member, f"{name}!{kind}", needles, depth + 1)


COMPRESSED: tuple[tuple[str, bytes, Callable[[], zlib._Decompress | bz2.BZ2Decompressor | lzma.LZMADecompressor]], ...]
COMPRESSED = (
    ("gzip", rb"\x1f\x8b\x08", lambda: zlib.decompressobj(31)),
    ("zlib", rb"\x78[\x01\x5e\x9c\xda]", lambda: zlib.decompressobj(15)),
    ("bz2", rb"BZh[1-9]1AY", bz2.BZ2Decompressor),
    ("xz", rb"\xfd7zXZ\0", lzma.LZMADecompressor),
)
GZIP_IN_BASE64 = re.compile(rb"H4sI[A-Za-z0-9+/_-]+")


def _members(data: bytes) -> Iterator[tuple[str, bytes]]:
    view = memoryview(data)
    for kind, start, decompressor in COMPRESSED:
        for match in re.finditer(start, data):
            # Most of these bytes only look like the start of a member.
            with suppress(zlib.error, OSError, lzma.LZMAError):
                yield kind, decompressor().decompress(view[match.start() :], LARGEST)
    for match in GZIP_IN_BASE64.finditer(data):
        text = match.group().translate(bytes.maketrans(b"-_", b"+/"))
        yield "base64", base64.b64decode(text[: len(text) // 4 * 4])


def _needles(name: str, value: str) -> Iterator[Needle]:
    if len(value) < SHORTEST:
        raise ValueError(f"the canary {name!r} is shorter than {SHORTEST} characters")
    for form, needle in _folded(value):
        yield Needle(name, form, needle.lower(), folded=True)
    for form, needle in _exact(value):
        yield Needle(name, form, needle, folded=False)


def _spellings(value: str) -> set[str]:
    cased = {value, value.lower(), value.upper(), value.title()}
    return {unicodedata.normalize(form, spelling) for spelling in cased for form in ("NFC", "NFD")}


def _folded(value: str) -> Iterator[tuple[str, bytes]]:
    """Forms that mean the same in capitals, or that a server may have put into capitals."""
    for text in _spellings(value):
        raw = text.encode()
        utf_16 = text.encode("utf-16-be")
        yield "raw", raw
        yield "reversed", text[::-1].encode()
        yield "rot13", codecs.encode(text, "rot13").encode()
        yield "JSON", json.dumps(text)[1:-1].encode()
        yield "JSON", b"".join(rb"\u%02x%02x" % pair for pair in zip(utf_16[::2], utf_16[1::2], strict=True))
        yield "Python", text.encode("unicode_escape")
        yield "Python", str(raw)[2:-1].encode()
        yield "Python", b"".join(rb"\x%02x" % byte for byte in raw)
        yield "percent", quote(text, safe="").encode()
        yield "percent", b"".join(b"%%%02x" % byte for byte in raw)
        yield "quoted-printable", b"".join(b"=%02x" % byte for byte in raw)
        yield "HTML", html.escape(text).encode()
        yield "HTML", "".join(f"&#{ord(character)};" for character in text).encode()
        yield "HTML", "".join(f"&#x{ord(character):x};" for character in text).encode()
        yield "hex", raw.hex().encode()
        yield from (("hex", raw.hex(separator).encode()) for separator in ": -")
        yield "hex", utf_16.hex().encode()
        yield from ((encoding, text.encode(encoding)) for encoding in WIDE)
        yield from (("base32", part) for part in _aligned(raw, base64.b32encode, bits=5))
        yield from (("hash", digest[:SHORT_HASH].encode()) for digest in _digests(raw))
        for derived in (make(space, text) for make in (uuid.uuid3, uuid.uuid5) for space in NAMESPACES):
            yield from (("UUID", written.encode()) for written in (derived.hex, str(derived)))


def _exact(value: str) -> Iterator[tuple[str, bytes]]:
    """Forms that would mean something else in capitals."""
    for text in _spellings(value):
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            for raw in (text.encode(), text.encode("utf-16-le"), text.encode("utf-16-be")):
                yield from (("base64", part) for part in _aligned(raw, encode, bits=6))
            for digest in _digests(text.encode()):
                yield "hash", encode(bytes.fromhex(digest))[:SHORT_HASH]
        yield from (("hash", bytes.fromhex(digest)[: SHORT_HASH // 2]) for digest in _digests(text.encode()))


def _aligned(raw: bytes, encode: Callable[[bytes], bytes], bits: int) -> set[bytes]:
    """The characters of a base64 or base32 text that depend on ``raw`` alone, for each place in a group it can have."""
    group = {6: 3, 5: 5}[bits]
    starts = range(group)
    return {encode(b"\0" * n + raw)[-(-8 * n // bits) : 8 * (n + len(raw)) // bits] for n in starts}


def _digests(raw: bytes) -> list[str]:
    return [hashlib.new(name, raw, usedforsecurity=False).hexdigest() for name in HASHES]
