"""`/danh-sach/`: lists posted now, totals of past ones, one village at a time.

No complete list of names is ever on one page or in one file for the public.
"""

from __future__ import annotations

from typing import Any, ClassVar
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.contrib.routable_page.models import path
from wagtail.models import Page

from portal.home.base import BasePage, RoutableMixin
from portal.home.tree import tree_of
from portal.jobs import clock, visitors
from portal.registration import queries
from portal.registration.models import ListEntry, PublishedList
from portal.registration.searchable import INDEX_PAGE_KIND
from search.contract import LIST_ENTRY as ENTRY_KIND

PAST_PER_PAGE = 20


class PublishedListIndexPage(RoutableMixin, BasePage):
    """Lists of poor and near-poor households (danh sách hộ nghèo, hộ cận nghèo được công khai)."""

    template = "registration/published_list_index.html"
    search_kind = INDEX_PAGE_KIND
    max_count_per_parent = 1
    subpage_types: ClassVar[list[str]] = []
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]

    introduction = models.TextField(gettext_lazy("introduction"), blank=True)

    content_panels: ClassVar[list[Panel]] = [*Page.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = gettext_lazy("page of published lists")

    @path("")
    def index(self, request: HttpRequest) -> HttpResponse:
        """Lists shown now, and past ones with their totals; no names."""
        now, base = clock.now(), self._base(request)
        past = Paginator(queries.past_lists(now), PAST_PER_PAGE)
        page = past.get_page(request.GET.get(queries.PAGE))
        running = queries.running_lists(now)
        response: HttpResponse = self.render(
            request,
            context_overrides={
                "running": [queries.card(item, base, now) for item in running],
                "past": [queries.card(item, base, now) for item in page],
                "past_page": page,
            },
        )
        return response

    @path("<slug:slug>/")
    def detail(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Window and totals of a list; the names of one village while the window runs."""
        now, base = clock.now(), self._base(request)
        shown = queries.public_lists(now).select_related("official_document")
        item = shown.filter(slug=slug).first()
        if item is None:
            raise Http404
        card = queries.card(item, base, now)
        names = _names(request, item, card) if card.running else _no_names(request, item, card)
        response = self.render(
            request,
            template="registration/published_list.html",
            context_overrides={
                "list": card,
                "window_sentence": _window_sentence(card),
                "official_document": _document_link(request, item),
                **names,
            },
        )
        return _private(response) if card.running else response

    def _base(self, request: HttpRequest) -> str:
        """This page's address; the tree that the frame needs anyway knows the root paths."""
        tree_of(request)
        return self.get_url(request) or ""


def _private(response: HttpResponse) -> HttpResponse:
    """A window that ends must end at once: nobody keeps a copy, no robot lists it."""
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def _names(request: HttpRequest, item: PublishedList, card: queries.ListCard) -> dict[str, Any]:
    codes = {row["code"] for row in item.totals}
    commune = request.GET.get(queries.COMMUNE, "")
    if commune not in codes:
        commune = next(iter(codes)) if len(codes) == 1 else ""
    communes = queries.commune_rows(item, card.url, commune)
    if card.search_only or not commune:
        return {"communes": communes, "villages": [], "entries": None}
    asked = request.GET.get(queries.VILLAGE, "")
    villages = queries.village_rows(item, card.url, commune, asked)
    chosen = next((row for row in villages if row.selected), None)
    entries = _entries(request, item, commune, chosen) if chosen else None
    return {
        "communes": communes,
        "villages": villages,
        "village": chosen,
        "entries": entries,
        "left_out": _left_out(request, entries) if entries else 0,
        "most": settings.SEARCH_LIST_ENTRIES,
        "request_base": urlencode({queries.COMMUNE: commune, queries.VILLAGE: asked}),
    }


def _no_names(request: HttpRequest, item: PublishedList, card: queries.ListCard) -> dict[str, Any]:
    return {"communes": queries.commune_rows(item, card.url, ""), "villages": [], "entries": None}


def _entries(
    request: HttpRequest, item: PublishedList, commune: str, village: queries.VillageRow
) -> PaginatorPage[ListEntry]:
    pages = Paginator(queries.entries_of(item, commune, village.key), queries.PER_PAGE)
    pages.count = village.count  # counted with the villages already
    return pages.get_page(request.GET.get(queries.PAGE))


def _left_out(request: HttpRequest, page: PaginatorPage[ListEntry]) -> int:
    """Take out the households that are too many for this network address; how many these are.

    The allowance is the one of the search: lists are posted for who looks for a name, and no
    address book.
    """
    rows = list(page.object_list)
    given = visitors.admit(
        ENTRY_KIND,
        visitors.client_address(request),
        [str(row.pk) for row in rows],
        settings.SEARCH_LIST_ENTRIES,
    )
    page.object_list = [row for row in rows if str(row.pk) in given]
    return len(rows) - len(page.object_list)


def _window_sentence(card: queries.ListCard) -> str:
    days = {
        "first": f"{card.visible_from.astimezone(clock.ZONE):%d/%m/%Y}",
        "last": f"{card.until_day:%d/%m/%Y}",
    }
    if card.running:
        return _("Posted from %(first)s until the end of %(last)s.") % days
    return _("Posted from %(first)s until %(last)s; the names were taken down, totals stay.") % days


def _document_link(request: HttpRequest, item: PublishedList) -> dict[str, str] | None:
    document = item.official_document
    if document is None or not document.live:
        return None
    return {"title": document.title, "url": document.get_url(request) or ""}
