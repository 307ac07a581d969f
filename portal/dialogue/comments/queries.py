"""Reads of comments that pages and moderators share."""

from __future__ import annotations

from django.db.models import QuerySet
from wagtail.models import Page

from portal.dialogue.comments.models import Comment
from search.text import fold


def shown_on(page: Page) -> QuerySet[Comment]:
    """Approved comments of a page, the newest first."""
    return Comment.objects.filter(page=page.pk, state=Comment.State.APPROVED)


def queue(state: str, words: str, page: int | None) -> QuerySet[Comment]:
    """What moderators look through; what waits longest comes first."""
    rows = Comment.objects.select_related("page", "decided_by")
    if state in Comment.State.values:
        rows = rows.filter(state=state)
    if page is not None:
        rows = rows.filter(page=page)
    for word in fold(words).split()[:10]:
        rows = rows.filter(words__contains=word)
    waiting = state == Comment.State.WAITING
    return rows.order_by("sent_at", "pk") if waiting else rows.order_by("-sent_at", "-pk")
