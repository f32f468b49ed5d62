"""``off --erase``: every file the library wrote for an app goes, ids first; a recorded no stays.

What the library did not write is left where it is and named, and no link is followed.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import attrs

from scrubbing import files
from scrubbing.outbox import store
from scrubbing.telemetry.hard import traces

if TYPE_CHECKING:
    from scrubbing.files import Places

#: How the names of files that stand beside a file of ours end.
_LOCK = ".lock"


@attrs.define
class Found:
    """What there is of an app.

    Args:
        ours: files the library wrote for it, the recorded choice apart; the ids first.
        others: files and directories in its directories that the library did not write.
        directories: to be removed where they are empty, the innermost first.
        unread: directories that could not be looked into, and why.
    """

    ours: list[str] = attrs.field(factory=list)
    others: list[str] = attrs.field(factory=list)
    directories: list[str] = attrs.field(factory=list)
    unread: list[tuple[str, str]] = attrs.field(factory=list)


def find(places: Places) -> Found:
    """Look at what was written for an app.

    Args:
        places: the app's.
    """
    found = Found()
    for directory, known in _known(places).items():
        for entry in _entries(directory, found):
            if entry.path == places.choice:
                continue
            if entry.path in known and entry.is_dir(follow_symlinks=False):
                _look_into(entry.path, found)
            elif entry.path in known or _stands_beside(entry, known):
                found.ours.append(entry.path)
            else:
                found.others.append(entry.path)
        found.directories += [directory, os.path.dirname(directory)]
    found.ours.sort(key=lambda path: path != places.identity)
    return found


def erase(places: Places) -> list[tuple[str, str]]:
    """Remove what was written for an app; directories too, where nothing else is in them.

    Args:
        places: the app's.

    Returns:
        What of it is still there, and why.
    """
    found = find(places)
    left = found.unread + [(path, why) for path in found.ours if (why := _unlink(path)) is not None]
    for directory in found.directories:
        _remove_empty(directory)
    return left


def _unlink(path: str) -> str | None:
    """Remove a file, or a link and not what it points at; why that failed, if it did."""
    try:
        os.unlink(path)
    except FileNotFoundError:
        return None
    except OSError as error:
        return error.strerror or type(error).__name__
    return None


def _remove_empty(directory: str) -> None:
    try:  # noqa: SIM105 - as elsewhere
        os.rmdir(directory)
    except OSError:  # something is in it
        pass


def _known(places: Places) -> dict[str, set[str]]:
    """The paths that have a place in each directory of the app's; the ids' directory first."""
    paths = [getattr(places, name) for name in places.__slots__ if name not in ("admins", "config_dir", "state_dir")]
    directories = [one for one in (places.state_dir, places.config_dir) if one is not None]
    return {one: {path for path in paths if path and os.path.dirname(path) == one} for one in directories}


def _stands_beside(entry: os.DirEntry[str], known: set[str]) -> bool:
    unfinished = entry.name.startswith(".") and entry.name.endswith(files.UNFINISHED)
    locks = entry.name.endswith(_LOCK) and entry.path[: -len(_LOCK)] in known
    return (unfinished or locks) and not entry.is_dir(follow_symlinks=False)


def _entries(directory: str, found: Found) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(directory) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        found.unread.append((directory, error.strerror or type(error).__name__))
        return []


def _look_into(directory: str, found: Found) -> None:
    """Look at a directory of envelopes or traces."""
    for entry in _entries(directory, found):
        ours = store.is_name(entry.name) or traces.is_name(entry.name) or entry.name.endswith((files.UNFINISHED, _LOCK))
        (found.ours if ours and not entry.is_dir(follow_symlinks=False) else found.others).append(entry.path)
    found.directories.append(directory)
