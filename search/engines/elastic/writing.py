"""Changes as bulk actions with external versions; an older version is dropped by the server."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from portal.jobs import clock
from search.contract import Change, EngineDownError, Put, SearchEntry
from search.engines.errors import EngineRejectedError, refuse_broken
from search.queryplan import exact_tokens, keys_of, texts_of, tokens, told
from search.text import fold

OUTAGES = frozenset({401, 403, 408, 429, 500, 502, 503, 504})


def moment(value: datetime | None) -> str | None:
    """A moment as Elasticsearch takes it."""
    return clock.in_utc(value).isoformat(timespec="milliseconds") if value else None


def actions(changes: Iterable[Change], entries: str, pages: str) -> Iterator[dict[str, Any]]:
    """Two actions for each change: the object, and all its pages."""
    now = moment(clock.now())
    for change in changes:
        item = change.entry if isinstance(change, Put) else change
        shared = {
            "_op_type": "index",
            "_id": f"{item.kind}:{item.key}",
            "version": item.version,
            "version_type": "external",
        }
        dead = {"live": False, "written": now}
        if isinstance(change, Put):
            refuse_broken(change.entry)
            yield {**shared, "_index": entries, "_source": _entry(change.entry, now)}
            yield {**shared, "_index": pages, "_source": _pages(change.entry, now)}
        else:
            known = {"kind": item.kind, "key": item.key}
            yield {**shared, "_index": entries, "_source": {**known, **dead}}
            yield {**shared, "_index": pages, "_source": dead}


def _entry(entry: SearchEntry, now: str | None) -> dict[str, Any]:
    (rest, unsure), short = texts_of(entry), told(entry.title)
    return {
        "kind": entry.kind,
        "key": entry.key,
        "live": True,
        "written": now,
        "title": tokens(entry.title),
        "rest": fold(rest),
        "xtitle": exact_tokens(entry.title),
        "xrest": rest,
        "unsure": unsure,
        "told": fold(short),
        "xtold": short,
        "number_keys": list(keys_of(entry)),
        "facets": [f"{name}\t{value}" for name, values in entry.facets.items() for value in values],
        "visible_from": moment(entry.visible_from),
        "visible_until": moment(entry.visible_until),
        "date": entry.date.isoformat() if entry.date else None,
        "weight": entry.weight,
        "shown": {
            "title": entry.title,
            "url": entry.url,
            "number": entry.number,
            "summary": entry.summary,
            "body": entry.body,
            "facets": {name: list(values) for name, values in entry.facets.items()},
            "meta": dict(entry.meta),
            "paged": bool(entry.pages),
        },
    }


def _pages(entry: SearchEntry, now: str | None) -> dict[str, Any]:
    return {
        "live": True,
        "written": now,
        "pages": [
            {
                "number": page.number,
                "words": tokens(page.text),
                "text": page.text,
                "url": page.url,
                "recognised": page.recognised,
            }
            for page in entry.pages
        ],
    }


def judge(item: dict[str, Any]) -> None:
    """Raise for what the server refused; an older version is no error."""
    ((_operation, answer),) = item.items()
    status = answer.get("status", 500)
    if status < 300 or status == 409:
        return
    error = answer.get("error", {})
    reason = error.get("reason", "") if isinstance(error, dict) else str(error)
    if status in OUTAGES:
        raise EngineDownError(f"elasticsearch: {status} {reason}")
    kind, _colon, key = str(answer.get("_id", "")).partition(":")
    raise EngineRejectedError(kind, key, f"{status} {reason}"[:250])
