"""The answers of a record in words: everything that was given, and what was left open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from portal.forms.inbox.records import type_of
from portal.forms.models import Submission
from portal.forms.questionnaire import Field, Group
from portal.forms.reading import Chapter, Part, Read, title_of, words
from portal.forms.walk import ID, Spot, Walk
from portal.jobs import clock


def walk_of(record: Submission) -> Walk | None:
    """The record's questionnaire with its answers; `None` for a version that is not kept here."""
    form = type_of(record)
    questionnaire = form.versions.get(record.version) if form else None
    if form is None or questionnaire is None or record.answers is None:
        return None
    return Walk(questionnaire, record.answers, {}, _day_of(record))


def chapters(walk: Walk) -> list[Chapter]:
    """Step by step.

    Which questions were put may depend on an age, and the reference day may have moved since: an
    answer is shown wherever it stands, an open question where it would be put today.
    """
    found = (Chapter(step, list(_parts(walk, step))) for step in walk.questionnaire.steps)
    return [chapter for chapter in found if chapter.parts]


def _day_of(record: Submission) -> date:
    form = type_of(record)
    found = form.round() if form else None
    return found.reference_day if found else record.sent_at.astimezone(clock.ZONE).date()


def _parts(walk: Walk, step: Any) -> Iterator[Part]:
    if not isinstance(step, Group):
        rows = _rows(step.fields, walk.answers, _asked(walk, step.slug, ""))
        if rows:
            yield Part(str(step.title), Spot(step.slug), rows, done=True)
        return
    for item in walk.items(step):
        rows = _rows(step.fields, item, _asked(walk, step.slug, item[ID]))
        yield Part(title_of(walk, step, item[ID]), Spot(step.slug, item[ID]), rows, done=True)


def _asked(walk: Walk, step: str, item: str) -> set[str]:
    spots = (spot for spot in walk.spots if (spot.step, spot.item) == (step, item))
    return {field.name for spot in spots for field in walk.asked(spot)}


def _rows(fields: Iterable[Field], given: Any, asked: set[str]) -> list[Read]:
    return [
        Read(field, "" if (value := given.get(field.name)) is None else words(field, value))
        for field in fields
        if field.name in asked or given.get(field.name) is not None
    ]
