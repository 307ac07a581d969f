"""Page types of the site frame."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel
from wagtail.fields import StreamField
from wagtail.models import Page

from portal.home.base import BasePage, OwnedPage, is_open, upkeep_panel
from portal.home.blocks import body_blocks, home_blocks
from portal.home.top_pages import TopPage

MOST_BELOW = 100


class HomePage(TopPage):
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
