"""`/tim-kiem/` in its shapes: page, JSON, RSS, completion; thin, one answer behind them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from search import (
    contract,
    datewords,
    feed,
    lexicon,
    maps,
    panel,
    patience,
    places,
    querylog,
    registry,
    relaxing,
    sentences,
    standing,
)
from search.address import (
    NEWEST,
    PAGE,
    QUERY,
    SINCE,
    SORT,
    UNTIL,
    asked_by,
    unread_days,
    with_changes,
)
from search.contract import Hit, Reason, SearchResult
from search.models import KnownTitle
from search.queries import Asked, answer, deepest_page, reachable
from search.serialise import as_json

SUGGESTION_SECONDS = 30
SUGGESTED_CHARS = 100


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
@patience.shared
def results_json(request: HttpRequest) -> HttpResponse:
    """Always 200: an outage is a state, and nothing typed is an error."""
    asked = asked_by(request)
    asked = replace(asked, page=min(asked.page, deepest_page()))
    result = answer(asked)
    meant = relaxing.meant(asked, result)
    if relaxing.is_empty(result):
        nearest = relaxing.fewer_words(asked)
        if nearest.hits:
            result = replace(nearest, state=result.state, reason=result.reason)
    body = as_json(asked.text, result, asked.page) | ({"meant": meant} if meant else {})
    if result.reason == Reason.ENGINE_DOWN:
        body["known"] = [
            {"kind": title.kind, "title": title.title, "number": title.number, "url": title.url}
            for title in _known(asked.text)
        ]
    return _private(JsonResponse(body, json_dumps_params={"ensure_ascii": False}))


@require_safe
@patience.shared
def results_rss(request: HttpRequest) -> HttpResponse:
    """The newest that fit, for who wants to be told."""
    return _private(feed.results_feed(request))


@require_safe
def suggestions_json(request: HttpRequest) -> HttpResponse:
    """Titles, numbers and places that begin as typed; the same for everybody, so kept shortly."""
    typed = request.GET.get(QUERY, "")[:SUGGESTED_CHARS]
    named = [{"text": name, "kind": "place", "url": None} for name in places.beginning(typed)]
    begun = lexicon.complete(typed)
    gone = standing.fallen({(known.kind, known.key) for known in begun})
    titles = [
        {
            "text": " ".join(part for part in (known.number, known.title) if part),
            "kind": known.kind,
            "url": known.url,
        }
        for known in begun
        if (known.kind, known.key) not in gone
    ]
    body = {"q": typed, "suggestions": [*titles, *named][: lexicon.OFFERED]}
    response = JsonResponse(body, json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = f"public, max-age={SUGGESTION_SECONDS}"
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
@patience.shared
def results(request: HttpRequest) -> HttpResponse:
    """The page of results; without a query, the search box and how to use it."""
    asked = asked_by(request)
    result = answer(replace(asked, page=min(asked.page, deepest_page())))
    pages = -(-reachable(result, asked.kinds) // contract.PAGE_SIZE)
    page = min(asked.page, max(pages, 1))
    if page < asked.page and result.reason != Reason.ENGINE_DOWN:
        result = answer(replace(asked, page=page))
    querylog.note(asked, result)
    read = maps.read(asked.text)
    context = {
        "query": asked.text,
        "result": result,
        "hits": [_hit(hit) for hit in result.hits],
        "siblings": _siblings(result),
        "tabs": panel.tabs(request, result),
        "facets": panel.facets(request, result),
        "narrowed": panel.narrowed(request, result),
        "days": {name: request.GET.get(name, "") for name in (SINCE, UNTIL)},
        "offer": _offer(request, asked),
        "meant": [_instead_of(request, text, text) for text in relaxing.meant(asked, result)],
        "places": [
            _instead_of(request, query, sentences.of_choice(place)) for place, query in read.choices
        ],
        "page": page,
        "pages": pages,
        "previous_url": with_changes(request, **{PAGE: str(page - 1)}) if page > 1 else None,
        "next_url": with_changes(request, **{PAGE: str(page + 1)}) if page < pages else None,
        "feed_url": with_changes(request, "/tim-kiem.rss", **{PAGE: ""}),
        "sort": NEWEST if request.GET.get(SORT) == NEWEST else "",
        "found": sentences.of_total(result, asked.text),
        "sentence": sentences.of_result(result),
        "notes": [
            sentence
            for sentence in (
                *map(sentences.of_place, read.found),
                sentences.of_days(unread_days(request)),
                sentences.of_depth(result, asked, pages),
            )
            if sentence
        ],
        **_instead(request, asked, result),
    }
    response = _private(render(request, "search/results.html", context))
    if any(hit.kind == contract.LIST_ENTRY for hit in result.hits):
        response["Referrer-Policy"] = "no-referrer"  # the name that was typed is in the address
    return response


def _instead_of(request: HttpRequest, query: str, text: str) -> dict[str, str]:
    """Another query in place of the one typed, one click away."""
    return {"text": text, "url": with_changes(request, **{QUERY: query, PAGE: ""})}


def _instead(request: HttpRequest, asked: Asked, result: SearchResult) -> dict[str, Any]:
    """What is offered where nothing fits, or where the engine cannot say so."""
    if result.reason == Reason.ENGINE_DOWN:
        return {"known": _known(asked.text)}
    if not relaxing.is_empty(result) or not asked.text.strip():
        return {}
    nearest = relaxing.fewer_words(asked)
    return {
        "nearest": [_hit(hit) for hit in nearest.hits[:10]],
        "elsewhere": [tab for tab in panel.tabs(request, result)[1:] if not tab["current"]],
        "unfiltered_url": panel.without_filters(request),
    }


def _known(text: str) -> list[KnownTitle]:
    """What the database alone can offer: titles and numbers with the words, public now."""
    found = lexicon.with_words(text)
    gone = standing.fallen({(title.kind, title.key) for title in found})
    return [title for title in found if (title.kind, title.key) not in gone]


def _offer(request: HttpRequest, asked: Asked) -> dict[str, str] | None:
    """A date in the query as a filter, one click away."""
    found = datewords.offer(asked.text)
    if found is None or asked.since or asked.until:
        return None
    days = {SINCE: found.since.isoformat(), UNTIL: found.until.isoformat()}
    url = with_changes(request, **{QUERY: found.rest, PAGE: "", **days})
    return {"text": sentences.of_offer(found), "url": url}


def _siblings(result: SearchResult) -> list[Hit]:
    """Documents of the same number by other issuers, where the first hit is one of several."""
    if not result.hits or not result.hits[0].number:
        return []
    number = result.hits[0].number.casefold()
    return [hit for hit in result.hits[1:] if (hit.number or "").casefold() == number]


def _page(page: contract.PageHit) -> dict[str, Any]:
    """A part of a file without pages has a number too, and opens the whole file."""
    return {
        "number": page.page,
        "snippet": page.snippet,
        "url": page.url,
        "recognised": page.recognised,
        "is_part": "#page=" not in page.url,
    }


def _hit(hit: Hit) -> dict[str, Any]:
    return {
        "kind": hit.kind,
        "kind_label": hit.meta.get("kind_label") or registry.label_of(hit.kind),
        "title": hit.title,
        "number": hit.number,
        "url": hit.url,
        "snippet": "" if hit.repeated else hit.snippet,
        "pages": [_page(page) for page in hit.pages],
        "date": hit.date,
        "line": hit.meta.get("line", ""),
        "state": hit.meta.get("state", ""),
    }
