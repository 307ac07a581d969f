"""Comparing index and database by streams: whatever the size, memory stays flat.

Index, outbox and database tell their objects in three different orders, none of which is that of
the others on every database (collations). So each stream is laid down in a table of a temporary
SQLite file, which SQLite keeps on disk beyond its small cache, and the tables are joined by key.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice

from search import registry
from search.contract import Engine
from search.models import OutboxRow

BATCH = 1000
Difference = tuple[str, str, str, int]
_TABLES = """
CREATE TABLE held (kind, key, version, live, PRIMARY KEY (kind, key)) WITHOUT ROWID;
CREATE TABLE known (kind, key, done, version, waiting, PRIMARY KEY (kind, key)) WITHOUT ROWID;
CREATE TABLE wanted (kind, key, PRIMARY KEY (kind, key)) WITHOUT ROWID;
"""
# What waits in the outbox is no difference: the worker has not been there yet.
_JOINED = """
SELECT w.kind, w.key, CASE WHEN COALESCE(h.live, 0) THEN 'stale' ELSE 'missing' END,
    COALESCE(h.version, 0)
FROM wanted w LEFT JOIN held h USING (kind, key) LEFT JOIN known k USING (kind, key)
WHERE NOT COALESCE(k.waiting, 0)
    AND (NOT COALESCE(h.live, 0) OR h.version < k.done OR h.version > k.version)
UNION ALL
SELECT h.kind, h.key, 'left_behind', h.version
FROM held h LEFT JOIN wanted w USING (kind, key) LEFT JOIN known k USING (kind, key)
WHERE h.live AND w.key IS NULL AND NOT COALESCE(k.waiting, 0)
ORDER BY 1, 2
"""


class Comparison:
    """What was found; `differences()` streams it in the order of kind and key."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def fill(self, engine: Engine) -> None:
        """Index first, database last: a change meanwhile is at worst looked at once more."""
        self._lay("held", engine.versions())
        rows = OutboxRow.objects.values_list("kind", "key", "done", "version", "waiting")
        self._lay("known", rows.iterator(chunk_size=BATCH))
        for kind, searchable in registry.kinds().items():
            self._lay("wanted", ((kind, key) for key in searchable.keys()))  # noqa: SIM118

    def checked(self) -> int:
        """How many objects the database wants to be found."""
        return int(self._connection.execute("SELECT COUNT(*) FROM wanted").fetchone()[0])

    def differences(self) -> Iterator[list[Difference]]:
        """Batches of `(kind, key, what, version held)`; what is missing, stale or left_behind."""
        found = self._connection.execute(_JOINED)
        while batch := found.fetchmany(BATCH):
            yield batch

    def _lay(self, table: str, rows: Iterable[tuple[object, ...]]) -> None:
        stream = iter(rows)
        while batch := list(islice(stream, BATCH)):
            marks = ", ".join("?" * len(batch[0]))
            self._connection.executemany(
                f"INSERT OR REPLACE INTO {table} VALUES ({marks})",  # noqa: S608  # nosec B608
                batch,
            )


@contextmanager
def compared(engine: Engine) -> Iterator[Comparison]:
    """A comparison of now; its file goes with the block, also when the process is killed."""
    connection = sqlite3.connect("")
    try:
        connection.executescript(_TABLES)
        made = Comparison(connection)
        made.fill(engine)
        yield made
    finally:
        connection.close()
