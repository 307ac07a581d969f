"""Query bodies and what comes back; pure, so that they are tested without a server."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from search import queryplan
from search.contract import PAGES_PER_HIT, Hit, PageHit, SearchQuery, SearchResult, TitleRule
from search.engines.elastic.writing import moment
from search.highlight import hit_snippet, snippet
from search.queryplan import Plan
from search.text import fold

FACET_VALUES = 5_000
FOLDED = ("title", "rest", "unsure")
PAGE_SHOWN = ("number", "text", "url", "recognised")
Body = dict[str, Any]


def _any(clauses: list[Body]) -> Body:
    return {"bool": {"should": clauses, "minimum_should_match": 1}}


def _word(words: tuple[str, ...], *fields: str) -> Body:
    """Analyzed as the field is, so that a word longer than a token is found too; several words
    are a phrase."""
    return _any([_phrase(field, word) for field in fields for word in words])


def _phrase(field: str, words: str) -> Body:
    if " " in words:
        return {"match_phrase": {field: words}}
    return {"match": {field: {"query": words, "operator": "and"}}}


def _exact(plan: Plan, word: str) -> Body:
    """The word with its marks, or what it is short for."""
    found = _word((word,), "xtitle", "xrest")
    others = plan.long_forms.get(word)
    return _any([found, _word(others, *FOLDED)]) if others else found


def _worth(points: int, clause: Body) -> Body:
    return {"constant_score": {"filter": clause, "boost": points}}


def _least(clauses: list[Body], least: int) -> Body:
    """At least so many of these; all with 0, or where there are fewer."""
    if not least or least >= len(clauses):
        return {"bool": {"filter": clauses}}
    return {"bool": {"should": clauses, "minimum_should_match": least}}


def _ranks(plan: Plan, least: int) -> list[Body]:
    marked, folded = plan.title_phrases, tuple(map(fold, plan.title_phrases))
    every = [_word(group, "title") for group in plan.wanted]
    exact = [_exact(plan, word) for word in plan.exact]
    ranks = [
        _worth(queryplan.TITLE_WORDS, _least(every, least)),
        _worth(queryplan.WORDS_EXACT, {"bool": {"filter": exact}}),
        _worth(queryplan.TITLE_PHRASE_EXACT, _word(marked, "xtitle", "xtold")),
        _worth(queryplan.TITLE_PHRASE, _word(folded, "title", "told")),
    ]
    if len(plan.phrase) > 1:
        ranks.append(
            _worth(queryplan.BODY_PHRASE, {"match_phrase": {"rest": " ".join(plan.phrase)}})
        )
    sure = [_word(group, "title", "rest") for group in plan.wanted]
    ranks.append(_worth(queryplan.WORDS_SURE, _least(sure, least)))
    if plan.marked:
        typed = [_exact(plan, word) for word in plan.marked]
        ranks.append(_worth(queryplan.WORDS_MEANT, {"bool": {"filter": exact}}))
        ranks.append(_worth(queryplan.MARKS_MEANT, {"bool": {"filter": typed}}))
    for points, keys in queryplan.key_ranks(plan):
        ranks.append(_worth(points, _keys(keys)))
    for weight, points in queryplan.ISSUER.items() if plan.whole_keys else ():
        level = {"range": {"weight": {"gte": weight}}}
        ranks.append(_worth(points, {"bool": {"filter": [_keys(plan.whole_keys), level]}}))
    return ranks


def _keys(keys: tuple[str, ...]) -> Body:
    return {"terms": {"number_keys": list(keys)}}


def _window(query: SearchQuery) -> list[Body]:
    at = moment(query.at)
    return [
        {"term": {"live": True}},
        _any([_missing("visible_from"), {"range": {"visible_from": {"lte": at}}}]),
        _any([_missing("visible_until"), {"range": {"visible_until": {"gt": at}}}]),
        *_days(query),
    ]


def _days(query: SearchQuery) -> list[Body]:
    """The entry's own date lies in the asked days."""
    edges = {"gte": query.since, "lte": query.until}
    given = {edge: day.isoformat() for edge, day in edges.items() if day}
    return [{"range": {"date": given}}] if given else []


def _match(query: SearchQuery, plan: Plan) -> Body:
    """The words that must be there, the window, and what must not be there."""
    groups = [_word(group, *FOLDED) for group in plan.wanted]
    excluded: list[Body] = [{"terms": {"kind": list(query.without)}}] if query.without else []
    for phrase, marked in plan.excluded:
        fields = ("xtitle", "xrest") if marked else FOLDED
        excluded.append(_word((phrase,), *fields))
    return {
        "bool": {
            "filter": [*_window(query), _least(groups, query.least)],
            "must_not": excluded,
            "should": _ranks(plan, query.least),
        }
    }


def _missing(field: str) -> Body:
    return _none({"exists": {"field": field}})


def _has(name: str, wanted: tuple[str, ...]) -> Body:
    """An entry has one of these values of a facet."""
    return {"terms": {"facets": [f"{name}\t{value}" for value in wanted]}}


def _filters(query: SearchQuery, skip: str = "") -> list[Body]:
    given = query.filters.items()
    return [_has(name, wanted) for name, wanted in given if wanted and name != skip]


def _narrowed(query: SearchQuery, plan: Plan, *, kinds: bool = True, skip: str = "") -> Body:
    """The visitor's own filters and the rules, as a post filter or inside a count."""
    clauses = [*_rules(query, plan), *_filters(query, skip)]
    if kinds and query.kinds:
        clauses.append({"terms": {"kind": list(query.kinds)}})
    return {"bool": {"filter": clauses}}


def _rules(query: SearchQuery, plan: Plan) -> list[Body]:
    """Entries of a kind with rules are given when one of these holds."""
    return [
        _any([_none(_kind(kind)), *(_rule(rule, plan) for rule in rules)])
        for kind, rules in query.rules.items()
    ]


def _rule(rule: TitleRule, plan: Plan) -> Body:
    # Terms, not analyzed: a letter that the server would fold must not count as another word.
    words = [{"terms": {"title": list(group)}} for group in queryplan.counted(plan, rule)]
    if len(words) < rule.least:
        return {"match_none": {}}
    where = [_has(rule.facet, rule.values)] if rule.facet else []
    return {"bool": {"filter": where, "should": words, "minimum_should_match": rule.least}}


def _kind(kind: str) -> Body:
    return {"term": {"kind": kind}}


def _none(clause: Body) -> Body:
    return {"bool": {"must_not": [clause]}}


def _counts(query: SearchQuery, plan: Plan) -> Body:
    filtered = sorted(name for name, wanted in query.filters.items() if wanted)
    values = {"terms": {"field": "facets", "size": FACET_VALUES}}
    by_kind = {"values": {"terms": {"field": "kind", "size": 50}}}
    aggregations: Body = {
        "kinds": {"filter": _narrowed(query, plan, kinds=False), "aggs": by_kind},
        "fitting": {"filter": {"bool": {"filter": _filters(query)}}, "aggs": by_kind},
        "facets": {"filter": _narrowed(query, plan), "aggs": {"values": values}},
    }
    for name in filtered:
        aggregations[f"facet_{name}"] = {
            "filter": _narrowed(query, plan, skip=name),
            "aggs": {"values": values},
        }
    return aggregations


def objects_body(query: SearchQuery, plan: Plan) -> Body:
    """The query that decides match, rank, totals and facets."""
    last: list[Body] = [{"kind": "asc"}, {"key": "asc"}]
    day: Body = {"date": {"order": "desc", "missing": "_last"}}
    by_score: list[Body] = [{"_score": "desc"}, {"weight": "desc"}]
    offset, size = queryplan.slice_of(query)
    order = [day, *by_score, *last] if query.sort == "date" else [*by_score, day, *last]
    return {
        "query": _match(query, plan),
        "post_filter": _narrowed(query, plan),
        "aggs": _counts(query, plan),
        "sort": order,
        "from": offset,
        "size": size,
        "track_total_hits": True,
        "_source": ["kind", "key", "date", "shown"],
    }


def pages_body(plan: Plan, identities: list[str]) -> Body:
    """The pages of the shown hits; the score of a page is how many words it holds."""
    found = [_worth(1, _word(group, "pages.words")) for group in plan.wanted]
    return {
        "query": {
            "bool": {
                "filter": [{"ids": {"values": identities}}, {"term": {"live": True}}],
                "must": [
                    {
                        "nested": {
                            "path": "pages",
                            "query": _any(found),
                            "inner_hits": {
                                "size": PAGES_PER_HIT,
                                "sort": [{"_score": "desc"}, {"pages.number": "asc"}],
                                "_source": [f"pages.{name}" for name in PAGE_SHOWN],
                            },
                        }
                    }
                ],
            }
        },
        "size": len(identities),
        "_source": False,
    }


def _by_kind(part: Mapping[str, Any]) -> dict[str, int]:
    return {bucket["key"]: bucket["doc_count"] for bucket in part["values"]["buckets"]}


def facets_of(answer: Mapping[str, Any], query: SearchQuery) -> dict[str, dict[str, int]]:
    """Counts by facet name and value."""
    found = answer["aggregations"]
    filtered = {name for name, wanted in query.filters.items() if wanted}
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    counts["kind"] = _by_kind(found["kinds"])
    for part in found.keys() - {"kinds", "fitting"}:
        own = part.removeprefix("facet_") if part.startswith("facet_") else ""
        for bucket in found[part]["values"]["buckets"]:
            name, _tab, value = bucket["key"].partition("\t")
            if name == own or (not own and name not in filtered):
                counts[name][value] = bucket["doc_count"]
    return dict(counts)


def result_of(
    answer: Mapping[str, Any], pages: Mapping[str, Any] | None, query: SearchQuery, plan: Plan
) -> SearchResult:
    """The contract's result from the server's two answers."""
    below: dict[str, list[Body]] = {}
    for hit in pages["hits"]["hits"] if pages else []:
        inside = hit["inner_hits"]["pages"]["hits"]["hits"]
        best = inside[0]["sort"][0] if inside else 0
        below[hit["_id"]] = [page["_source"] for page in inside if page["sort"][0] == best]
    facets = facets_of(answer, query)
    fitting = _by_kind(answer["aggregations"]["fitting"])
    return SearchResult(
        total=answer["hits"]["total"]["value"],
        hits=tuple(_hit(raw, below.get(raw["_id"], []), plan) for raw in answer["hits"]["hits"]),
        facets=facets,
        withheld=frozenset(
            kind for kind in query.rules if fitting.get(kind) and not facets["kind"].get(kind)
        ),
    )


def _hit(raw: Body, pages: list[Body], plan: Plan) -> Hit:
    source = raw["_source"]
    shown = source["shown"]
    below = tuple(
        PageHit(
            page["number"],
            snippet(page["text"], plan.marks),
            page["url"],
            page.get("recognised", False),
        )
        for page in pages
    )
    piece, repeated = hit_snippet(shown["summary"], shown["body"], plan.marks, below)
    return Hit(
        kind=source["kind"],
        key=source["key"],
        title=shown["title"],
        url=shown["url"],
        number=shown.get("number"),
        date=date.fromisoformat(source["date"]) if source.get("date") else None,
        snippet=piece,
        facets={name: tuple(values) for name, values in shown["facets"].items()},
        meta=shown["meta"],
        pages=below,
        repeated=repeated,
        score=int(raw["_score"]),
    )
