"""`/tim-kiem/` and `/tim-kiem.json`: thin, the same answer in two shapes."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from search import contract, places, registry
from search.contract import Hit, Reason, SearchResult
from search.queries import COMMUNE_FACET, ask, deepest_page, known_kinds
from search.serialise import as_json

KIND = "loai"
PAGE = "trang"
UNIT_FACET = "unit"
SORT = "xep"
FILTERS = {
    "xa": "commune",
    "co-quan": "issuer",
    "nam": "year",
    "loai-van-ban": "doc_type",
    "muc": "section",
    "don-vi": "unit",
}


def _page(params: QueryDict) -> int:
    raw = params.get(PAGE, "1")
    number = int(raw) if raw.isdecimal() and len(raw) < 6 else 1
    return min(max(number, 1), deepest_page())


def _asked(params: QueryDict) -> tuple[str, SearchResult, int]:
    text = params.get("q", "")
    page = _page(params)
    result = ask(
        text,
        kinds=known_kinds(params.getlist(KIND)),
        filters={facet: tuple(params.getlist(name)) for name, facet in FILTERS.items()},
        page=page,
        sort="date" if params.get(SORT) == "moi" else "relevance",
    )
    return text, result, page


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def results_json(request: HttpRequest) -> HttpResponse:
    """Always 200: an outage is a state, and nothing typed is an error."""
    text, result, page = _asked(request.GET)
    return _private(
        JsonResponse(as_json(text, result, page), json_dumps_params={"ensure_ascii": False})
    )


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """The page of results; without a query, the search box and how to use it."""
    text, result, page = _asked(request.GET)
    pages = min(-(-result.total // contract.PAGE_SIZE), deepest_page())
    context = {
        "query": text,
        "result": result,
        "hits": [_hit(hit) for hit in result.hits],
        "tabs": _tabs(request, result),
        "facets": _facets(request, result),
        "narrowed": _narrowed(request, result),
        "page": page,
        "pages": pages,
        "previous_url": _address(request, **{PAGE: str(page - 1)}) if page > 1 else None,
        "next_url": _address(request, **{PAGE: str(page + 1)}) if page < pages else None,
        "sort": "moi" if request.GET.get(SORT) == "moi" else "",
        "sort_urls": {
            "relevance": _address(request, **{SORT: "", PAGE: ""}),
            "date": _address(request, **{SORT: "moi", PAGE: ""}),
        },
        "sentence": _sentence(result),
    }
    return _private(render(request, "search/results.html", context))


def _narrowed(request: HttpRequest, result: SearchResult) -> bool:
    """Whether filters are chosen, which the page must let go again even where nothing is left."""
    chosen = any(request.GET.get(name) for name in (*FILTERS, SORT))
    return chosen and result.reason != Reason.ENGINE_DOWN


def _hit(hit: Hit) -> dict[str, Any]:
    return {
        "kind": hit.kind,
        "kind_label": hit.meta.get("kind_label") or registry.label_of(hit.kind),
        "title": hit.title,
        "number": hit.number,
        "url": hit.url,
        "snippet": "" if hit.repeated else hit.snippet,
        "pages": hit.pages,
        "date": hit.date,
        "line": hit.meta.get("line", ""),
        "state": hit.meta.get("state", ""),
    }


def _address(request: HttpRequest, **changes: str) -> str:
    params = request.GET.copy()
    for name, value in changes.items():
        params[name] = value
        if not value:
            del params[name]
    return f"{request.path}?{params.urlencode()}"


def _tabs(request: HttpRequest, result: SearchResult) -> list[dict[str, Any]]:
    counts = result.facets.get("kind", {})
    asked = request.GET.getlist(KIND)
    tabs: list[dict[str, Any]] = [
        {
            "value": "",
            "label": _("All"),
            "count": sum(counts.values()),
            "url": _address(request, **{KIND: "", PAGE: ""}),
            "current": not known_kinds(asked),
        }
    ]
    return tabs + [
        {
            "value": kind,
            "label": registry.label_of(kind),
            "count": counts[kind],
            "url": _address(request, **{KIND: kind, PAGE: ""}),
            "current": kind in asked,
        }
        for kind in registry.kinds()
        if counts.get(kind)
    ]


def _facets(request: HttpRequest, result: SearchResult) -> list[dict[str, Any]]:
    labels = {
        "issuer": _("Issuer"),
        "doc_type": _("Type of document"),
        "year": _("Year"),
        "section": _("Section"),
        "commune": _("Commune"),
        "unit": pgettext("site of a unit", "Unit"),
    }
    found = []
    for name, facet in FILTERS.items():
        counts = result.facets.get(facet, {})
        names = places.labels_of(counts) if facet == COMMUNE_FACET else {}
        options = [
            {
                "value": value,
                "label": names.get(value, value),
                "count": count,
                "selected": value in request.GET.getlist(name),
            }
            for value, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:12]
        ]
        alone = facet == UNIT_FACET and len(options) < 2
        if options and not (alone and not options[0]["selected"]):
            found.append({"name": name, "label": labels[facet], "options": options})
    return found


def _sentence(result: SearchResult) -> str:
    sentences = {
        Reason.ENGINE_DOWN: _("Search is limited right now. Please try again in a few minutes."),
        Reason.LIST_TOO_SHORT: _(
            "To find a person on a published list, type at least two words of the name, "
            "or one word of it and the commune."
        ),
        Reason.LIST_LIMIT: _(
            "More than %(most)s list entries fit. Type the full name or choose the commune."
        )
        % {"most": contract.LIST_ENTRY_HITS},
        Reason.TOO_LONG: _("The query was too long; only its beginning was searched."),
    }
    return sentences[result.reason] if result.reason else ""
