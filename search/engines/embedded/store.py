"""The file of the embedded index: its tables, its connections, its faults.

The path of the settings is a symbolic link to the file of one generation, `….g1`, so that a
rebuild can take over in one step and SQLite's log never meets the wrong file. A connection
belongs to one thread and one generation; after a swap the next use opens the new one.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from search.contract import LIST_ENTRY, EngineDownError

BUSY_SECONDS = 20
# Raised whenever what is written changes; a file of another form is rebuilt.
SCHEMA_VERSION = 6
SCHEMA = """
CREATE TABLE IF NOT EXISTS object (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL, key TEXT NOT NULL, version INTEGER NOT NULL,
    live INTEGER NOT NULL, written TEXT NOT NULL,
    visible_from TEXT, visible_until TEXT, date TEXT, weight INTEGER,
    title TEXT, number TEXT, url TEXT, facets TEXT, meta TEXT, summary TEXT, body TEXT,
    UNIQUE (kind, key)
);
CREATE INDEX IF NOT EXISTS object_tombstone ON object (written) WHERE live = 0;
CREATE TABLE IF NOT EXISTS number_key (object INTEGER NOT NULL, key TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS number_key_key ON number_key (key, object);
CREATE INDEX IF NOT EXISTS number_key_object ON number_key (object);
CREATE TABLE IF NOT EXISTS facet (object INTEGER NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS facet_object ON facet (object, name, value);
CREATE TABLE IF NOT EXISTS page (
    object INTEGER NOT NULL, place INTEGER NOT NULL, number INTEGER NOT NULL,
    text TEXT, folded TEXT, url TEXT, recognised INTEGER NOT NULL,
    PRIMARY KEY (object, place)
) WITHOUT ROWID;
CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5(
    title, rest, xtitle, xrest, unsure, told, xtold,
    tokenize = "unicode61 remove_diacritics 0", detail = full
);
CREATE VIRTUAL TABLE IF NOT EXISTS names USING fts5(
    title, rest, xtitle, xrest, unsure, told, xtold,
    tokenize = "unicode61 remove_diacritics 0", detail = full
);
CREATE VIRTUAL TABLE IF NOT EXISTS heads USING fts5(
    title, tokenize = "unicode61 remove_diacritics 0", detail = column
);
"""
# What one query may give; each connection has its own, in memory.
FOUND = """
CREATE TEMP TABLE found (id INTEGER PRIMARY KEY, kind TEXT, key TEXT, date TEXT, weight INTEGER);
"""
# Households outnumber all else, and most queries may give none of them: their words stand apart,
# and the words of their titles once more (`heads`), which tell quickly that a rule gives nobody.
WORDS, NAMES = "words", "names"
TABLES = (WORDS, NAMES)


def table_of(kind: str) -> str:
    """Where the words of a kind stand."""
    return NAMES if kind == LIST_ENTRY else WORDS


class Store:
    """Opens the file, once per thread and generation; every fault of it is an outage."""

    def __init__(self, path: Path, *, linked: bool = True) -> None:
        self.path, self.linked = path, linked
        self._local = threading.local()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection that sees one state of the index, whatever is written meanwhile.

        Raises `EngineDownError` for any fault of the file.
        """
        with self._transaction("BEGIN") as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """As `reading`, inside one immediate transaction."""
        with self._transaction("BEGIN IMMEDIATE") as connection:
            yield connection

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        try:
            connection = self._connection()
            connection.execute(begin)
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")
        except sqlite3.Error as error:
            self._close()
            raise EngineDownError(f"embedded index: {error}") from error

    def truncate(self) -> None:
        """Write the file anew without its free pages, and empty the log beside it.

        Outside of a transaction, as SQLite asks. A busy file is an outage like any other fault.
        """
        try:
            connection = self._connection()
            connection.execute("VACUUM")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.Error as error:
            self._close()
            raise EngineDownError(f"embedded index: {error}") from error

    def prepare(self) -> None:
        """Make the file and its tables when they are missing."""
        with self.reading():
            pass

    def remove(self) -> None:
        """Delete the file and what SQLite keeps beside it."""
        self._close()
        remove_generation(self.path)

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        generation = self._generation()
        if connection is None or self._local.generation != generation:
            self._close()
            try:
                connection = self._local.connection = self._open()
            except OSError as error:
                raise EngineDownError(f"embedded index: {error}") from error
            # Asked before opening: a swap in between is then noticed at the next use.
            self._local.generation = generation or self._generation()
        return connection

    def _generation(self) -> tuple[int, int] | None:
        """Process and file: a connection must outlive neither a fork nor its file."""
        try:
            return os.getpid(), self.path.stat().st_ino
        except OSError:
            return None

    def _open(self) -> sqlite3.Connection:
        self._first_generation()
        connection = sqlite3.connect(self.path, timeout=BUSY_SECONDS, isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.executescript(FOUND)
        connection.row_factory = sqlite3.Row
        if not form_of(connection):
            connection.executescript(f"{SCHEMA}PRAGMA user_version = {SCHEMA_VERSION};")
        return connection

    def _first_generation(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        if not self.linked or self.path.is_symlink() or self.path.exists():
            return
        with suppress(FileExistsError):  # another process was quicker
            self.path.symlink_to(f"{self.path.name}.g1")

    def _close(self) -> None:
        connection = getattr(self._local, "connection", None)
        if connection is not None:
            connection.close()
        self._local.connection = None
        self._local.generation = None


def form_of(connection: sqlite3.Connection) -> int:
    """The form of a file's rows; 0 in a new one."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def remove_generation(path: Path) -> None:
    """Delete a file of the index and what SQLite keeps beside it."""
    for suffix in ("", "-wal", "-shm"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)
