"""Entries into rows; an older version than the one held is dropped."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from datetime import datetime

from portal.jobs import clock
from search.contract import Change, Put, SearchEntry
from search.engines.errors import refuse_broken
from search.queryplan import exact_tokens, keys_of, tokens, whole_text

_UPSERT = """
INSERT INTO object (kind, key, version, live, written) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (kind, key) DO UPDATE SET version = excluded.version, live = excluded.live,
    written = excluded.written
WHERE excluded.version > version
RETURNING id
"""
_FILL = """
UPDATE object SET title = ?, number = ?, url = ?, summary = ?, body = ?, date = ?,
    visible_from = ?, visible_until = ?, weight = ?, facets = ?, meta = ? WHERE id = ?
"""


def moment(value: datetime | None) -> str | None:
    """A moment as text that sorts as time does."""
    return clock.in_utc(value).isoformat(timespec="microseconds") if value else None


def apply(connection: sqlite3.Connection, changes: Iterable[Change]) -> None:
    """Write changes inside the caller's transaction."""
    now = moment(clock.now())
    for change in changes:
        item = change.entry if isinstance(change, Put) else change
        values = (item.kind, item.key, item.version, isinstance(change, Put), now)
        row = connection.execute(_UPSERT, values).fetchone()
        if row is None:
            continue
        _clear(connection, row["id"])
        if isinstance(change, Put):
            refuse_broken(change.entry)
            _fill(connection, row["id"], change.entry)


def _clear(connection: sqlite3.Connection, key: int) -> None:
    connection.execute("DELETE FROM words WHERE rowid = ?", (key,))
    for table in ("number_key", "facet", "page"):
        connection.execute(f"DELETE FROM {table} WHERE object = ?", (key,))  # noqa: S608  # nosec B608
    connection.execute(_FILL, (*[None] * 11, key))


def _fill(connection: sqlite3.Connection, key: int, entry: SearchEntry) -> None:
    connection.execute(
        _FILL,
        (
            entry.title,
            entry.number,
            entry.url,
            entry.summary,
            entry.body,
            entry.date.isoformat() if entry.date else None,
            moment(entry.visible_from),
            moment(entry.visible_until),
            entry.weight,
            json.dumps(dict(entry.facets), ensure_ascii=False),
            json.dumps(dict(entry.meta), ensure_ascii=False),
            key,
        ),
    )
    rest = whole_text(entry)
    number = entry.number or ""
    connection.execute(
        "INSERT INTO words (rowid, title, rest, xtitle, xrest) VALUES (?, ?, ?, ?, ?)",
        (
            key,
            tokens(entry.title),
            tokens(f"{number}\n{rest}"),
            exact_tokens(entry.title),
            exact_tokens(f"{number}\n{rest}"),
        ),
    )
    keys = [(key, number) for number in keys_of(entry)]
    connection.executemany("INSERT INTO number_key VALUES (?, ?)", keys)
    connection.executemany(
        "INSERT INTO facet VALUES (?, ?, ?)",
        [(key, name, value) for name, values in entry.facets.items() for value in values],
    )
    connection.executemany(
        "INSERT OR REPLACE INTO page VALUES (?, ?, ?, ?, ?)",
        [(key, p.number, p.text, f" {tokens(p.text)} ", p.url) for p in entry.pages],
    )
