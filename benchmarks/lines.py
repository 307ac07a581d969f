"""Every line of the report, declared with its peer before anything is measured."""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.form_lines import form_lines
from benchmarks.report import Line

CONNECTIONS = (1, 2)
PAGES = {"article": "Article page", "home": "Home page", "list": "List of documents"}
ENGINES = {"embedded": "SQLite + embedded", "elasticsearch": "PostgreSQL + Elasticsearch"}
DATABASES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
GROUPS = {
    "names": "a name",
    "commune": "a name and a commune",
    "number": "a document's number",
    "common": "words that most entries hold",
}
JUDGED = 10
SAME_BODY = "the same JSON by the bare client"
PLAIN = "plain Wagtail, tutorial style"
PLAIN_CACHED = "plain Wagtail with Django's cache of whole pages"
BARE = {"embedded": "executemany into FTS5", "elasticsearch": "helpers.bulk of the same bodies"}
ASKED = {"embedded": "FTS5 MATCH by rank", "elasticsearch": "match on one text field"}
LIKE = {"embedded": "SQL LIKE on SQLite", "elasticsearch": "SQL ILIKE on PostgreSQL"}


def all_lines() -> list[Line]:
    """Pages, then scores and forms, then for each engine indexing and searching."""
    return [line for part in PARTS.values() for line in part()]


def _pages() -> list[Line]:
    return [
        line for page, name in PAGES.items() for line in (*_rates(page, name), *_facts(page, name))
    ]


def _rates(page: str, name: str) -> list[Line]:
    pairs = (
        ("uncached", "portal.uncached", "peer.plain", PLAIN),
        ("uncached, nothing shared", "portal.alone", "peer.plain", PLAIN),
        ("cached", "portal.cached", "peer.plain", PLAIN),
        ("cached", "portal.cached", "peer.cached", PLAIN_CACHED),
    )
    return [
        Line(
            f"{name}, {word}, {count} connection{'s' if count > 1 else ''}",
            "requests/s",
            f"pages.{page}.{ours}.{count}",
            f"pages.{page}.{peer}.{count}",
            peer_name,
            "higher",
        )
        for word, ours, peer, peer_name in pairs
        for count in CONNECTIONS
    ]


def _facts(page: str, name: str) -> list[Line]:
    pairs = (
        ("uncached", "portal.uncached", "peer.plain", PLAIN),
        ("uncached, nothing shared", "portal.alone", "peer.plain", PLAIN),
        ("cached", "portal.cached", "peer.cached", PLAIN_CACHED),
    )
    queries = [
        Line(
            f"{name}, {word}",
            "queries",
            f"queries.{page}.{ours}",
            f"queries.{page}.{peer}",
            peer_name,
        )
        for word, ours, peer, peer_name in pairs
    ]
    shown = [
        Line(
            f"{name}, {what}",
            unit,
            f"{unit}.{page}.portal.uncached",
            f"{unit}.{page}.peer.plain",
            PLAIN,
            better,
        )
        for what, unit, better in (
            ("words shown with header and footer", "words", "equal"),
            ("HTML packed by gzip", "bytes", "lower"),
        )
    ]
    return [*queries, *shown]


def _engines() -> list[Line]:
    return [line for name in ENGINES for line in (*_indexing(name), *_searching(name))]


def _indexing(engine: str) -> list[Line]:
    return [
        Line(
            f"{ENGINES[engine]}: indexing 20,000 list entries, {word}",
            "entries/s",
            f"{engine}.index.{key}",
            f"{engine}.index.bare",
            BARE[engine],
            "higher",
        )
        for key, word in (("worker", "the worker's whole path"), ("apply", "the engine alone"))
    ]


def _searching(engine: str) -> list[Line]:
    peers = (("peer", ASKED[engine]), ("like", LIKE[engine]))
    return [line for peer, name in peers for line in _searching_beside(engine, peer, name)]


def _searching_beside(engine: str, peer: str, name: str) -> list[Line]:
    times = [
        Line(
            f"{ENGINES[engine]}: searching {words}, {figure}",
            "ms",
            f"{engine}.search.{group}.portal.{figure}",
            f"{engine}.search.{group}.{peer}.{figure}",
            name,
        )
        for group, words in GROUPS.items()
        for figure in ("median", "p95")
    ]
    right = Line(
        f"{ENGINES[engine]}: judged queries answered right, of {JUDGED}",
        "queries",
        f"{engine}.right.portal",
        f"{engine}.right.{peer}",
        name,
        "higher",
    )
    return [*times, right]


def _size() -> list[Line]:
    """Each at the size that the environment says, a million entries without a word."""
    asked = (
        ("names", "Elasticsearch: a name without accents among all entries", SAME_BODY),
        ("pages", "Elasticsearch: words in all PDF pages", SAME_BODY),
        ("embedded", "Embedded: a name without accents among all entries", ASKED["embedded"]),
    )
    index = Line(
        "Elasticsearch: indexing list entries, the engine alone",
        "entries/s",
        "size.index.portal",
        "size.index.bare",
        "streaming_bulk of the same bodies",
        "higher",
    )
    memory = Line(
        "Most memory held while indexing, all entries beside a tenth of them",
        "MB",
        "size.memory.all",
        "size.memory.tenth",
        "the same process after a tenth",
    )
    times = [
        Line(
            f"{what}, {figure}",
            "ms",
            f"size.{key}.portal.{figure}",
            f"size.{key}.bare.{figure}",
            peer,
        )
        for key, what, peer in asked
        for figure in ("median", "p95")
    ]
    return [index, memory, *times]


def _rebuilding() -> list[Line]:
    return [line for name in ENGINES for line in _rebuilt(name)]


def _rebuilt(engine: str) -> list[Line]:
    speeds = (
        ("nobody writes", "quiet", "bare", BARE[engine]),
        ("ten writes a second", "busy", "quiet", "the same rebuild while nobody writes"),
    )
    rates = [
        Line(
            f"{ENGINES[engine]}: rebuild of the index, {words}",
            "entries/s",
            f"{engine}.rebuild.{ours}",
            f"{engine}.rebuild.{peer}",
            name,
            "higher",
        )
        for words, ours, peer, name in speeds
    ]
    write = Line(
        f"{ENGINES[engine]}: a write during the rebuild, p95",
        "ms",
        f"{engine}.rebuild.write.busy",
        f"{engine}.rebuild.write.quiet",
        "the same write without a rebuild",
    )
    return [*rates, write]


def _office() -> list[Line]:
    return [
        line
        for vendor, name in DATABASES.items()
        for typed, words in (("marks", "with accents"), ("plain", "without accents"))
        for line in _looked_for(f"{vendor}.office", f"{name}: a common word {words}", typed)
    ]


def _looked_for(key: str, what: str, typed: str) -> list[Line]:
    """The search alone beside `LIKE`, the page of answers beside that of the stock search."""
    sides = (
        ("found", "the first 20 and their count", f"{typed}.like", "icontains on the title"),
        ("page", "the page of answers", "stock", "Wagtail's database search as it comes, once"),
    )
    return [
        Line(
            f"{what}, {words}, {figure}",
            "ms",
            f"{key}.{typed}.{side}.{figure}",
            f"{key}.{peer}" + ("" if peer == "stock" else f".{figure}"),
            name,
        )
        for side, words, peer, name in sides
        for figure in ("median", "p95")
    ]


# What can be measured alone.
PARTS: dict[str, Callable[[], list[Line]]] = {
    "pages": _pages,
    "forms": form_lines,
    "search": _engines,
    "rebuild": _rebuilding,
    "office": _office,
    "size": _size,
}
