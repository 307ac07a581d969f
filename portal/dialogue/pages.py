"""Page types of the room."""

from __future__ import annotations

from http import HTTPMethod
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.contrib.routable_page.models import path
from wagtail.models import Page

from portal.dialogue.questions import feed, queries, views
from portal.home.base import BasePage, RoutableMixin

PAGE_SIZE = 20
MOST_IN_SITEMAP = 2000
WITH_FORMS: list[HTTPMethod] = [
    HTTPMethod.GET,
    HTTPMethod.HEAD,
    HTTPMethod.OPTIONS,
    HTTPMethod.POST,
]


class QuestionIndexPage(RoutableMixin, BasePage):
    """Questions and answers (hỏi đáp): the published ones, the form, and the way to follow up."""

    template = "dialogue/question_index_page.html"
    max_count_per_parent = 1
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    allowed_http_methods: ClassVar[list[HTTPMethod]] = WITH_FORMS

    introduction = models.TextField(_("introduction"), blank=True)

    content_panels: ClassVar[list[Panel]] = [*Page.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = _("index of questions and answers")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """One page of the published questions that fit the filter in the address."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        field, words = request.GET.get("linh-vuc", ""), request.GET.get("q", "")[:100]
        rows = Paginator(queries.matching(field, words), PAGE_SIZE)
        asked = {name: text for name, text in (("linh-vuc", field), ("q", words)) if text}
        return context | {
            "questions": rows.get_page(request.GET.get("trang")),
            "fields": queries.fields_with_counts(),
            "field": field,
            "words": words,
            "query": urlencode(asked),
        }

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """The page, and every published question."""
        base = self.get_full_url(request)
        rows = queries.published().values_list("slug", "published_at")[:MOST_IN_SITEMAP]
        asked = [{"location": f"{base}{slug}/", "lastmod": at} for slug, at in rows]
        return [*super().get_sitemap_urls(request), *asked]

    @path("gui/", name="ask")
    def ask(self, request: HttpRequest) -> HttpResponse:
        """The form for a question."""
        return views.ask(request, self)

    @path("da-gui/", name="receipt")
    def receipt(self, request: HttpRequest) -> HttpResponse:
        """Reference and code after sending."""
        return views.receipt(request, self)

    @path("tra-cuu/", name="follow")
    def follow(self, request: HttpRequest) -> HttpResponse:
        """What became of a question."""
        return views.follow(request, self)

    @path("rss/", name="rss")
    def rss(self, request: HttpRequest) -> HttpResponse:
        """The newest answers as a feed."""
        return feed.answer(request, self)

    @path("<slug:slug>/tep/<int:number>/", name="file")
    def file(self, request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
        """A file beside a published question."""
        return views.public_file(request, slug, number)

    @path("<slug:slug>/", name="question")
    def question(self, request: HttpRequest, slug: str) -> HttpResponse:
        """One published question."""
        return views.show(request, self, slug)
