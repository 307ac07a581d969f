"""A result as JSON: names and shapes that stay (`/tim-kiem.json`, `search_query --json`)."""

from __future__ import annotations

from typing import Any

from search import maps, panel, registry
from search.address import FILTERS
from search.contract import PAGE_SIZE, Hit, SearchResult
from search.places import Place


def as_json(text: str, result: SearchResult, page: int = 1) -> dict[str, Any]:
    """The answer of the public JSON address; snippets are escaped HTML with `<mark>` only."""
    kinds = result.facets.get("kind", {})
    return {
        "q": text,
        "state": str(result.state),
        "reason": str(result.reason) if result.reason else None,
        "relaxed": result.relaxed,
        "total": result.total,
        "page": page,
        "size": PAGE_SIZE,
        "facets": {
            "kind": [
                {"value": kind, "label": registry.label_of(kind), "count": kinds[kind]}
                for kind in registry.kinds()
                if kinds.get(kind)
            ],
            **{
                facet: panel.values_of(facet, result.facets[facet])
                for facet in FILTERS.values()
                if result.facets.get(facet)
            },
        },
        "hits": [_hit(hit) for hit in result.hits],
        **_places(text),
    }


def _places(text: str) -> dict[str, Any]:
    """`places`, where the query names any: older units that were found under today's (`found`),
    and those to choose from."""
    read = maps.read(text)
    if not (read.found or read.choices):
        return {}
    return {
        "places": {
            "found": [_place(place) for place in read.found],
            "choices": [_place(place) | {"q": query} for place, query in read.choices],
        }
    }


def _place(place: Place) -> dict[str, Any]:
    return {"name": place.name, "within": place.within or None, "today": list(place.today)}


def _hit(hit: Hit) -> dict[str, Any]:
    return {
        "kind": hit.kind,
        "title": hit.title,
        "number": hit.number,
        "url": hit.url,
        "snippet": hit.snippet,
        "pages": [
            {"page": page.page, "snippet": page.snippet, "url": page.url} for page in hit.pages
        ],
    }
