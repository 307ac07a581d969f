"""The list of official documents: filters in the address, counts beside them, pages, export."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When
from django.db.models.functions import ExtractYear
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.jobs import clock
from portal.news import files, queries
from portal.news.numbers import number_key
from portal.news.states import State, state_filter

if TYPE_CHECKING:
    from portal.news.codes import Issuer
    from portal.news.documents import OfficialDocumentPage

PAGE_SIZE = 20
LONGEST = 200
NAMES = {
    "q": "q",
    "so": "number",
    "loai": "type",
    "co-quan": "issuer",
    "linh-vuc": "field",
    "nam": "year",
    "hieu-luc": "state",
    "sap-xep": "order",
}
# What people type is their own; only lists that were clicked together are kept in the cache.
SHORT_NAMES = ("loai", "co-quan", "linh-vuc", "nam", "hieu-luc", "sap-xep")
FACETS = ("type", "issuer", "field", "year", "state")
ORDERS = {
    "moi": (F("issued_on").desc(nulls_last=True), F("number").desc(nulls_last=True), "-pk"),
    "cu": (F("issued_on").asc(nulls_last=True), F("number").asc(nulls_last=True), "pk"),
    "so": (F("number").asc(nulls_last=True), F("issued_on").desc(nulls_last=True), "pk"),
}


@dataclass(frozen=True, slots=True)
class DocumentQuery:
    """What the address asks for; whatever makes no sense there counts as not asked."""

    q: str = ""
    number: str = ""
    type: str = ""
    issuer: str = ""
    field: str = ""
    year: str = ""
    state: str = ""
    order: str = "moi"

    @property
    def encoded(self) -> str:
        """The query string of this list, without the page."""
        given = {name: getattr(self, attribute) for name, attribute in NAMES.items()}
        return urlencode({k: v for k, v in given.items() if v and (k, v) != ("sap-xep", "moi")})

    @property
    def filtered(self) -> bool:
        """Whether anything narrows the list."""
        return replace(self, order="moi") != DocumentQuery()


def parse_query(data: Mapping[str, Any]) -> DocumentQuery:
    """Read the address; overlong or meaningless values are dropped, never an error."""
    values = {
        attribute: str(data.get(name) or "").replace("\x00", "").strip()[:LONGEST]
        for name, attribute in NAMES.items()
    }
    if not (values["year"].isdecimal() and len(values["year"]) == 4):
        values["year"] = ""
    if values["state"] not in State.values:
        values["state"] = ""
    if values["order"] not in ORDERS:
        values["order"] = "moi"
    return DocumentQuery(**values)


def matching(query: DocumentQuery) -> QuerySet[OfficialDocumentPage]:
    """The documents that a query asks for, in its order; accents do not matter."""
    found: Any = by_words(query)
    found = found.annotate(state_now=state_case(), issued_in=ExtractYear("issued_on"))
    conditions = {
        "type__code": query.type,
        "issuer__slug": query.issuer,
        "field__slug": query.field,
        "issued_in": query.year,
        "state_now": query.state,
    }
    found = found.filter(**{name: value for name, value in conditions.items() if value})
    ordered: QuerySet[OfficialDocumentPage] = found.order_by(*ORDERS[query.order])
    return ordered


def by_words(query: DocumentQuery) -> QuerySet[OfficialDocumentPage]:
    """The documents with all words in number, title or abstract, and with that number."""
    wanted = Q()
    for word in number_key(query.q).split():
        wanted &= Q(text_key__contains=word)
    key = number_key(query.number)
    if key.isdecimal():
        wanted &= Q(number=int(key)) if len(key) <= 9 else Q(pk=None)
    elif key:
        wanted &= Q(number_key__contains=key)
    return queries.documents().filter(wanted)


def state_case() -> Case:
    """The state of validity as a column."""
    today = clock.today()
    whens = [When(state_filter(state, today), then=Value(state.value)) for state in State]
    return Case(*whens, default=Value(State.IN_FORCE.value), output_field=CharField())


def list_context(data: Mapping[str, Any], issuer: Issuer | None = None) -> dict[str, Any]:
    """Filters, one page of documents and the query, in four queries whatever the numbers."""
    query = parse_query(data)
    if issuer is not None:
        query = replace(query, issuer=issuer.slug)
    rows = _combinations(query)
    paginator = KnownPaginator(matching(query), PAGE_SIZE)
    paginator.known = sum(row["n"] for row in rows if _fits(row, query))
    shown: Page[OfficialDocumentPage] = paginator.get_page(data.get("trang"))
    shown.object_list = files.pages_beside(shown.object_list)
    return {
        "query": query,
        "filters": _filters(query, rows, without_issuer=issuer is not None),
        "documents": shown,
        "paginator": paginator,
        "total": paginator.known,
        "orders": _orders(query),
    }


class KnownPaginator(Paginator):  # type: ignore[type-arg]
    """Pages of a list whose length the facets have told already."""

    known: int = 0

    @property
    def count(self) -> int:
        """The length of the list."""
        return self.known


def _combinations(query: DocumentQuery) -> list[dict[str, Any]]:
    """How many documents there are of each type, issuer, field, year and state together."""
    english = (get_language() or "").startswith("en")
    found = by_words(query).annotate(state=state_case(), year=ExtractYear("issued_on"))
    return list(
        found.order_by()
        .values(
            "state",
            "year",
            type_value=F("type__code"),
            type_label=F("type__label_en" if english else "type__label_vi"),
            issuer_value=F("issuer__slug"),
            issuer_label=F("issuer__name"),
            field_value=F("field__slug"),
            field_label=F("field__name"),
        )
        .annotate(n=Count("pk"))
    )


def _value(row: dict[str, Any], facet: str) -> str:
    return str(row.get(f"{facet}_value", row.get(facet)) or "")


def _fits(row: dict[str, Any], query: DocumentQuery, but: str = "") -> bool:
    """Whether a combination fits the query, one facet left aside."""
    asked = [facet for facet in FACETS if facet != but and getattr(query, facet)]
    return all(_value(row, facet) == getattr(query, facet) for facet in asked)


def _label(row: dict[str, Any], facet: str) -> str:
    if facet == "state":
        return str(State(row["state"]).label)
    return str(row.get(f"{facet}_label", row.get(facet)) or "")


def _filters(
    query: DocumentQuery, rows: list[dict[str, Any]], without_issuer: bool
) -> list[dict[str, Any]]:
    labels = {
        "type": _("Type"),
        "issuer": _("Issuing agency"),
        "field": _("Field of work"),
        "year": _("Year of issue"),
        "state": _("State of validity"),
    }
    names = {attribute: name for name, attribute in NAMES.items()}
    return [
        {"name": names[facet], "label": labels[facet], "options": _options(query, rows, facet)}
        for facet in FACETS
        if not (without_issuer and facet == "issuer")
    ]


def _options(query: DocumentQuery, rows: list[dict[str, Any]], facet: str) -> list[dict[str, Any]]:
    counts: Counter[str] = Counter()
    labels: dict[str, str] = {}
    for row in rows:
        value = _value(row, facet)
        labels[value] = _label(row, facet)
        counts[value] += row["n"] if _fits(row, query, but=facet) else 0
    chosen = getattr(query, facet)
    order: Callable[[str], Any] = (lambda value: labels[value]) if facet != "year" else str
    return [
        {
            "value": value,
            "label": labels[value],
            "count": counts[value],
            "selected": value == chosen,
        }
        for value in sorted(labels, key=order, reverse=facet == "year")
        if value and (counts[value] or value == chosen)
    ]


def _orders(query: DocumentQuery) -> list[dict[str, Any]]:
    labels = {"moi": _("newest first"), "cu": _("oldest first"), "so": _("by number")}
    return [
        {"value": value, "label": label, "selected": value == query.order}
        for value, label in labels.items()
    ]
