"""Page types of the site frame."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models.functions import Length
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from portal.home import columns
from portal.home.base import BasePage, OwnedPage, is_surely_open
from portal.home.blocks import body_blocks, home_blocks

LONGEST_PATH = 20


class HomePage(BasePage):
    """The portal's front page; holds the imprint that the footer shows on every page."""

    template = "home/home_page.html"

    portal_name = models.CharField(_("name of the portal"), max_length=200, blank=True)
    agency = models.CharField(_("publishing agency"), max_length=200, blank=True)
    licence_number = models.CharField(_("licence"), max_length=200, blank=True)
    responsible_person = models.CharField(_("responsible person"), max_length=200, blank=True)
    address = models.CharField(_("address"), max_length=300, blank=True)
    telephone = models.CharField(_("telephone"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    copyright = models.CharField(_("copyright"), max_length=300, blank=True)
    attribution = models.CharField(_("attribution sentence"), max_length=300, blank=True)
    body = StreamField(home_blocks(), verbose_name=_("body"), blank=True)

    content_panels: ClassVar[list[Panel]] = [
        *Page.content_panels,
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldPanel("portal_name"),
                FieldPanel("agency"),
                FieldPanel("licence_number"),
                FieldPanel("responsible_person"),
                FieldPanel("address"),
                FieldPanel("telephone"),
                FieldPanel("email"),
                FieldPanel("copyright"),
                FieldPanel("attribution"),
            ],
            _("Imprint"),
        ),
    ]
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]

    class Meta:
        verbose_name = _("home page")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find the page of a whole path at once; the rest belongs to a routable page.

        Wagtail asks once per level. Here one query takes the live page with the longest
        matching address; what is left of the path is its own business.
        """
        if not path_components:
            return super().route(request, path_components)
        if len(path_components) > LONGEST_PATH:
            raise Http404
        passed = self._pages_on_the_way(path_components)
        if not passed:
            raise Http404
        request.portal_crumbs = passed  # type: ignore[attr-defined]
        page = passed[-1].specific
        page.known_open = passed[-1].known_open
        columns.carry(passed[-1], page)
        if len(passed) > 1 and passed[-2].depth == page.depth - 1:
            page._cached_parent_obj = passed[-2]
        rest = path_components[page.url_path.count("/") - self.url_path.count("/") :]
        return self._route_inside(request, page, rest) if rest else page.route(request, [])

    def _pages_on_the_way(self, components: list[str]) -> list[Page]:
        paths = [
            self.url_path + "".join(f"{part}/" for part in components[: end + 1])
            for end in range(len(components))
        ]
        found = Page.objects.live().filter(url_path__in=paths).order_by(Length("url_path"))
        return list(found.annotate(known_open=is_surely_open(), **columns.expressions()))

    def _route_inside(self, request: HttpRequest, page: Page, rest: list[str]) -> RouteResult:
        if not isinstance(page, RoutablePageMixin):
            raise Http404
        match = page.resolve_subpage("/" + "/".join(rest) + "/")
        request.routable_resolver_match = match  # type: ignore[attr-defined]
        return RouteResult(page, args=tuple(match))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The page itself is the front page of its own frame."""
        request.portal_home = self  # type: ignore[attr-defined]
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context


class StandardPage(OwnedPage):
    """A page of plain text: about, contact, privacy, guide."""

    search_kind: ClassVar[str] = "page"
    template = "home/standard_page.html"

    body = StreamField(body_blocks(), verbose_name=_("body"), blank=True)

    content_panels: ClassVar[list[Panel]] = [
        *Page.content_panels,
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("owner_name"), FieldPanel("review_on")], _("Upkeep")),
    ]

    class Meta:
        verbose_name = _("standard page")
