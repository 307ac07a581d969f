"""Pages of tags (thẻ): the articles that carry one, newest first."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page as Slice
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from taggit.models import Tag

from portal.news import models, queries


def of_slug(slug: str) -> Tag:
    """The tag of an address; one that no open article carries is not there."""
    tag = Tag.objects.filter(slug=slug[:100].replace("\x00", "")).first()
    if tag is None or not articles(tag).exists():
        raise Http404
    return tag


def articles(tag: Tag) -> QuerySet[Any]:
    """Live, open articles with a tag, newest first."""
    carried = models.ArticleTag.objects.filter(tag=tag, content_object=OuterRef("pk"))
    return queries.articles().filter(Exists(carried))


def list_context(request: HttpRequest, tag: Tag, size: int) -> dict[str, Any]:
    """One page of the articles with a tag."""
    paginator = Paginator(articles(tag), size)
    shown: Slice[Any] = paginator.get_page(request.GET.get("trang"))
    shown.object_list = queries.dressed(shown.object_list)
    heading = _("Articles about “%(tag)s”") % {"tag": tag.name}
    return {"tag": tag, "articles": shown, "paginator": paginator, "heading": heading}
