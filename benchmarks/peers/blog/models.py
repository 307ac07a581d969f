"""Home page, blog index, blog post, notice, plain page: what a beginner's Wagtail site has."""

from __future__ import annotations

from typing import Any

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
WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")


class HomePage(Page):
    """The root of the site, and what the footer says."""

    body = RichTextField(blank=True)
    portal_name = models.CharField(max_length=200, blank=True)
    agency = models.CharField(max_length=200, blank=True)
    licence_number = models.CharField(max_length=200, blank=True)
    responsible_person = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=300, blank=True)
    telephone = models.CharField(max_length=60, blank=True)
    email = models.EmailField(blank=True)
    copyright = models.CharField(max_length=300, blank=True)
    attribution = models.CharField(max_length=300, blank=True)
    template = "blog/plain_page.html"


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
        context["notices"] = NoticePage.running()
        today = timezone.localdate()
        context["today"] = f"{WEEKDAYS[today.weekday()]}, {today:%d/%m/%Y}"
        return context
