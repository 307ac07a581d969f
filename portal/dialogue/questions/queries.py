"""Reads of questions that pages, feed, search and officers share."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Count, QuerySet

from portal.areas.models import Unit, User
from portal.areas.queries import units_of_province
from portal.dialogue.questions.models import Question, QuestionFile
from portal.dialogue.questions.states import State
from portal.jobs import clock
from portal.news.models import Field
from search.text import fold

LONGEST = 100


def public_files(question: Question) -> QuerySet[QuestionFile]:
    """What everybody sees beside a published question, without the contents."""
    rows = question.files.filter(published=True, question__state=State.PUBLISHED)
    return rows.defer("content", "name")


def published() -> QuerySet[Question]:
    """Questions with their answers, the newest first."""
    rows = Question.objects.filter(state=State.PUBLISHED).select_related("field", "place")
    return rows.order_by("-published_at", "-pk")


def matching(field: str, words: str) -> QuerySet[Question]:
    """Published ones of a field, with all of the words in question or answer."""
    rows = published()
    if field:
        rows = rows.filter(field__slug=_typed(field))
    for word in fold(_typed(words)).split():
        rows = rows.filter(words__contains=word)
    return rows


def _typed(text: str) -> str:
    """What somebody put into an address, as far as a database takes it."""
    return text[:LONGEST].replace("\x00", "")


def fields_with_counts() -> list[dict[str, object]]:
    """Fields that have published questions, for the filter."""
    rows = Question.objects.filter(state=State.PUBLISHED, field__isnull=False).order_by()
    counted = rows.values("field__slug", "field__name").annotate(count=Count("pk"))
    return [
        {"slug": row["field__slug"], "name": row["field__name"], "count": row["count"]}
        for row in counted.order_by("field__name")
    ]


def fields() -> QuerySet[Field]:
    """All fields of work."""
    return Field.objects.order_by("name")


def communes() -> QuerySet[Unit]:
    """The communes of today."""
    return units_of_province(settings.PROVINCE_CODE, clock.today())


def of_officer(user: User, state: str, field: str) -> QuerySet[Question]:
    """The questions of the user's area; what waits longest first, then what is closed."""
    rows = Question.objects.visible_to(user).select_related("field", "place", "unit")
    if state in State.values:
        rows = rows.filter(state=state)
    if field:
        rows = rows.filter(field__slug=_typed(field))
    waits = state in {State.RECEIVED, State.FORWARDED}
    return rows.order_by("sent_at", "pk") if waits else rows.order_by("-sent_at", "-pk")
