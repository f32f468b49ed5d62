"""The search for canaries finds what it says it finds, and nothing else."""

from __future__ import annotations

import base64
import bz2
import codecs
import gzip
import hashlib
import json
import lzma
import random
import sqlite3
import urllib.parse
import uuid
import zlib
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from servers.canaries import Canaries, invented_word, search

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

WORD = "éduvopiranu7ß"
PLAIN = "dogubirekano4"

FORMS: dict[str, tuple[str, Callable[[str], bytes]]] = {
    "as it is": ("raw", lambda word: word.encode()),
    "in capitals": ("raw", lambda word: word.upper().encode()),
    "in small letters": ("raw", lambda word: word.lower().encode()),
    "decomposed": ("raw", lambda word: codecs.encode("e\u0301" + word[1:], "utf-8") if word == WORD else word.encode()),
    "in JSON": ("JSON", lambda word: json.dumps({"a": word}).encode()),
    "in JSON, all escaped": ("JSON", lambda word: "".join(f"\\u{ord(letter):04X}" for letter in word).encode()),
    "a Python repr of bytes": ("Python", lambda word: repr(word.encode()).encode()),
    "a Python escape": ("Python", lambda word: ascii(word).encode()),
    "percent-quoted": ("percent", lambda word: urllib.parse.quote_plus(f"a b {word}").encode()),
    "percent-quoted, all of it": ("percent", lambda word: "".join(f"%{byte:02X}" for byte in word.encode()).encode()),
    "quoted-printable": ("quoted-printable", lambda word: "".join(f"={byte:02X}" for byte in word.encode()).encode()),
    "HTML entities": ("HTML", lambda word: "".join(f"&#{ord(letter)};" for letter in word).encode()),
    "base64 in each place": ("base64", lambda word: base64.b64encode(f"xy{word}z".encode())),
    "base64 at the start": ("base64", lambda word: base64.b64encode(f"{word}: 1".encode())),
    "base64 for addresses": ("base64", lambda word: base64.urlsafe_b64encode(f"x{word}".encode())),
    "base64 of capitals": ("base64", lambda word: base64.b64encode(word.upper().encode())),
    "base64 of UTF-16": ("base64", lambda word: base64.b64encode(f"a{word}".encode("utf-16-le"))),
    "base32": ("base32", lambda word: base64.b32encode(f"abc{word}d".encode())),
    "hex": ("hex", lambda word: f"x{word}".encode().hex().encode()),
    "hex in capitals": ("hex", lambda word: word.encode().hex().upper().encode()),
    "hex with colons": ("hex", lambda word: word.encode().hex(":").encode()),
    "UTF-16": ("utf-16-le", lambda word: word.encode("utf-16-le")),
    "UTF-16, big end first": ("utf-16-be", lambda word: word.encode("utf-16-be")),
    "UTF-32": ("utf-32-le", lambda word: word.encode("utf-32-le")),
    "reversed": ("reversed", lambda word: word[::-1].encode()),
    "rot13": ("rot13", lambda word: codecs.encode(word, "rot13").encode()),
    "MD5": ("hash", lambda word: hashlib.md5(word.encode()).hexdigest().encode()),
    "SHA-1": ("hash", lambda word: hashlib.sha1(word.encode()).hexdigest().upper().encode()),
    "SHA-256": ("hash", lambda word: hashlib.sha256(word.encode()).hexdigest().encode()),
    "SHA-256, cut": ("hash", lambda word: hashlib.sha256(word.encode()).hexdigest()[:20].encode()),
    "SHA-256 of small letters": ("hash", lambda word: hashlib.sha256(word.lower().encode()).hexdigest().encode()),
    "SHA-512, bytes": ("hash", lambda word: hashlib.sha512(word.encode()).digest()),
    "SHA-1 in base64": ("hash", lambda word: base64.b64encode(hashlib.sha1(word.encode()).digest())),
    "a UUID of it": ("UUID", lambda word: str(uuid.uuid5(uuid.NAMESPACE_DNS, word)).encode()),
}


@pytest.mark.parametrize("word", [WORD, PLAIN])
@pytest.mark.parametrize("written", FORMS)
def test_each_form_is_found(tmp_path: Path, written: str, word: str) -> None:
    """A canary is found in a file in each form, plain, compressed and in a database."""
    form, write = FORMS[written]
    data = b"before \0" + write(word) + b"\xff after"
    plain_looks_alike = {form, "raw"} if word == PLAIN else {form}
    _plant(tmp_path, data)
    found = search(tmp_path, {"word": word})
    places = {hit.file for hit in found if hit.form in plain_looks_alike}
    assert places >= {"plain", "made.gz!gzip", "kept.db", "kept.db!kept", "twice!base64!gzip"}
    assert search(tmp_path, {"word": "zogubirekamo9", "other": "éluvopiramu8ß"}) == []


def _plant(directory: Path, data: bytes) -> None:
    (directory / "plain").write_bytes(data)
    (directory / "made.gz").write_bytes(gzip.compress(data))
    (directory / "twice").write_bytes(b'{"data": "' + base64.b64encode(gzip.compress(data)) + b'"}')
    with closing(sqlite3.connect(directory / "kept.db")) as database:
        database.execute("create table kept (value)")
        database.execute("insert into kept values (?)", (data,))
        database.commit()


@pytest.mark.parametrize("compress", [gzip.compress, zlib.compress, bz2.compress, lzma.compress])
def test_compressed_members_are_opened(compress: Callable[[bytes], bytes]) -> None:
    """Compressed data is found in the middle of other bytes, cut off at its end, and inside other compressed data."""
    data = compress(random.Random(1).randbytes(100) + PLAIN.encode() + random.Random(2).randbytes(5000))
    kind = compress.__module__.strip("_").replace("lzma", "xz")
    assert kind in {hit.file.removeprefix("!") for hit in search(b"head" + data + b"tail", {"word": PLAIN})}
    assert search(gzip.compress(b"head" + data), {"word": PLAIN}) != []
    if compress in (gzip.compress, zlib.compress):
        assert search(data[:-2000], {"word": PLAIN}) != []


def test_databases_are_read(tmp_path: Path) -> None:
    """A value split over pages, one still in the write-ahead log, and one deleted but not wiped are all found."""
    path = tmp_path / "kept.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("pragma journal_mode = wal")
        database.execute("pragma secure_delete = off")
        database.execute("create table kept (value)")
        database.execute("insert into kept values (?)", ("wal" + PLAIN,))
        assert {hit.file for hit in search(tmp_path, {"word": PLAIN})} == {"kept.db!kept", "kept.db-wal"}
        database.execute("delete from kept")
        database.execute("pragma wal_checkpoint(truncate)")
        assert search(tmp_path, {"word": PLAIN}) != []


def test_values_split_over_pages_are_found(tmp_path: Path) -> None:
    """A canary that no run of the file's bytes holds, because a page ends in it, is found in its table."""
    page, length = 4096, 20_000
    smallest = (page - 12) * 32 // 255 - 23  # the file format's own arithmetic of what stays on the first page
    kept = smallest + (length + 4 - smallest) % (page - 4)
    first_page = (kept if kept <= page - 35 else smallest) - 4
    text = "-" * (first_page - 6) + PLAIN
    path = tmp_path / "split.db"
    with closing(sqlite3.connect(path)) as database:
        database.execute(f"pragma page_size = {page}")
        database.execute("create table kept (value)")
        database.execute("insert into kept values (?)", (text.ljust(length, "-"),))
        database.commit()
    assert PLAIN.encode() not in path.read_bytes()
    assert {hit.file for hit in search(tmp_path, {"word": PLAIN})} == {"split.db!kept"}


def test_names_of_files_count(tmp_path: Path) -> None:
    """A canary in a file's or directory's name is found."""
    (tmp_path / f"of {PLAIN}").mkdir()
    (tmp_path / f"of {PLAIN}" / "x").write_bytes(b"")
    assert {hit.form for hit in search(tmp_path, {"word": PLAIN})} == {"file name"}


@given(before=st.binary(max_size=40), after=st.binary(max_size=40), seed=st.integers(0, 1000))
def test_base64_is_found_wherever_it_starts(before: bytes, after: bytes, seed: int) -> None:
    """Base64 and base32 of anything around a canary show the canary."""
    word = invented_word(random.Random(seed))
    for encode in (base64.b64encode, base64.urlsafe_b64encode, base64.b32encode):
        assert search(encode(before + word.encode() + after), {"word": word}) != []


def test_nothing_is_found_where_nothing_is(tmp_path: Path) -> None:
    """Random bytes and a stranger's data hold none of somebody's canaries."""
    canaries = Canaries.fresh(3).everything()
    (tmp_path / "noise").write_bytes(random.Random(4).randbytes(300_000))
    (tmp_path / "stranger").write_text(json.dumps(Canaries.fresh(5).everything()))
    assert search(tmp_path, canaries) == []
    assert len(set(canaries.values())) == len(canaries)


def test_short_canaries_are_refused() -> None:
    """A canary short enough to occur by chance is no canary."""
    with pytest.raises(ValueError, match="shorter than 8"):
        search(b"", {"word": "root"})
