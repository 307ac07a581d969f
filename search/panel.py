"""What stands around the hits: tabs of kinds, filters with counts, the same for page and JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from search import places, registry
from search.address import FILTERS, KIND, PAGE, SINCE, SORT, UNTIL, with_changes
from search.contract import Reason, SearchResult
from search.queries import COMMUNE_FACET, known_kinds

MOST_VALUES = 12
UNIT_FACET = "unit"
# States in the order of a document's life, years from the newest, all else by how many.
BY_VALUE = {"year"}


def labels() -> dict[str, str]:
    """The names of the filters."""
    return {
        "section": _("Section"),
        "doc_type": _("Type of document"),
        "issuer": _("Issuer"),
        "field": _("Field of work"),
        "signer": _("Signer"),
        "validity": _("State of validity"),
        "year": _("Year"),
        "commune": _("Commune"),
        "list_class": pgettext("facet of search", "Class of household"),
        "unit": pgettext("site of a unit", "Unit"),
    }


def values_of(facet: str, counts: Mapping[str, int]) -> list[dict[str, Any]]:
    """The values of one facet with label and count, most first."""
    names = places.labels_of(counts) if facet == COMMUNE_FACET else {}
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    if facet in BY_VALUE:
        ordered.sort(key=lambda item: item[0], reverse=True)
    return [
        {"value": value, "label": names.get(value, value), "count": count}
        for value, count in ordered
    ]


def tabs(request: HttpRequest, result: SearchResult) -> list[dict[str, Any]]:
    """Kinds with their counts; the first tab is all of them."""
    counts = result.facets.get("kind", {})
    asked = request.GET.getlist(KIND)
    everything: list[dict[str, Any]] = [
        {
            "value": "",
            "label": _("All"),
            "count": sum(counts.values()),
            "url": with_changes(request, **{KIND: "", PAGE: ""}),
            "current": not known_kinds(asked),
        }
    ]
    return everything + [
        {
            "value": kind,
            "label": registry.label_of(kind),
            "count": counts[kind],
            "url": with_changes(request, **{KIND: kind, PAGE: ""}),
            "current": kind in asked,
        }
        for kind in registry.kinds()
        if counts.get(kind)
    ]


def facets(request: HttpRequest, result: SearchResult) -> list[dict[str, Any]]:
    """The filters to choose from; a chosen value is always among them."""
    named = labels()
    found = []
    for name, facet in FILTERS.items():
        chosen = request.GET.getlist(name)
        options = [
            value | {"selected": value["value"] in chosen}
            for value in values_of(facet, result.facets.get(facet, {}))
        ]
        shown = [o for place, o in enumerate(options) if place < MOST_VALUES or o["selected"]]
        # That everything is of the portal itself is no choice.
        alone = facet == UNIT_FACET and len(shown) < 2 and not chosen
        if shown and not alone:
            found.append({"name": name, "label": named[facet], "options": shown})
    return found


def narrowed(request: HttpRequest, result: SearchResult) -> bool:
    """Whether filters are chosen, which the page must let go again even where nothing is left."""
    chosen = any(request.GET.get(name) for name in (*FILTERS, SORT, SINCE, UNTIL))
    return chosen and result.reason != Reason.ENGINE_DOWN


def without_filters(request: HttpRequest) -> str:
    """The same words among everything."""
    return with_changes(request, **dict.fromkeys((KIND, PAGE, SORT, SINCE, UNTIL, *FILTERS), ""))
