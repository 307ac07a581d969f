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

from portal.home.base import BasePage, OwnedPage, is_open, is_surely_open, upkeep_panel
from portal.home.blocks import body_blocks, home_blocks

LONGEST_PATH = 20
MOST_BELOW = 100


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
    security_email = models.EmailField(
        _("e-mail for reports of security flaws"),
        blank=True,
        help_text=_("Named in security.txt; empty: the e-mail above."),
    )
    badge_image = models.ForeignKey(
        "home.PortalImage",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("trust badge"),
        help_text=_("The picture is kept here; nothing is loaded from another host."),
    )
    badge_url = models.URLField(_("address behind the trust badge"), blank=True)
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
                FieldPanel("security_email"),
            ],
            _("Imprint"),
        ),
        MultiFieldPanel([FieldPanel("badge_image"), FieldPanel("badge_url")], _("Trust badge")),
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
        found, passed = self._pages_on_the_way(path_components)
        if not passed:
            raise Http404
        request.portal_translations = {  # type: ignore[attr-defined]
            page.locale_id: page
            for page in found
            if page.known_open and page.translation_key == passed[-1].translation_key
        }
        request.portal_crumbs = passed  # type: ignore[attr-defined]
        page = passed[-1].specific
        page.known_open = passed[-1].known_open
        if len(passed) > 1 and passed[-2].depth == page.depth - 1:
            page._cached_parent_obj = passed[-2]
        rest = path_components[page.url_path.count("/") - self.url_path.count("/") :]
        return self._route_inside(request, page, rest) if rest else page.route(request, [])

    def _pages_on_the_way(self, components: list[str]) -> tuple[list[Page], list[Page]]:
        """The pages on the way with their translations, and those on the way alone, by length."""
        paths = [
            self.url_path + "".join(f"{part}/" for part in components[: end + 1])
            for end in range(len(components))
        ]
        keys = Page.objects.filter(url_path__in=paths).values("translation_key")
        pages = Page.objects.live().filter(translation_key__in=keys).order_by(Length("url_path"))
        found = list(pages.annotate(known_open=is_surely_open()))
        return found, [page for page in found if page.url_path in paths]

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
    in_footer = models.BooleanField(
        _("link in the footer"), default=False, help_text=_("Only for pages below the home page.")
    )

    content_panels: ClassVar[list[Panel]] = [
        *Page.content_panels,
        FieldPanel("body"),
        upkeep_panel(),
    ]
    promote_panels: ClassVar[list[Panel]] = [*BasePage.promote_panels, FieldPanel("in_footer")]

    class Meta:
        verbose_name = _("standard page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The pages below, so that a section needs no list kept by hand."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        below = self.get_children().live().filter(is_open()).order_by("path")
        return context | {"below": list(below[:MOST_BELOW])}
