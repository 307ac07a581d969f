"""The choices beside the list of official documents, each with how many documents it would leave.

A choice is counted under all the other filters, its own left aside. Short lists are counted out of
one query of combinations; signers, who are many, have a query of their own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.db.models import Count
from django.utils.translation import gettext as _

from portal.news import listing
from portal.news.codes import Issuer
from portal.news.states import State
from search.text import name_sort_key, sort_key

if TYPE_CHECKING:
    from portal.news.listing import DocumentQuery

MOST_SIGNERS = 100
RANKS = {level: rank for rank, level in enumerate(Issuer.Level.values)}
LABELLED: dict[str, Callable[[str], str]] = {
    "state": lambda value: str(State(value).label),
    "level": lambda value: str(Issuer.Level(value).label),
}
ORDERED: dict[str, Callable[[dict[str, Any]], Any]] = {
    "year": lambda option: -int(option["value"]),
    "level": lambda option: RANKS[option["value"]],
}


def fits(row: dict[str, Any], query: DocumentQuery, but: str = "") -> bool:
    """Whether a combination fits the query, one facet left aside."""
    asked = [facet for facet in listing.FACETS if facet != but and getattr(query, facet)]
    return all(_value(row, facet) == getattr(query, facet) for facet in asked)


def filters(
    query: DocumentQuery, rows: list[dict[str, Any]], without_issuer: bool
) -> list[dict[str, Any]]:
    """All filters that are chosen from a list, in the order of the form."""
    names = {attribute: name for name, attribute in listing.NAMES.items()}
    left_out = {"issuer", "level"} if without_issuer else set()
    chosen = {
        facet: _options(query, rows, facet) for facet in listing.FACETS if facet not in left_out
    }
    chosen["signer"] = _signers(query)
    labels = _labels()
    return [
        {"name": names[facet], "label": labels[facet], "options": options}
        for facet, options in chosen.items()
    ]


def orders(query: DocumentQuery) -> list[dict[str, Any]]:
    """Ways to sort; by nearness only where there are words to be near to."""
    labels = {
        "moi": _("newest first"),
        "cu": _("oldest first"),
        "so": _("by number"),
        **({listing.NEAREST: _("nearest to the words first")} if query.q else {}),
    }
    return [
        {"value": value, "label": label, "selected": value == query.order}
        for value, label in labels.items()
    ]


def _labels() -> dict[str, str]:
    return {
        "type": _("Type of document"),
        "level": _("Level of the agency"),
        "issuer": _("Issuing agency"),
        "field": _("Field of work"),
        "signer": _("Signer"),
        "year": _("Year of issue"),
        "state": _("State of validity"),
    }


def _signers(query: DocumentQuery) -> list[dict[str, Any]]:
    found = listing.matching(replace(query, signer="", order="moi")).exclude(signer="")
    counted = found.order_by().values("signer").annotate(n=Count("pk")).order_by("-n", "signer")
    counts = {row["signer"]: row["n"] for row in counted[:MOST_SIGNERS]}
    if query.signer:
        counts.setdefault(query.signer, 0)
    return [
        {"value": name, "label": name, "count": counts[name], "selected": name == query.signer}
        for name in sorted(counts, key=name_sort_key)
    ]


def _value(row: dict[str, Any], facet: str) -> str:
    return str(row.get(f"{facet}_value", row.get(facet)) or "")


def _label(row: dict[str, Any], facet: str) -> str:
    value = str(row.get(f"{facet}_label", row.get(facet)) or "")
    return LABELLED[facet](value) if facet in LABELLED and value else value


def _options(query: DocumentQuery, rows: list[dict[str, Any]], facet: str) -> list[dict[str, Any]]:
    counts: Counter[str] = Counter()
    labels: dict[str, str] = {}
    for row in rows:
        value = _value(row, facet)
        labels[value] = _label(row, facet)
        counts[value] += row["n"] if fits(row, query, but=facet) else 0
    chosen = getattr(query, facet)
    options = [
        {"value": value, "label": label, "count": counts[value], "selected": value == chosen}
        for value, label in labels.items()
        if value and (counts[value] or value == chosen)
    ]
    return sorted(options, key=ORDERED.get(facet, lambda option: sort_key(option["label"])))
