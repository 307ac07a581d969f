"""The contact page, and the page of links that leave the portal."""

from __future__ import annotations

from typing import Any, ClassVar
from urllib.parse import urlsplit

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, InlinePanel, Panel
from wagtail.fields import StreamField
from wagtail.models import Page

from portal.home.base import upkeep_panel
from portal.home.pages import StandardPage
from portal.home.persons import ContactPerson


class ContactPage(StandardPage):
    """Contact (liên hệ): the imprint's address and telephone, and the people behind them."""

    template = "home/contact_page.html"
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = []

    content_panels: ClassVar[list[Panel]] = [
        *Page.content_panels,
        FieldPanel("body"),
        InlinePanel("contacts", label=_("Contact officer")),
        upkeep_panel(),
    ]

    class Meta:
        verbose_name = _("contact page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The people to turn to."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | {"contacts": list(self.contacts.all())}


class PortalContact(ContactPerson):
    """Whom to turn to about the portal."""

    page = ParentalKey(ContactPage, on_delete=models.CASCADE, related_name="contacts")

    class Meta(ContactPerson.Meta):
        verbose_name = _("contact officer of the portal")


class OutwardLinkValue(blocks.StructValue):
    """The link with the host that it leads to."""

    @property
    def host(self) -> str:
        """What the reader will see in the address bar."""
        return urlsplit(str(self.get("url") or "")).hostname or ""


class OutwardLinkBlock(blocks.StructBlock):
    """A link to another agency's service."""

    title = blocks.CharBlock(label=_("title"), max_length=160)
    url = blocks.URLBlock(label=_("web address"))
    text = blocks.TextBlock(label=_("what one does there"), required=False, max_length=300)

    class Meta:
        icon = "link-external"
        label = _("Link out of the portal")
        value_class = OutwardLinkValue


class LinksPage(StandardPage):
    """Links to national services (liên kết), each saying that it leaves the portal."""

    template = "home/links_page.html"
    parent_page_types: ClassVar[list[str]] = ["home.HomePage", "home.StandardPage"]
    subpage_types: ClassVar[list[str]] = []

    links = StreamField([("link", OutwardLinkBlock())], verbose_name=_("links"), blank=True)

    content_panels: ClassVar[list[Panel]] = [
        *Page.content_panels,
        FieldPanel("body"),
        FieldPanel("links"),
        upkeep_panel(),
    ]

    class Meta:
        verbose_name = _("page of outward links")
