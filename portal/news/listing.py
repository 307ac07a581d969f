"""The list of official documents: filters in the address, counts beside them, pages, export."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Case, CharField, Count, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import ExtractYear, StrIndex
from django.http import HttpRequest
from django.utils.translation import get_language

from portal.home import memo
from portal.jobs import clock
from portal.news import facets, files, queries
from portal.news.codes import Issuer
from portal.news.numbers import number_key
from portal.news.states import State, state_filter

if TYPE_CHECKING:
    from portal.news.documents import OfficialDocumentPage

LONGEST = 200
NAMES = {
    "q": "q",
    "so": "number",
    "loai": "type",
    "co-quan": "issuer",
    "cap": "level",
    "linh-vuc": "field",
    "nguoi-ky": "signer",
    "nam": "year",
    "tu": "since",
    "den": "until",
    "hieu-luc": "state",
    "sap-xep": "order",
    "so-dong": "size",
}
# What people type is their own; only lists that were clicked together are kept in the cache.
SHORT_NAMES = ("loai", "co-quan", "cap", "linh-vuc", "nam", "hieu-luc", "sap-xep", "so-dong")
FACETS = ("type", "level", "issuer", "field", "year", "state")
SIZES = ("20", "50")
USUAL = {"order": "moi", "size": "20"}
NEAREST = "lien-quan"
LEVELS = Issuer.Level.values
ORDERS = {
    NEAREST: ("-fit", "place", F("issued_on").desc(nulls_last=True), "-pk"),
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
    level: str = ""
    field: str = ""
    signer: str = ""
    year: str = ""
    since: str = ""
    until: str = ""
    state: str = ""
    order: str = USUAL["order"]
    size: str = USUAL["size"]

    @property
    def encoded(self) -> str:
        """The query string of this list, without the page."""
        given = {
            name: value
            for name, attribute in NAMES.items()
            if (value := getattr(self, attribute)) and value != USUAL.get(attribute)
        }
        return urlencode(given)

    @property
    def filtered(self) -> bool:
        """Whether anything narrows the list."""
        return replace(self, **USUAL) != DocumentQuery()


def parse_query(data: Mapping[str, Any]) -> DocumentQuery:
    """Read the address; overlong or meaningless values are dropped, never an error."""
    values = {
        attribute: str(data.get(name) or "").replace("\x00", "").strip()[:LONGEST]
        for name, attribute in NAMES.items()
    }
    if not (values["year"].isdecimal() and len(values["year"]) == 4):
        values["year"] = ""
    for edge in ("since", "until"):
        values[edge] = _day_of(values[edge])
    allowed = {"state": State.values, "level": LEVELS, "order": ORDERS, "size": SIZES}
    for name, known in allowed.items():
        if values[name] not in known:
            values[name] = USUAL.get(name, "")
    if values["order"] == NEAREST and not values["q"]:
        values["order"] = USUAL["order"]
    return DocumentQuery(**values)


def _day_of(text: str) -> str:
    """A day as a browser's field or a person writes it, in ISO; empty for anything else."""
    for pattern in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, pattern).date().isoformat()  # noqa: DTZ007
        except ValueError:
            continue
    return ""


def matching(query: DocumentQuery) -> QuerySet[OfficialDocumentPage]:
    """The documents that a query asks for, in its order; accents do not matter."""
    found: Any = by_words(query)
    if query.state:
        found = found.annotate(state_now=state_case())
    if query.year:
        found = found.annotate(issued_in=ExtractYear("issued_on"))
    conditions = {
        "type__code": query.type,
        "issuer__slug": query.issuer,
        "issuer__level": query.level,
        "field__slug": query.field,
        "issued_in": query.year,
        "state_now": query.state,
    }
    found = found.filter(**{name: value for name, value in conditions.items() if value})
    if query.order == NEAREST:
        found = found.annotate(**_nearness(number_key(query.q)))
    ordered: QuerySet[OfficialDocumentPage] = found.order_by(*ORDERS[query.order])
    return ordered


def by_words(query: DocumentQuery) -> QuerySet[OfficialDocumentPage]:
    """The documents with all words in number, title or abstract, of that number, signer and time.

    What is no list to choose from, or too long a one, is asked of the database; the rest is counted
    together.
    """
    wanted = Q()
    for word in number_key(query.q).split():
        wanted &= Q(text_key__contains=word)
    key = number_key(query.number)
    if key.isdecimal():
        wanted &= Q(number=int(key)) if len(key) <= 9 else Q(pk=None)
    elif key:
        wanted &= Q(number_key__contains=key)
    others = {"signer": query.signer, "issued_on__gte": query.since, "issued_on__lte": query.until}
    return queries.documents().filter(wanted, **{k: v for k, v in others.items() if v})


def _nearness(key: str) -> dict[str, Any]:
    """All words together before words apart, the number and the title before the abstract."""
    fit = Case(
        When(number_key=key, then=Value(3)),
        When(number_key__startswith=f"{key} ", then=Value(2)),
        When(text_key__contains=key, then=Value(1)),
        default=Value(0),
        output_field=IntegerField(),
    )
    return {"fit": fit, "place": StrIndex("text_key", Value(key.partition(" ")[0]))}


def state_case() -> Case:
    """The state of validity as a column."""
    today = clock.today()
    whens = [When(state_filter(state, today), then=Value(state.value)) for state in State]
    return Case(*whens, default=Value(State.IN_FORCE.value), output_field=CharField())


def list_context(request: HttpRequest, whole: str, issuer: Issuer | None = None) -> dict[str, Any]:
    """Filters, one page of documents and the query, in five queries whatever the numbers.

    `whole` is the address of the list of all issuers, where feed and workbook stand.
    """
    query = parse_query(request.GET)
    if issuer is not None:
        query = replace(query, issuer=issuer.slug)
    rows = _combinations(request, query)
    paginator = KnownPaginator(matching(query), int(query.size))
    paginator.known = sum(row["n"] for row in rows if facets.fits(row, query))
    shown: Page[OfficialDocumentPage] = paginator.get_page(request.GET.get("trang"))
    shown.object_list = files.pages_beside(shown.object_list)
    return {
        "query": query,
        "filters": _filters(request, query, rows, without_issuer=issuer is not None),
        "documents": shown,
        "paginator": paginator,
        "total": paginator.known,
        "rss_url": _with_query(f"{whole}rss/", query),
        "export_url": _with_query(f"{whole}xlsx/", query),
        "orders": facets.orders(query),
        "sizes": [{"value": size, "selected": size == query.size} for size in SIZES],
    }


def _filters(
    request: HttpRequest, query: DocumentQuery, rows: list[dict[str, Any]], without_issuer: bool
) -> list[dict[str, Any]]:
    """Pages of the whole list, in whatever order, have theirs in common."""
    if query.filtered:
        return facets.filters(query, rows, without_issuer)
    key = ("filters", get_language())
    return memo.shared(request, key, lambda: facets.filters(query, rows, without_issuer))


def _with_query(address: str, query: DocumentQuery) -> str:
    return f"{address}?{query.encoded}" if query.encoded else address


class KnownPaginator(Paginator):  # type: ignore[type-arg]
    """Pages of a list whose length the facets have told already."""

    known: int = 0

    @property
    def count(self) -> int:
        """The length of the list."""
        return self.known


def _combinations(request: HttpRequest, query: DocumentQuery) -> list[dict[str, Any]]:
    """How many documents there are of each type, issuer, field, year and state together.

    Lists that differ by clicked filters alone have them in common.
    """
    english = (get_language() or "").startswith("en")
    typed = replace(query, **USUAL, **dict.fromkeys(FACETS, ""))
    if typed != DocumentQuery():
        return _counted(typed, english)
    return memo.shared(request, ("combinations", english), lambda: _counted(typed, english))


def _counted(query: DocumentQuery, english: bool) -> list[dict[str, Any]]:
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
            level=F("issuer__level"),
            field_value=F("field__slug"),
            field_label=F("field__name"),
        )
        .annotate(n=Count("pk"))
    )
