"""How often articles and official documents were read, by day; nothing of a reader is kept."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models, transaction
from django.db.models import F
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from portal.home.visits import PAGE_HEADER, PageViews
from portal.news import models as models_of_news


class PageReading(models.Model):
    """The views of one page on one day (lượt xem), written in batches."""

    page = models.ForeignKey(Page, models.CASCADE, related_name="+")
    day = models.DateField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("views of a page")
        constraints = [models.UniqueConstraint(fields=["page", "day"], name="reading_of_a_day")]
        indexes = [models.Index(fields=["day"], name="readings_by_day")]
        permissions = [
            ("view_statistics", "Can see what is read and written"),
            ("import_content", "Can take in articles and documents"),
        ]

    def __str__(self) -> str:
        return f"{self.page_id} {self.day}: {self.count}"


class CountedMixin:
    """A page whose views are counted by themselves, also when the cache serves it."""

    pk: int

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """As ever; the header tells the counter which page it was, and goes no further."""
        response: HttpResponseBase = super().serve(request, *args, **kwargs)  # type: ignore[misc]
        response.headers[PAGE_HEADER] = str(self.pk)
        return response


@transaction.atomic
def write(views: PageViews) -> None:
    """Add what one process has counted; pages deleted meanwhile are left out."""
    known = set(Page.objects.filter(pk__in={pk for _day, pk in views}).values_list("pk", flat=True))
    rows = {key: count for key, count in sorted(views.items()) if key[1] in known}
    empty = [PageReading(page_id=pk, day=day) for day, pk in rows]
    PageReading.objects.bulk_create(empty, ignore_conflicts=True)
    for (day, pk), count in rows.items():
        PageReading.objects.filter(page=pk, day=day).update(count=F("count") + count)
        models_of_news.ArticlePage.objects.filter(pk=pk).update(views=F("views") + count)


def first_day() -> date | None:
    """Since when views are counted."""
    return PageReading.objects.order_by("day").values_list("day", flat=True).first()
