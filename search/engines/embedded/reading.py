"""Queries against the rows: match, rank, window, facets, hits with their pages."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations

from search import queryplan
from search.contract import (
    LIST_ENTRY,
    PAGES_PER_HIT,
    Hit,
    PageHit,
    SearchQuery,
    SearchResult,
    TitleRule,
)
from search.engines.embedded.store import NAMES, TABLES, table_of
from search.engines.embedded.writing import moment
from search.highlight import hit_snippet, snippet
from search.queryplan import Plan
from search.text import fold

FOLDED = "{title rest unsure}"
SURE = "{title rest}"
EXACT = "{xtitle xrest}"


def _quoted(token: str) -> str:
    return '"' + token.replace('"', '""') + '"'


def _all(column: str, groups: tuple[tuple[str, ...], ...]) -> str:
    return " AND ".join(
        "(" + " OR ".join(f"{column}: {_quoted(word)}" for word in group) + ")" for group in groups
    )


def _some(column: str, groups: tuple[tuple[str, ...], ...], least: int) -> str:
    """At least so many of the words, whichever; of fewer words, all."""
    least = min(least, len(groups))
    return " OR ".join(f"({_all(column, each)})" for each in combinations(groups, least))


def _exact(plan: Plan, typed: Iterable[str]) -> str:
    """Each of the words with its marks, or what it is short for."""
    found = []
    for word in typed:
        long_forms = plan.long_forms.get(word, ())
        ways = [_phrases(EXACT, [word]), *(_phrases(FOLDED, [one]) for one in long_forms)]
        found.append(f"({' OR '.join(ways)})")
    return " AND ".join(found)


def _phrases(columns: str, phrases: Iterable[str]) -> str:
    return " OR ".join(f"{columns}: {_quoted(phrase)}" for phrase in phrases)


def _match(plan: Plan, least: int) -> str:
    """The words that must be there, and those that must not."""
    found = _some(FOLDED, plan.wanted, least) if least else _all(FOLDED, plan.wanted)
    for phrase, marked in plan.excluded:
        found = f"({found}) NOT {EXACT if marked else FOLDED}: {_quoted(phrase)}"
    return found


def _ranks(plan: Plan, least: int, match: str) -> list[tuple[int, str]]:
    """Reasons to stand higher, each an FTS expression worth its power of two."""
    exact = _exact(plan, plan.exact)
    in_title = _some("title", plan.wanted, least) if least else _all("title", plan.wanted)
    ranks = [
        (queryplan.TITLE_WORDS, in_title),
        (queryplan.WORDS_EXACT, exact),
        (queryplan.TITLE_PHRASE_EXACT, _phrases("{xtitle xtold}", plan.title_phrases)),
        (queryplan.TITLE_PHRASE, _phrases("{title told}", map(fold, plan.title_phrases))),
    ]
    if len(plan.phrase) > 1:
        ranks.append((queryplan.BODY_PHRASE, _phrases("rest", [" ".join(plan.phrase)])))
    sure = _some(SURE, plan.wanted, least) if least else _all(SURE, plan.wanted)
    ranks.append((queryplan.WORDS_SURE, sure))
    if plan.marked:
        ranks.append((queryplan.WORDS_MEANT, exact))
        marked = _exact(plan, plan.marked)
        ranks.append((queryplan.MARKS_MEANT, f"({match}) AND ({marked})"))
    return ranks


class _Search:
    """One query on one connection; what it may give is gathered once, in the table `found`."""

    def __init__(self, connection: sqlite3.Connection, query: SearchQuery, plan: Plan) -> None:
        self.connection, self.query, self.plan = connection, query, plan
        self.match = _match(plan, query.least)
        self.tables = set[str]()
        connection.execute("DELETE FROM found")
        for table, sql, values in self._branches():
            given = connection.execute(
                f"INSERT OR IGNORE INTO found SELECT o.id, o.kind, o.key, o.date, o.weight {sql}",  # nosec B608
                values,
            )
            if given.rowcount:
                self.tables.add(table)

    def _branches(self) -> Iterator[tuple[str, str, list[object]]]:
        """Kinds without a rule by the words alone; of the others what one of the rules lets by."""
        ruled = tuple(self.query.rules)
        for table in TABLES:
            if table != NAMES or LIST_ENTRY not in (*self.query.without, *ruled):
                sql, values = self._fitting(table, self.match)
                yield table, f"{sql} AND o.kind NOT IN ({_marks(ruled)})", [*values, *ruled]
        for kind, rule in (
            (kind, rule) for kind, all_of in self.query.rules.items() for rule in all_of
        ):
            table = table_of(kind)
            if in_title := self._in_title(table, rule):
                sql, values = self._fitting(table, f"({self.match}) AND ({in_title})")
                clause, more = _has(rule.facet, rule.values) if rule.facet else ("1", [])
                yield table, f"{sql} AND o.kind = ? AND {clause}", [*values, kind, *more]

    def _in_title(self, table: str, rule: TitleRule) -> str:
        """What a rule asks of a title; nothing when no title can hold it."""
        counted = queryplan.counted(self.plan, rule)
        if len(counted) < rule.least or not self._gives(table, self.match):
            return ""
        asked = _some("title", counted, rule.least)
        return asked if table != NAMES or self._gives("heads", asked) else ""

    def _gives(self, table: str, match: str) -> bool:
        """Whether any row holds these words: told sooner than all combinations of them."""
        one = f"SELECT 1 FROM {table} WHERE {table} MATCH ? LIMIT 1"  # noqa: S608  # nosec B608
        return self.connection.execute(one, (match,)).fetchone() is not None

    def _fitting(self, table: str, match: str) -> tuple[str, list[object]]:
        """The rows with these words that are shown today; the words are looked up first."""
        at = moment(self.query.at)
        sql = (
            f"FROM {table} CROSS JOIN object o ON o.id = {table}.rowid WHERE {table} MATCH ?"
            " AND o.live = 1 AND (o.visible_from IS NULL OR o.visible_from <= ?)"
            " AND (o.visible_until IS NULL OR o.visible_until > ?)"
        )
        values: list[object] = [match, at, at]
        if self.query.without:
            sql += f" AND o.kind NOT IN ({_marks(self.query.without)})"
            values += self.query.without
        for sign, day in ((">=", self.query.since), ("<=", self.query.until)):
            if day:
                sql, values = f"{sql} AND o.date {sign} ?", [*values, day.isoformat()]
        return sql, values

    def _chosen(self, *, kinds: bool = True, skip: str = "") -> tuple[str, list[object]]:
        """The condition of kinds and filters; the filter named `skip` may be left aside."""
        sql, values = "1", list[object]()
        if kinds and self.query.kinds:
            sql, values = f"o.kind IN ({_marks(self.query.kinds)})", [*self.query.kinds]
        for name, wanted in self.query.filters.items():
            if wanted and name != skip:
                clause, more = _has(name, wanted)
                sql, values = f"{sql} AND {clause}", [*values, *more]
        return sql, values

    def hits(self) -> list[sqlite3.Row]:
        """The asked page of hits, in order."""
        where, values = self._chosen()
        score, more = self._score()
        order = "score DESC, o.weight DESC, o.date DESC, o.kind, o.key"
        if self.query.sort == "date":
            order = "o.date DESC, score DESC, o.weight DESC, o.kind, o.key"
        offset, size = queryplan.slice_of(self.query)
        ids = self.connection.execute(
            f"SELECT o.id, {score} AS score FROM found o WHERE {where}"  # noqa: S608  # nosec B608
            f" ORDER BY {order} LIMIT ? OFFSET ?",  # nosec B608
            [*more, *values, size, offset],
        ).fetchall()
        one = "SELECT *, ? AS score FROM object WHERE id = ?"
        return [self.connection.execute(one, (row["score"], row["id"])).fetchone() for row in ids]

    def _score(self) -> tuple[str, list[object]]:
        parts: list[str] = ["0"]
        values: list[object] = []
        for worth, expression in _ranks(self.plan, self.query.least, self.match):
            for table in sorted(self.tables):
                if worth == queryplan.WORDS_SURE and table == NAMES:  # nothing there was recognised
                    parts.append(f"{worth} * (o.kind = ?)")
                    values.append(LIST_ENTRY)
                    continue
                parts.append(
                    f"{worth} * (o.id IN (SELECT rowid FROM {table} WHERE {table} MATCH ?))"  # noqa: S608  # nosec B608
                )
                values.append(expression)
        for worth, keys in queryplan.key_ranks(self.plan):
            parts.append(f"{worth} * {_keyed(keys)}")
            values += keys
        for weight, worth in queryplan.ISSUER.items() if self.plan.whole_keys else ():
            parts.append(f"{worth} * (o.weight >= {weight} AND {_keyed(self.plan.whole_keys)})")
            values += self.plan.whole_keys
        return " + ".join(parts), values

    def kind_counts(self) -> dict[str, int]:
        """Objects per kind, whatever kinds were asked."""
        where, values = self._chosen(kinds=False)
        rows = self.connection.execute(
            f"SELECT o.kind, COUNT(*) FROM found o WHERE {where} GROUP BY o.kind",  # noqa: S608  # nosec B608
            values,
        )
        return {row[0]: row[1] for row in rows}

    def withheld(self, given: dict[str, int]) -> frozenset[str]:
        """Kinds of which a rule gives nothing although entries fit."""
        return frozenset(
            kind for kind in self.query.rules if not given.get(kind) and self._any(kind)
        )

    def _any(self, kind: str) -> bool:
        sql, values = self._fitting(table_of(kind), self.match)
        where, more = self._chosen(kinds=False)
        return bool(
            self.connection.execute(
                f"SELECT 1 {sql} AND o.kind = ? AND {where} LIMIT 1",  # nosec B608
                [*values, kind, *more],
            ).fetchone()
        )

    def facet_counts(self) -> dict[str, dict[str, int]]:
        """Objects per facet value; a facet's own filter does not narrow its own counts."""
        counts: dict[str, dict[str, int]] = defaultdict(dict)
        filtered = {name for name, wanted in self.query.filters.items() if wanted}
        for skip in ["", *sorted(filtered)]:
            where, values = self._chosen(skip=skip)
            rows = self.connection.execute(
                "SELECT c.name, c.value, COUNT(*) FROM found o CROSS JOIN facet c"  # noqa: S608  # nosec B608
                f" ON c.object = o.id WHERE {where} GROUP BY c.name, c.value",  # nosec B608
                values,
            )
            for name, value, count in rows:
                if name == skip or (not skip and name not in filtered):
                    counts[name][value] = count
        return dict(counts)

    def pages(self, row: sqlite3.Row) -> tuple[PageHit, ...]:
        """The pages of one hit that hold the most words; pages with fewer say little."""
        groups = self.plan.wanted
        scored = []
        for page in self.connection.execute("SELECT * FROM page WHERE object = ?", (row["id"],)):
            found = sum(any(f" {word} " in page["folded"] for word in group) for group in groups)
            if found:
                scored.append((-found, page["number"], page))
        scored.sort(key=lambda item: item[:2])
        return tuple(
            PageHit(
                page["number"],
                snippet(page["text"], self.plan.marks),
                page["url"],
                bool(page["recognised"]),
            )
            for found, _number, page in scored[:PAGES_PER_HIT]
            if found == scored[0][0]
        )


def _marks(values: tuple[str, ...]) -> str:
    return ", ".join("?" * len(values))


def _keyed(keys: tuple[str, ...]) -> str:
    return f"(o.id IN (SELECT object FROM number_key WHERE key IN ({_marks(keys)})))"  # noqa: S608  # nosec B608


def _has(name: str, wanted: tuple[str, ...]) -> tuple[str, list[object]]:
    """A row has one of these values of a facet."""
    sql = (
        "EXISTS (SELECT 1 FROM facet f WHERE f.object = o.id AND f.name = ?"  # noqa: S608  # nosec B608
        f" AND f.value IN ({_marks(wanted)}))"
    )
    return sql, [name, *wanted]


def search(connection: sqlite3.Connection, query: SearchQuery) -> SearchResult:
    """Answer a query; an empty one has no hits."""
    plan = queryplan.plan_of(query)
    if plan.empty:
        return SearchResult()
    asked = _Search(connection, query, plan)
    kinds = asked.kind_counts()
    total = sum(n for kind, n in kinds.items() if not query.kinds or kind in query.kinds)
    # A filter that leaves nothing still offers its other values.
    facets = {"kind": kinds, **asked.facet_counts()} if asked.tables else {"kind": {}}
    return SearchResult(
        total=total,
        hits=tuple(_hit(asked, row) for row in asked.hits()),
        facets=facets,
        withheld=asked.withheld(kinds),
    )


def _hit(asked: _Search, row: sqlite3.Row) -> Hit:
    pages = asked.pages(row)
    piece, repeated = hit_snippet(row["summary"], row["body"], asked.plan.marks, pages)
    return Hit(
        kind=row["kind"],
        key=row["key"],
        title=row["title"],
        url=row["url"],
        number=row["number"],
        date=date.fromisoformat(row["date"]) if row["date"] else None,
        snippet=piece,
        facets={name: tuple(values) for name, values in json.loads(row["facets"]).items()},
        meta=json.loads(row["meta"]),
        pages=pages,
        repeated=repeated,
        score=row["score"],
    )
