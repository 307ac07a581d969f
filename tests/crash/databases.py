"""Databases that are copied and put back: a file of SQLite, or a database of PostgreSQL.

An address is what `DATABASE_URL` holds. A copy costs milliseconds, so that every kill begins
from the very same state without a migration of its own.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from urllib.parse import quote, urlsplit

import psycopg
from django.db import connection
from psycopg import sql

FILE = "sqlite:///"


def of_the_tests() -> str | None:
    """The migrated database of this test run; `None` for one in memory."""
    held = connection.settings_dict
    if connection.vendor != "postgresql":
        return None
    user = f"{quote(held['USER'])}:{quote(held['PASSWORD'])}".rstrip(":")
    return f"postgres://{user}@{held['HOST']}:{held['PORT']}/{held['NAME']}"


def copy_of_the_tests(folder: Path, name: str) -> str:
    """A copy of the migrated database of this test run, taken before any test wrote in it."""
    address = of_the_tests()
    if address:
        connection.close()  # PostgreSQL copies a database that nobody has open
        copy(address, target := f"{address}_{name}")
        return target
    connection.ensure_connection()
    assert isinstance(connection.connection, sqlite3.Connection)
    path = folder / f"{name}.sqlite3"
    target_file = sqlite3.connect(path)
    connection.connection.backup(target_file)
    target_file.close()
    return f"{FILE}{path}"


def copy(source: str, target: str) -> None:
    """Make `target` equal to `source`, whatever it was."""
    if source.startswith(FILE):
        origin, held = (sqlite3.connect(item.removeprefix(FILE)) for item in (source, target))
        origin.backup(held)
        origin.close()
        held.close()
        return
    drop(target)
    _command(target, "CREATE DATABASE {} TEMPLATE {}", _name(target), _name(source))


def drop(address: str) -> None:
    """Leave nothing on the server; files go with their folder."""
    if not address.startswith(FILE):
        _command(address, "DROP DATABASE IF EXISTS {} WITH (FORCE)", _name(address))


def _name(address: str) -> str:
    return urlsplit(address).path.lstrip("/")


def _command(address: str, command: str, *names: str) -> None:
    server = address.removesuffix(_name(address)) + "postgres"
    with psycopg.connect(server, autocommit=True) as server_connection:
        filled = [sql.Identifier(name) for name in names]
        server_connection.execute(sql.SQL(command).format(*filled))  # type: ignore[arg-type]
