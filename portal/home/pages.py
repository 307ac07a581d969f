"""Page types of the site frame."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel
from wagtail.fields import StreamField
from wagtail.models import Page

from portal.home.base import OwnedPage
from portal.home.blocks import body_blocks, home_blocks
from portal.home.top_pages import TopPage


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
