"""Reading TOML."""

from __future__ import annotations

import tomllib


def toml_without_a_value(v):
    # -> Invalid value (at line <?>, column <?>)
    return tomllib.loads(f"{v.key} =\n")


def toml_with_a_key_twice(v):
    # -> Cannot overwrite a value (at line <?>, column <?>)
    return tomllib.loads(f"{v.key} = 1\n{v.key} = 2\n")


def toml_of_prose(v):
    # -> Expected '=' after a key in a key/value pair (at line <?>, column <?>)
    return tomllib.loads(v.sentence)


def toml_opened_as_text(v):
    # -> File must be opened in binary mode, e.g. use `open('foo.toml', 'rb')`
    path = v.home / "settings.toml"
    path.write_text(f"{v.key} = 1\n")
    with path.open() as file:
        return tomllib.load(file)


def toml_with_a_table_twice(v):
    # -> Cannot declare <?> twice (at line <?>, column <?>)
    return tomllib.loads(f"[{v.word}]\n[{v.word}]\n")
