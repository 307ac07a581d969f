"""Home, blog, documents, notices, plain pages: what a beginner's Wagtail site has."""

from __future__ import annotations

from typing import Any

import django_filters
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.fields import RichTextField
from wagtail.models import Page

NEWEST = 6
RELATED = 4
RUNNING = 2
ON_HOME = 7
LISTED = 20
WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")


def frame() -> dict[str, Any]:
    """What stands above every page."""
    today = timezone.localdate()
    day = f"{WEEKDAYS[today.weekday()]}, {today:%d/%m/%Y}"
    return {"notices": NoticePage.running(), "today": day}


class HomePage(Page):
    """The root of the site, and what the footer says."""

    portal_name = models.CharField(max_length=200, blank=True)
    agency = models.CharField(max_length=200, blank=True)
    licence_number = models.CharField(max_length=200, blank=True)
    responsible_person = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=300, blank=True)
    telephone = models.CharField(max_length=60, blank=True)
    email = models.EmailField(blank=True)
    copyright = models.CharField(max_length=300, blank=True)
    attribution = models.CharField(max_length=300, blank=True)
    template = "blog/home_page.html"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The latest entries."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        posts = BlogPage.objects.live().select_related("image").order_by("-date")[:ON_HOME]
        documents = DocumentPage.objects.live().order_by("-issued_on")[:NEWEST]
        return context | frame() | {"posts": posts, "documents": documents}


class PlainPage(Page):
    """A page that fills the menu."""

    body = RichTextField(blank=True)
    template = "blog/plain_page.html"


class NoticePage(Page):
    """A notice with its days; those of today stand above every page."""

    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    urgent = models.BooleanField(default=False)
    body = RichTextField(blank=True)
    template = "blog/plain_page.html"

    @classmethod
    def running(cls) -> models.QuerySet[NoticePage]:
        """Urgent ones first."""
        today = timezone.localdate()
        found = cls.objects.live().filter(valid_from__lte=today)
        found = found.filter(models.Q(valid_until=None) | models.Q(valid_until__gte=today))
        notices: models.QuerySet[NoticePage] = found.order_by("-urgent", "-valid_from")
        return notices[:RUNNING]


class BlogIndexPage(Page):
    """The list of posts."""

    intro = RichTextField(blank=True)
    template = "blog/blog_index_page.html"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Posts, newest first."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["posts"] = BlogPage.objects.descendant_of(self).live().order_by("-date")[:20]
        return context


class BlogPageTag(TaggedItemBase):
    """A tag on a post."""

    content_object = ParentalKey(
        "blog.BlogPage", on_delete=models.CASCADE, related_name="tagged_items"
    )


class BlogPage(Page):
    """A post."""

    date = models.DateTimeField()
    intro = models.TextField(blank=True)
    body = RichTextField(blank=True)
    image = models.ForeignKey(
        "wagtailimages.Image", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    caption = models.CharField(max_length=300, blank=True)
    byline = models.CharField(max_length=200, blank=True)
    tags = ClusterTaggableManager(through=BlogPageTag, blank=True)
    template = "blog/blog_page.html"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The newest posts, those that share a tag, the one before and the one after."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        others = BlogPage.objects.live().exclude(pk=self.pk).order_by("-date")
        context["newest"] = others[:NEWEST]
        context["related"] = others.filter(tags__in=self.tags.all()).distinct()[:RELATED]
        context["previous"] = others.filter(date__lt=self.date).first()
        context["next"] = others.filter(date__gt=self.date).last()
        return context | frame()


class DocumentFilter(django_filters.FilterSet):
    """What the address may ask for."""

    q = django_filters.CharFilter(field_name="title", lookup_expr="icontains")
    nam = django_filters.NumberFilter(field_name="issued_on", lookup_expr="year")
    loai = django_filters.AllValuesFilter(field_name="kind")
    issuer = django_filters.AllValuesFilter()


class DocumentIndexPage(Page):
    """The list of documents with a form of filters, in pages."""

    template = "blog/document_index_page.html"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """One page of the filtered list, the newest first."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        found = DocumentPage.objects.descendant_of(self).live().order_by("-issued_on")
        chosen = DocumentFilter(request.GET, queryset=found)
        documents = Paginator(chosen.qs, LISTED).get_page(request.GET.get("trang"))
        return context | frame() | {"filter": chosen, "documents": documents}


class DocumentPage(Page):
    """A document without its chain, state and files."""

    number = models.CharField(max_length=60)
    kind = models.CharField(max_length=60)
    issuer = models.CharField(max_length=200)
    issued_on = models.DateField()
    body = RichTextField(blank=True)
    template = "blog/plain_page.html"
