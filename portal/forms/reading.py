"""Answers as a person reads them: question and words, step by step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from portal.forms import kinds
from portal.forms.questionnaire import Field, Group, Step
from portal.forms.walk import ID, Spot, Walk


@dataclass(frozen=True, slots=True)
class Read:
    """One question with its answer; an empty text is no answer."""

    field: Field
    words: str


@dataclass(frozen=True, slots=True)
class Part:
    """The answers of a page, or of one item; `spot` is where they are changed."""

    title: str
    spot: Spot
    rows: list[Read]
    done: bool


@dataclass(frozen=True, slots=True)
class Chapter:
    """A step with its parts."""

    step: Step
    parts: list[Part] = field(default_factory=list)


def title_of(walk: Walk, group: Group, item: str) -> str:
    """How one item is called: by its name, else by its number."""
    answers = walk.item(group, item)
    named = [field for field in group.fields if field.name in group.item_title]
    words = [
        kinds.get(field.kind).words(field, answers[field.name])
        for field in named
        if answers.get(field.name) is not None
    ]
    if words:
        return ", ".join(words)
    keys = [one[ID] for one in walk.items(group)]
    number = keys.index(item) + 1 if item in keys else len(keys) + 1
    return f"{group.item} {number}"


def chapters(walk: Walk) -> list[Chapter]:
    """Every step that applies; a page that is not done yet stands there without answers."""
    return [Chapter(step, list(_parts(walk, step))) for step in walk.steps]


def _parts(walk: Walk, step: Step) -> Iterator[Part]:
    if not isinstance(step, Group):
        spot = Spot(step.slug)
        yield Part(str(step.title), spot, _rows(walk, spot), walk.is_done(spot))
        return
    for item in walk.items(step):
        spots = [spot for spot in walk.spots if (spot.step, spot.item) == (step.slug, item[ID])]
        rows = [row for spot in spots for row in _rows(walk, spot)]
        done = all(walk.is_done(spot) for spot in spots)
        yield Part(title_of(walk, step, item[ID]), spots[0], rows, done)


def _rows(walk: Walk, spot: Spot) -> list[Read]:
    answers = walk.seen(spot)
    return [
        Read(one, "" if (value := answers.get(one.name)) is None else words(one, value))
        for one in walk.asked(spot)
    ]


def words(question: Field, value: object) -> str:
    """An answer in words."""
    return kinds.get(question.kind).words(question, value)
