"""Databases that are copied and put back: a file of SQLite, or a database of PostgreSQL.

An address is what `DATABASE_URL` holds. A copy costs milliseconds, so that every kill begins
from the very same state without a migration of its own.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote, urlsplit

import psycopg
from django.db import connection
from psycopg import sql

FILE = "sqlite:///"


@contextmanager
def beginning_as(origin: str | None) -> Iterator[None]:
    """What Django makes for the tests meanwhile is a copy of `origin`; `None` is an empty one."""
    if origin and origin.startswith(FILE):
        # The database lives in memory as long as somebody has it open.
        memory = connection.creation._get_test_db_name()
        with closing(sqlite3.connect(memory, uri=True)) as held:
            with closing(sqlite3.connect(origin.removeprefix(FILE))) as source:
                source.backup(held)
            yield
        return
    connection.settings_dict["TEST"]["TEMPLATE"] = _name(origin) if origin else None
    yield


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


def digest(address: str) -> str:
    """The same for the same rows, as they are once the server has noticed a killed process."""
    if address.startswith(FILE):
        path = Path(address.removeprefix(FILE))
        with closing(sqlite3.connect(path)) as held:
            held.execute("SELECT count(*) FROM sqlite_master")  # takes back what was half written
        return sha256(path.read_bytes()).hexdigest()
    with psycopg.connect(address) as held:
        tables = held.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        rows = sql.SQL("SELECT string_agg(t::text, ';' ORDER BY t::text) AS r FROM {} AS t")
        every = [rows.format(sql.Identifier(name)) for (name,) in sorted(tables)]
        whole = sql.SQL("SELECT md5(string_agg(md5(r), ';')) FROM ({}) AS u")
        found = held.execute(whole.format(sql.SQL(" UNION ALL ").join(every))).fetchone()
    return str(found)


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
