"""Query bodies and what comes back; pure, so that they are tested without a server."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from search import queryplan
from search.contract import PAGES_PER_HIT, Hit, PageHit, SearchQuery, SearchResult
from search.engines.elastic.writing import moment
from search.highlight import best_snippet, snippet
from search.queryplan import Plan

FACET_VALUES = 5_000
Body = dict[str, Any]


def _any(clauses: list[Body]) -> Body:
    return {"bool": {"should": clauses, "minimum_should_match": 1}}


def _word(words: tuple[str, ...], *fields: str) -> Body:
    """Analyzed as the field is, so that a word longer than a token is found too."""
    asked = [(field, word) for field in fields for word in words]
    return _any([{"match": {f: {"query": word, "operator": "and"}}} for f, word in asked])


def _worth(points: int, clause: Body) -> Body:
    return {"constant_score": {"filter": clause, "boost": points}}


def _ranks(plan: Plan) -> list[Body]:
    folded, marked = " ".join(plan.phrase), " ".join(plan.exact_phrase)
    every = [_word(group, "title") for group in plan.required]
    exact = [_word((word,), "xtitle", "xrest") for word in plan.exact]
    ranks = [
        _worth(queryplan.TITLE_WORDS, {"bool": {"filter": every}}),
        _worth(queryplan.WORDS_EXACT, {"bool": {"filter": exact}}),
        _worth(queryplan.TITLE_PHRASE_EXACT, {"match_phrase": {"xtitle": marked}}),
        _worth(queryplan.TITLE_PHRASE, {"match_phrase": {"title": folded}}),
    ]
    if len(plan.phrase) > 1:
        ranks.append(_worth(queryplan.BODY_PHRASE, {"match_phrase": {"rest": folded}}))
    for points, keys in (
        (queryplan.NUMBER_WHOLE, plan.number_keys),
        (queryplan.NUMBER_ALONE, plan.numbers),
    ):
        if keys:
            ranks.append(_worth(points, {"terms": {"number_keys": list(keys)}}))
    return ranks


def _window(query: SearchQuery) -> list[Body]:
    at = moment(query.at)
    return [
        {"term": {"live": True}},
        _any([_missing("visible_from"), {"range": {"visible_from": {"lte": at}}}]),
        _any([_missing("visible_until"), {"range": {"visible_until": {"gt": at}}}]),
    ]


def _missing(field: str) -> Body:
    return {"bool": {"must_not": [{"exists": {"field": field}}]}}


def _narrowed(query: SearchQuery, *, kinds: bool = True, skip: str = "") -> Body:
    """The visitor's own filters, as a post filter or inside a count."""
    clauses: list[Body] = []
    if kinds and query.kinds:
        clauses.append({"terms": {"kind": list(query.kinds)}})
    clauses += [
        {"terms": {"facets": [f"{name}\t{value}" for value in wanted]}}
        for name, wanted in query.filters.items()
        if wanted and name != skip
    ]
    return {"bool": {"filter": clauses}}


def _counts(query: SearchQuery) -> Body:
    filtered = sorted(name for name, wanted in query.filters.items() if wanted)
    values = {"terms": {"field": "facets", "size": FACET_VALUES}}
    aggregations: Body = {
        "kinds": {
            "filter": _narrowed(query, kinds=False),
            "aggs": {"values": {"terms": {"field": "kind", "size": 50}}},
        },
        "facets": {"filter": _narrowed(query), "aggs": {"values": values}},
    }
    for name in filtered:
        aggregations[f"facet_{name}"] = {
            "filter": _narrowed(query, skip=name),
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
    excluded = [{"terms": {"kind": list(query.without)}}] if query.without else []
    return {
        "query": {
            "bool": {
                "filter": [
                    *_window(query),
                    *[_word(group, "title", "rest") for group in plan.required],
                ],
                "must_not": excluded,
                "should": _ranks(plan),
            }
        },
        "post_filter": _narrowed(query),
        "aggs": _counts(query),
        "sort": order,
        "from": offset,
        "size": size,
        "track_total_hits": True,
        "_source": ["kind", "key", "date", "shown"],
    }


def pages_body(plan: Plan, identities: list[str]) -> Body:
    """The pages of the shown hits; the score of a page is how many words it holds."""
    found = [_worth(1, _word(group, "pages.words")) for group in plan.required]
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
                                "_source": ["pages.number", "pages.text", "pages.url"],
                            },
                        }
                    }
                ],
            }
        },
        "size": len(identities),
        "_source": False,
    }


def facets_of(answer: Mapping[str, Any], query: SearchQuery) -> dict[str, dict[str, int]]:
    """Counts by facet name and value."""
    found = answer["aggregations"]
    filtered = {name for name, wanted in query.filters.items() if wanted}
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    counts["kind"] = {b["key"]: b["doc_count"] for b in found["kinds"]["values"]["buckets"]}
    for part in found:
        own = part.removeprefix("facet_") if part.startswith("facet_") else ""
        for bucket in found[part]["values"]["buckets"] if part != "kinds" else []:
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
    return SearchResult(
        total=answer["hits"]["total"]["value"],
        hits=tuple(_hit(raw, below.get(raw["_id"], []), plan) for raw in answer["hits"]["hits"]),
        facets=facets_of(answer, query),
    )


def _hit(raw: Body, pages: list[Body], plan: Plan) -> Hit:
    source = raw["_source"]
    shown = source["shown"]
    return Hit(
        kind=source["kind"],
        key=source["key"],
        title=shown["title"],
        url=shown["url"],
        number=shown.get("number"),
        date=date.fromisoformat(source["date"]) if source.get("date") else None,
        snippet=best_snippet((shown["summary"], shown["body"]), plan.marks),
        facets={name: tuple(values) for name, values in shown["facets"].items()},
        meta=shown["meta"],
        pages=tuple(
            PageHit(page["number"], snippet(page["text"], plan.marks), page["url"])
            for page in pages
        ),
    )
