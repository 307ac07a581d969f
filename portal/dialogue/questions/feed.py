"""RSS of published questions and answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Rss201rev2Feed

from portal.dialogue.questions import queries

if TYPE_CHECKING:
    from portal.dialogue.pages import QuestionIndexPage

MOST = 30


def answer(request: HttpRequest, page: QuestionIndexPage) -> HttpResponse:
    """The newest ones."""
    feed = Rss201rev2Feed(
        title=page.title,
        link=page.full_url,
        description=page.introduction or page.title,
        language="vi",
        feed_url=request.build_absolute_uri(),
    )
    for question in queries.published()[:MOST]:
        feed.add_item(
            title=question.title,
            link=request.build_absolute_uri(f"{page.url}{question.slug}/"),
            description=question.text,
            pubdate=question.published_at,
            categories=[question.field.name] if question.field else [],
        )
    text = feed.writeString("utf-8")
    return HttpResponse(text, content_type="application/rss+xml; charset=utf-8")
