"""The address of an answer: everything that was asked stands in it, and nothing else does."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, QueryDict

from portal.jobs.visitors import client_address
from search.datewords import read_day
from search.queries import Asked, known_kinds

QUERY = "q"
KIND = "loai"
PAGE = "trang"
SORT = "xep"
NEWEST = "moi"
SINCE, UNTIL = "tu", "den"
FILTERS = {
    "muc": "section",
    "loai-van-ban": "doc_type",
    "co-quan": "issuer",
    "linh-vuc": "field",
    "nguoi-ky": "signer",
    "hieu-luc": "validity",
    "nam": "year",
    "xa": "commune",
    "dien": "list_class",
    "don-vi": "unit",
}
LONGEST_PAGE = 9


def asked_by(request: HttpRequest) -> Asked:
    """Read an address; what makes no sense in it counts as not asked."""
    params = request.GET
    return Asked(
        text=params.get(QUERY, ""),
        kinds=known_kinds(params.getlist(KIND)),
        filters={facet: tuple(params.getlist(name)) for name, facet in FILTERS.items()},
        page=_page(params),
        sort="date" if params.get(SORT) == NEWEST else "relevance",
        since=_day(params, SINCE),
        until=_day(params, UNTIL),
        address=client_address(request),
    )


def unread_days(request: HttpRequest) -> list[str]:
    """What stands where a day belongs and is none."""
    given = [request.GET.get(name, "").strip() for name in (SINCE, UNTIL)]
    return [text[:40] for text in given if text and read_day(text) is None]


def with_changes(request: HttpRequest, path: str = "", **changes: str) -> str:
    """This address with other values; an empty one takes its name away."""
    params = request.GET.copy()
    for name, value in changes.items():
        params[name] = value
        if not value:
            del params[name]
    return f"{path or request.path}?{params.urlencode()}"


def _page(params: QueryDict) -> int:
    """A page from 1; how deep pages go is for who answers to say."""
    raw = params.get(PAGE, "1")
    number = int(raw[:LONGEST_PAGE]) if raw.isascii() and raw.isdecimal() else 1
    return max(number, 1)


def _day(params: QueryDict, name: str) -> date | None:
    return read_day(params.get(name, ""))
