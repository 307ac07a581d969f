"""Notices (thông báo) with their days of validity."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, Panel
from wagtail.fields import StreamField
from wagtail.models import Page

from portal.home.base import BasePage
from portal.home.blocks import body_blocks
from portal.jobs import clock
from portal.news import files, queries
from portal.news.file_panel import FileStatesPanel
from portal.news.previews import PreviewsMixin

PAGE_SIZE = 20


class NoticeIndexPage(BasePage):
    """All notices, running ones first."""

    template = "news/notice_index_page.html"
    parent_page_types: ClassVar[list[str]] = ["home.HomePage", "home.ComponentHomePage"]
    subpage_types: ClassVar[list[str]] = ["news.NoticePage"]

    class Meta:
        verbose_name = _("notice index")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """One page of the notices, all of them or those of a tab."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        chosen = str(request.GET.get("loc") or "")
        tabs, found = queries.notice_tabs(self, chosen)
        notices = Paginator(found, PAGE_SIZE).get_page(request.GET.get("trang"))
        base = next((f"loc={tab['value']}" for tab in tabs if tab["selected"] and tab["value"]), "")
        return context | {
            "notices": notices,
            "paginator": notices.paginator,
            "tabs": tabs,
            "base": base,
        }


class NoticePage(PreviewsMixin, BasePage):
    """One notice; an urgent one stands above every page while it runs."""

    search_kind: ClassVar[str] = "notice"
    template = "news/notice_page.html"
    parent_page_types: ClassVar[list[str]] = ["news.NoticeIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    valid_from = models.DateField(_("valid from"), default=clock.today)
    valid_until = models.DateField(
        _("valid until"), null=True, blank=True, help_text=_("The last day is included.")
    )
    urgent = models.BooleanField(_("urgent"), default=False)
    agency = models.CharField(_("agency"), max_length=200, blank=True)
    body = StreamField(body_blocks(), verbose_name=_("body"), blank=True)

    content_panels: ClassVar[list[Panel]] = [
        *Page.content_panels,
        FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_until")]),
        FieldPanel("urgent"),
        FieldPanel("agency"),
        FieldPanel("body"),
        InlinePanel("attachments", label=_("Attachment")),
        FileStatesPanel("attachments"),
    ]

    class Meta:
        verbose_name = _("notice")

    def clean(self) -> None:
        """The last day is not before the first."""
        super().clean()
        if self.valid_until and self.valid_from and self.valid_until < self.valid_from:
            raise ValidationError({"valid_until": _("The last day is before the first.")})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The notice with its attachments."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | {"attachments": files.with_pictures(files.shown(self.attachments), self)}

    def is_running(self, on: date) -> bool:
        """Whether the notice counts on that day."""
        return self.valid_from <= on and (self.valid_until is None or on <= self.valid_until)

    @property
    def running(self) -> bool:
        """Whether the notice counts today."""
        return self.is_running(clock.today())

    @property
    def coming(self) -> bool:
        """Whether its first day is still to come."""
        return self.valid_from > clock.today()
