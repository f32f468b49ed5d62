"""A database of SQLite."""

from __future__ import annotations

import sqlite3


def table_that_is_missing(v):
    # -> no such table: <?>
    sqlite3.connect(":memory:").execute(f"SELECT * FROM {v.key}")


def column_that_is_missing(v):
    # -> no such column: <?>
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE users (name TEXT UNIQUE NOT NULL)")
    connection.execute(f"SELECT {v.key} FROM users")


def statement_with_a_mistake(v):
    # -> near "<?>": syntax error
    sqlite3.connect(":memory:").execute(f"SELEC {v.key}")


def name_taken_twice(v):
    # -> UNIQUE constraint failed: <?>
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE users (name TEXT UNIQUE NOT NULL)")
    connection.executemany("INSERT INTO users VALUES (?)", [(v.name,), (v.name,)])


def parameters_that_are_too_few(v):
    # -> Incorrect number of bindings supplied. The current statement uses <?>, and there are <?> supplied.
    sqlite3.connect(":memory:").execute("SELECT ?, ?", (v.name,))


def parameter_that_is_missing(v):
    # -> You did not supply a value for binding parameter :<?>.
    # -> You did not supply a value for binding <?>.
    sqlite3.connect(":memory:").execute("SELECT :name", {v.key: v.name})


def database_that_cannot_be_opened(v):
    # -> unable to open database file
    sqlite3.connect(v.path)


def database_that_is_closed(v):
    # -> Cannot operate on a closed database.
    connection = sqlite3.connect(":memory:")
    connection.close()
    connection.execute("SELECT ?", (v.name,))


def database_that_is_none(v):
    # -> file is not a database
    path = v.home / v.word
    path.write_text(v.sentence * 100)
    sqlite3.connect(path).execute("SELECT * FROM users")


def statements_at_once(v):
    # -> You can only execute one statement at a time.
    sqlite3.connect(":memory:").execute(f"SELECT 1; SELECT '{v.word}'")


def number_too_large_for_a_database(v):
    # -> Python int too large to convert to SQLite INTEGER
    sqlite3.connect(":memory:").execute("SELECT ?", (v.number**9,))


def column_a_row_has_not(v):
    # -> No item with that key
    connection = sqlite3.connect(":memory:")
    connection.row_factory = sqlite3.Row
    return connection.execute("SELECT 1 AS size").fetchone()[v.key]


def function_of_a_database_that_fails(v):
    # -> user-defined function raised exception
    connection = sqlite3.connect(":memory:")
    connection.create_function("fail", 0, lambda: int(v.word))
    connection.execute("SELECT fail()")
