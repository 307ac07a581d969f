"""`/lanh-dao/`: leaders with biography, post, term and field in charge."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.db import models
from django.db.models import Prefetch
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, Panel
from wagtail.fields import StreamField
from wagtail.models import Page

from portal.home.base import OwnedPage, is_open, upkeep_panel
from portal.home.blocks import body_blocks
from portal.home.models import PortalImage

PAGE_SIZE = 60
SMALL = ("fill-160x200|format-webp", "fill-160x200|format-jpeg")


class LeaderIndexPage(OwnedPage):
    """The leaders (lãnh đạo) in the editor's order, by the body they belong to."""

    template = "home/leader_index_page.html"
    parent_page_types: ClassVar[list[str]] = ["home.HomePage", "home.StandardPage"]
    subpage_types: ClassVar[list[str]] = ["home.LeaderPage"]

    introduction = models.TextField(_("introduction"), max_length=1000, blank=True)

    content_panels: ClassVar[list[Panel]] = [
        *Page.content_panels,
        FieldPanel("introduction"),
        upkeep_panel(),
    ]

    class Meta:
        verbose_name = _("leader index")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """One page of the leaders with their small portraits."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        portraits = PortalImage.objects.prefetch_renditions(*SMALL)
        shown = LeaderPage.objects.child_of(self).live().filter(is_open()).order_by("path")
        shown = shown.prefetch_related(Prefetch("portrait", queryset=portraits))
        return context | {"leaders": Paginator(shown, PAGE_SIZE).get_page(request.GET.get("trang"))}


class LeaderPage(OwnedPage):
    """A leader: post, term, field in charge, biography (tiểu sử)."""

    search_kind: ClassVar[str] = "leader"
    template = "home/leader_page.html"
    parent_page_types: ClassVar[list[str]] = ["home.LeaderIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    post = models.CharField(_("post"), max_length=200)
    body_name = models.CharField(
        _("body of the state"),
        max_length=200,
        blank=True,
        help_text=_("Such as: Ủy ban nhân dân tỉnh"),
    )
    portrait = models.ForeignKey(
        PortalImage,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("portrait"),
    )
    term = models.CharField(_("term of office"), max_length=60, blank=True)
    in_charge_of = models.TextField(_("field in charge"), max_length=1000, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    biography = StreamField(body_blocks(), verbose_name=_("biography"), blank=True)

    content_panels: ClassVar[list[Panel]] = [
        FieldPanel("title", heading=_("full name")),
        FieldRowPanel([FieldPanel("post"), FieldPanel("body_name")]),
        FieldRowPanel([FieldPanel("term"), FieldPanel("email")]),
        FieldPanel("portrait"),
        FieldPanel("in_charge_of"),
        FieldPanel("biography"),
        upkeep_panel(),
    ]

    class Meta:
        verbose_name = _("leader")

    def slug_source(self) -> str:
        """The post: an address names nobody, and outlives the person in the post."""
        return self.post or super().slug_source()

    @property
    def initials(self) -> str:
        """What stands where a portrait is missing: the first letters of family and given name."""
        words = self.title.split()
        return "".join(word[0] for word in (words[:1] + words[-1:] if words[1:] else words)).upper()
