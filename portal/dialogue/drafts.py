"""Drafts for comment (góp ý dự thảo): text or files, a period, comments, and the answer to them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, Panel
from wagtail.fields import StreamField
from wagtail.models import Page

from portal.dialogue.comments import below
from portal.home.base import BasePage, is_open
from portal.home.blocks import body_blocks
from portal.jobs import clock
from portal.news import files
from portal.news.attachments import Attachment
from portal.news.file_panel import FileStatesPanel

PAGE_SIZE = 20


class DraftState(models.TextChoices):
    """Where the consultation stands today; the values are the classes of the tags."""

    AHEAD = "chua", _("comments from later on")
    RUNNING = "con", _("open for comments")
    OVER = "xong", _("consultation over")


class DraftIndexPage(BasePage):
    """All drafts for comment, those that are open first (góp ý dự thảo)."""

    template = "dialogue/draft_index_page.html"
    max_count_per_parent = 1
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["dialogue.DraftPage"]

    introduction = models.TextField(_("introduction"), blank=True)

    content_panels: ClassVar[list[Panel]] = [*Page.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = _("index of drafts for comment")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """One page of the drafts."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        paginator = Paginator(drafts_below(self), PAGE_SIZE)
        return context | {"drafts": paginator.get_page(request.GET.get("trang"))}


class DraftPage(BasePage):
    """One draft of a document on which the public is heard (dự thảo lấy ý kiến)."""

    search_kind: ClassVar[str] = "draft"
    template = "dialogue/draft_page.html"
    parent_page_types: ClassVar[list[str]] = ["dialogue.DraftIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    agency = models.CharField(_("agency that drafts"), max_length=200)
    opens_on = models.DateField(_("comments from"), default=clock.today)
    closes_on = models.DateField(_("comments until"), help_text=_("The last day is included."))
    lead = models.TextField(_("what it is about, in one or two sentences"), max_length=500)
    body = StreamField(body_blocks(), verbose_name=_("text of the draft"), blank=True)
    outcome = StreamField(
        body_blocks(),
        verbose_name=_("how the comments were answered"),
        blank=True,
        help_text=_("Published after the period: what was taken over, what was not and why."),
    )
    demo_note = models.CharField(_("note on demo content"), max_length=300, blank=True)

    content_panels: ClassVar[list[Panel]] = [
        *Page.content_panels,
        FieldPanel("agency"),
        FieldRowPanel([FieldPanel("opens_on"), FieldPanel("closes_on")]),
        FieldPanel("lead"),
        FieldPanel("body"),
        InlinePanel("files", label=_("File")),
        FileStatesPanel("files"),
        MultiFieldPanel([FieldPanel("outcome")], _("After the period")),
        FieldPanel("demo_note"),
    ]

    class Meta:
        verbose_name = _("draft for comment")

    def clean(self) -> None:
        """The last day is not before the first."""
        super().clean()
        if self.opens_on and self.closes_on and self.closes_on < self.opens_on:
            raise ValidationError({"closes_on": _("The last day is before the first.")})

    @property
    def state(self) -> DraftState:
        """The state today."""
        today = clock.today()
        if today < self.opens_on:
            return DraftState.AHEAD
        return DraftState.RUNNING if today <= self.closes_on else DraftState.OVER

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The draft with its files and what was said about it."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        said = below.render(request, self) if self.pk else None
        return context | {"files": files.shown(self.files), "said": said}


class DraftFile(Attachment):
    """A file of a draft."""

    page = ParentalKey(DraftPage, on_delete=models.CASCADE, related_name="files")


def drafts_below(page: DraftIndexPage) -> QuerySet[DraftPage]:
    """Live, open drafts: those to comment on now, then the coming ones, then the past ones."""
    today = clock.today()
    order = Case(
        When(opens_on__gt=today, then=Value(1)),
        When(closes_on__lt=today, then=Value(2)),
        default=Value(0),
        output_field=IntegerField(),
    )
    found: QuerySet[DraftPage] = (
        DraftPage.objects.live()
        .filter(is_open(), path__startswith=page.path)
        .defer_streamfields()
        .annotate(turn=order)
        .order_by("turn", "-closes_on", "-pk")
    )
    return found


def running_drafts() -> QuerySet[DraftPage]:
    """Live, open drafts to comment on today, the first to close first."""
    today = clock.today()
    found: QuerySet[DraftPage] = (
        DraftPage.objects.live()
        .filter(is_open(), opens_on__lte=today, closes_on__gte=today)
        .defer_streamfields()
        .order_by("closes_on", "-pk")
    )
    return found


def is_running(page: Page) -> bool:
    """Whether comments are taken by the calendar."""
    return isinstance(page, DraftPage) and page.state is DraftState.RUNNING
