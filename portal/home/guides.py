"""`/huong-dan/`: guides step by step, for residents, officers and editors."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.db import models
from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page

from portal.home.base import OwnedPage, is_open, upkeep_panel
from portal.home.blocks import TEXT_FEATURES, body_blocks

PAGE_SIZE = 60


class StepBlock(blocks.StructBlock):
    """One step: what to do, in words and, where it helps, in a picture."""

    title = blocks.CharBlock(label=_("what to do"), max_length=160)
    text = blocks.RichTextBlock(label=_("how"), features=TEXT_FEATURES, required=False)
    image = ImageChooserBlock(label=_("picture of the step"), required=False)

    class Meta:
        icon = "list-ol"
        label = _("Step")
        template = "home/blocks/step.html"


class GuideIndexPage(OwnedPage):
    """All guides (hướng dẫn), by whom they are for."""

    template = "home/guide_index_page.html"
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["home.GuidePage"]

    introduction = models.TextField(_("introduction"), max_length=1000, blank=True)

    content_panels: ClassVar[list[Panel]] = [
        *Page.content_panels,
        FieldPanel("introduction"),
        upkeep_panel(),
    ]

    class Meta:
        verbose_name = _("guide index")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """One page of the guides, those for residents first."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        shown = GuidePage.objects.child_of(self).live().filter(is_open())
        guides = Paginator(shown.order_by("audience", "path"), PAGE_SIZE)
        return context | {"guides": guides.get_page(request.GET.get("trang"))}


class GuidePage(OwnedPage):
    """A guide in numbered steps (hướng dẫn từng bước)."""

    class Audience(models.IntegerChoices):
        """Whom a guide is for; the number is the order."""

        RESIDENTS = 1, _("For residents")
        OFFICERS = 2, _("For officers")
        EDITORS = 3, _("For editors")

    search_kind: ClassVar[str] = "guide"
    template = "home/guide_page.html"
    parent_page_types: ClassVar[list[str]] = ["home.GuideIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    audience = models.PositiveSmallIntegerField(
        _("for whom"), choices=Audience.choices, default=Audience.RESIDENTS
    )
    lead = models.TextField(_("lead"), max_length=500, blank=True)
    needed_minutes = models.PositiveSmallIntegerField(
        _("minutes needed"), null=True, blank=True, help_text=_("Empty: not shown.")
    )
    steps = StreamField([("step", StepBlock())], verbose_name=_("steps"), blank=True)
    body = StreamField(body_blocks(), verbose_name=_("good to know"), blank=True)

    content_panels: ClassVar[list[Panel]] = [
        *Page.content_panels,
        FieldPanel("audience"),
        FieldPanel("lead"),
        FieldPanel("needed_minutes"),
        FieldPanel("steps"),
        FieldPanel("body"),
        upkeep_panel(),
    ]

    class Meta:
        verbose_name = _("guide")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The pictures of all steps at once: a guide may have as many as it has steps."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        pictures = [step.value["image"] for step in self.steps if step.value.get("image")]
        prefetch_related_objects(pictures, "renditions")
        return context
