"""How published questions become findable, with their answers; nothing of who asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _

from portal.dialogue.pages import QuestionIndexPage
from portal.dialogue.questions import queries
from portal.dialogue.questions.models import Question
from portal.dialogue.questions.services import KIND
from portal.home.searchable import capped, public
from search import outbox
from search.contract import SearchEntry
from search.registry import register_searchable


def load(keys: Sequence[str]) -> Mapping[str, SearchEntry]:
    """Nothing while their page is not public."""
    page = public(QuestionIndexPage).first()
    if page is None:
        return {}
    rows = queries.published().filter(pk__in=keys)
    return {str(row.pk): entry(row, page.url) for row in rows}


def entry(row: Question, base: str) -> SearchEntry:
    """Title, question and answer; the name stays on the page."""
    field = row.field.name if row.field else ""
    line = " · ".join(part for part in (field, row.agency) if part)
    return SearchEntry(
        kind=KIND,
        key=str(row.pk),
        version=0,
        title=row.title,
        url=f"{base}{row.slug}/",
        summary=row.text[:300],
        body=capped(row.text, row.answer, row.agency),
        date=row.answered_on,
        facets={"year": (str(row.answered_on.year),)} if row.answered_on else {},
        places=(row.place.code,) if row.place else (),
        meta={"line": line},
    )


def keys() -> Iterator[str]:
    """Every published question."""
    if public(QuestionIndexPage).exists():
        for key in queries.published().order_by("pk").values_list("pk", flat=True).iterator():
            yield str(key)


def register() -> None:
    """Called once from the app's `ready()`; moving or hiding the index moves all of them."""
    register_searchable(KIND, label=_("Questions and answers"), load_many=load, keys=keys)
    for signal in (post_save, post_delete):
        signal.connect(_all_again, sender=QuestionIndexPage, dispatch_uid=f"questions-{signal}")


def _all_again(**_signal: Any) -> None:
    rows = queries.published().values_list("pk", flat=True)
    with transaction.atomic():
        outbox.add_many([(KIND, str(pk)) for pk in rows])
