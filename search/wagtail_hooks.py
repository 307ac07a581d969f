"""The back office of the room: abbreviations, the state of search, what visitors look for."""

from __future__ import annotations

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from search.admin_views import may_keep_search, status_page
from search.models import Abbreviation
from search.query_views import RIGHT, may_read_queries, queries_page


class AbbreviationViewSet(SnippetViewSet):
    """Who has the permission adds and changes; searches follow within half a minute."""

    model = Abbreviation
    icon = "bold"
    menu_label = _("Abbreviations in search")
    menu_name = "search-abbreviations"
    menu_order = 520
    add_to_admin_menu = True
    list_display = ("short", "long")
    search_fields = ("short", "long")
    ordering = ("short", "long")
    list_per_page = 100
    panels = (
        HelpPanel(content=_("A short form may stand more than once, for each of its meanings.")),
        FieldPanel("short"),
        FieldPanel("long"),
    )


register_snippet(AbbreviationViewSet)


class QueriesMenuItem(MenuItem):
    """Shown to those who may open it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_read_queries(request.user)


class StatusMenuItem(MenuItem):
    """Shown to those who may open it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_keep_search(request.user)


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]
def status_urls() -> list[URLPattern]:
    """The state, whose buttons post to it, and the counted queries."""
    return [
        path("tim-kiem/", status_page, name="search_status"),
        path("tim-kiem/tu-khoa/", queries_page, name="search_queries"),
    ]


@hooks.register("register_reports_menu_item")  # type: ignore[untyped-decorator]
def status_menu_item() -> MenuItem:
    """Beside Wagtail's own reports."""
    return StatusMenuItem(
        _("State of search"), reverse("search_status"), icon_name="search", order=910
    )


@hooks.register("register_reports_menu_item")  # type: ignore[untyped-decorator]
def queries_menu_item() -> MenuItem:
    """Beside the state of search."""
    return QueriesMenuItem(
        _("What visitors search for"), reverse("search_queries"), icon_name="search", order=911
    )


@hooks.register("register_permissions")  # type: ignore[untyped-decorator]
def permissions() -> QuerySet[Permission]:
    """The right stands in the form of a group."""
    app, _dot, codename = RIGHT.partition(".")
    return Permission.objects.filter(content_type__app_label=app, codename=codename)
