"""Entries into rows; an older version than the one held is dropped."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from datetime import datetime

from portal.jobs import clock
from search.contract import Change, Put, SearchEntry
from search.engines.embedded.store import NAMES, table_of
from search.engines.errors import refuse_broken
from search.queryplan import exact_tokens, keys_of, texts_of, tokens, told
from search.text import fold

_HELD = "SELECT id, version FROM object WHERE kind = ? AND key = ?"
_WRITE = """
INSERT OR REPLACE INTO object (id, kind, key, version, live, written, title, number, url, summary,
    body, date, visible_from, visible_until, weight, facets, meta)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


def moment(value: datetime | None) -> str | None:
    """A moment as text that sorts as time does."""
    return clock.in_utc(value).isoformat(timespec="microseconds") if value else None


def apply(connection: sqlite3.Connection, changes: Iterable[Change]) -> None:
    """Write changes inside the caller's transaction."""
    now = moment(clock.now())
    for change in changes:
        item = change.entry if isinstance(change, Put) else change
        held = connection.execute(_HELD, (item.kind, item.key)).fetchone()
        if held is not None and held["version"] >= item.version:
            continue
        if held is not None:
            _clear(connection, held["id"], item.kind)
        shown = _shown(change.entry) if isinstance(change, Put) else (None,) * 11
        values = (item.kind, item.key, item.version, isinstance(change, Put), now, *shown)
        key = connection.execute(_WRITE, (held and held["id"], *values)).lastrowid
        if isinstance(change, Put) and key is not None:
            _fill(connection, key, change.entry)


def _clear(connection: sqlite3.Connection, key: int, kind: str) -> None:
    connection.execute(f"DELETE FROM {table_of(kind)} WHERE rowid = ?", (key,))  # noqa: S608  # nosec B608
    if table_of(kind) == NAMES:
        connection.execute("DELETE FROM heads WHERE rowid = ?", (key,))
    for table in ("number_key", "facet", "page"):
        connection.execute(f"DELETE FROM {table} WHERE object = ?", (key,))  # noqa: S608  # nosec B608


def _shown(entry: SearchEntry) -> tuple[object, ...]:
    refuse_broken(entry)
    return (
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
    )


def _fill(connection: sqlite3.Connection, key: int, entry: SearchEntry) -> None:
    title, (rest, unsure) = exact_tokens(entry.title), texts_of(entry)
    short = told(entry.title)
    connection.execute(
        f"INSERT INTO {table_of(entry.kind)} (rowid, title, rest, xtitle, xrest, unsure,"  # noqa: S608  # nosec B608
        " told, xtold) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (key, fold(title), fold(rest), title, rest, unsure, fold(short), short),
    )
    if table_of(entry.kind) == NAMES:
        connection.execute("INSERT INTO heads (rowid, title) VALUES (?, ?)", (key, fold(title)))
    keys = [(key, number) for number in keys_of(entry)]
    connection.executemany("INSERT INTO number_key VALUES (?, ?)", keys)
    connection.executemany(
        "INSERT INTO facet VALUES (?, ?, ?)",
        [(key, name, value) for name, values in entry.facets.items() for value in values],
    )
    connection.executemany(
        "INSERT INTO page VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (key, place, p.number, p.text, f" {tokens(p.text)} ", p.url, p.recognised)
            for place, p in enumerate(entry.pages)
        ],
    )
