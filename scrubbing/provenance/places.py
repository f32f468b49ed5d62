"""Paths of modules as text: folded, compared, turned into dotted names. No disk is asked: any origin may be given."""

from __future__ import annotations

#: What Python's own import system loads, without the tags of platforms that stand before it.
SUFFIXES = (".py", ".pyw", ".pyc", ".so", ".pyd")
#: Those of C compilers, before which the tags stand.
COMPILED = (".so", ".pyd")


def normal(path: str) -> str:
    """Fold ``.`` and ``..`` and write a path with slashes."""
    if "\\" in path:
        path = path.replace("\\", "/")
    if "/." not in path and "//" not in path:
        return path
    folded: list[str] = []
    for piece in path.split("/"):
        if piece == "..":
            if len(folded) > 1:
                folded.pop()
        elif piece != "." and (piece or not folded):
            folded.append(piece)
    return "/".join(folded)


def spelled(path: str) -> str:
    """Write a path so that equal ones compare equal: Windows does not tell capitals apart."""
    return path.lower() if path[1:2] == ":" or path.startswith("//") else path


def dotted(below: str) -> str:
    """Return the dotted name of a module from its file below the directory of top-level modules.

    Returns:
        The name; empty where the file is no module's.
    """
    directory, _, file = below.rpartition("/")
    stem, _, suffix = file.partition(".")
    if not file.endswith(SUFFIXES) or (f".{suffix}" not in SUFFIXES and not file.endswith(COMPILED)):
        return ""
    pieces = [*directory.split("/"), *([] if stem == "__init__" else [stem])] if directory else [stem]
    return ".".join(pieces) if all(piece.isidentifier() for piece in pieces) else ""
