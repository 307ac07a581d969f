"""The lines about scores, forms and their pages, each with its peer."""

from __future__ import annotations

from benchmarks.report import Line

COMMUNES = 8
SENDERS = (1, 4)
CONNECTIONS = (1, 2)
STORES = {"sqlite": "SQLite", "postgresql": "PostgreSQL, fsync on"}
BARE = {"sqlite": "executemany of the same rows", "postgresql": "COPY of the same rows"}
RULES = "the same rules in a plain dict loop"
FORMATTED = "the same lines by plain string formatting"
INSERT = "INSERT of one row of the same size, committed"
SAME = "create() of the same three rows, committed"
ROWS = "INSERT of the same three rows by psycopg, committed"
PLAIN_FORM = "plain Django form with session storage"


def form_lines() -> list[Line]:
    """Scores first, then what is stored and sent, then pages."""
    return [*_scores(), *_stored(), *_sent(), *_pages()]


def _scores() -> list[Line]:
    parts = (
        ("score(), points and indicators known", "reduced", RULES),
        ("score(), all facts of four members", "facts", RULES),
        ("explain() of a stored score", "explain", FORMATTED),
    )
    return [
        Line(what, "µs a household", f"score.{key}.portal", f"score.{key}.peer", peer)
        for what, key, peer in parts
    ]


def _stored() -> list[Line]:
    return [
        Line(
            f"{name}: 100,000 households scored and stored",
            "rows/s",
            f"{vendor}.store.portal",
            f"{vendor}.store.bare",
            BARE[vendor],
            "higher",
        )
        for vendor, name in STORES.items()
    ]


def _sent() -> list[Line]:
    return [
        Line(
            f"{STORES['postgresql']}: declarations sent to {COMMUNES} communes,"
            f" {_connections(count)}",
            "forms/s",
            f"send.portal.{count}",
            f"send.{peer}.{count}",
            name,
            "higher",
        )
        for peer, name in (("rows", ROWS), ("same", SAME), ("bare", INSERT))
        for count in SENDERS
    ]


def _pages() -> list[Line]:
    rates = [
        Line(
            f"Step page of a form, {method}, {_connections(count)}",
            "requests/s",
            f"step.{method}.portal.{count}",
            f"step.{method}.peer.{count}",
            PLAIN_FORM,
            "higher",
        )
        for method in ("GET", "POST")
        for count in CONNECTIONS
    ]
    sizes = [
        Line(what, "bytes", f"bytes.{key}.portal", f"bytes.{key}.peer", PLAIN_FORM)
        for what, key in (
            ("Step page of a form, gzip", "step"),
            ("Whole declaration of four members, bodies of all answers", "declaration"),
            ("Whole declaration of four members, with headers", "wire"),
        )
    ]
    return [*rates, *sizes]


def _connections(count: int) -> str:
    return f"{count} connection{'s' if count > 1 else ''}"
