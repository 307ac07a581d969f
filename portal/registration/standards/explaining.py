"""`explain()`: a score line by line, for a household and for whoever decides on it.

Pure; of a stored result it is the same for ever: points come from the record, wordings from the
frozen standard and table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from portal.registration.standards.codes import DEPRIVED, NOT_DEPRIVED, Area
from portal.registration.standards.errors import OtherStandardError
from portal.registration.standards.model import Indicator, Item, Mark, Standard
from portal.registration.standards.points import NOT_SCORED
from portal.registration.standards.records import is_record, record
from portal.registration.standards.wording import Wording, wording


class Line(NamedTuple):
    """One line: an item of B1 or an indicator of B2.

    `state`: of an indicator its state, of an item answered | unanswered | not_scored | stated.
    `points`: at least and at most. `facts`: what it rests on, in words. `mark`: see `Reference`.
    """

    part: Literal["b1", "b2"]
    code: str
    label: str
    definition: str
    state: str
    answer: str
    facts: str
    points: tuple[int, int] | None
    source: str
    mark: Mark

    @property
    def verified(self) -> bool:
        """Whether the rule behind the line was read in the legal text itself."""
        return self.mark == "V"


class _Part(NamedTuple):
    """The words of a line that are the same for every household."""

    code: str
    label: str
    definition: str
    clear: str
    options: Mapping[str, str]
    source: str
    mark: Mark


def explain(
    standard: Standard, area: Area, answers: Mapping[str, Any], language: str = "vi"
) -> tuple[Line, ...]:
    """The lines of answers, or of a stored result under the standard and table that made it.

    Raises `OtherStandardError` for the result of another standard, table or area.
    """
    if is_record(answers):
        stored = answers
        _same_origin(standard, area, stored)
    else:
        stored = record(standard, area, answers)
    words = wording(standard, language)
    return (*_b1(standard, stored, words), *_b2(standard, stored, words))


def _same_origin(standard: Standard, area: Area, stored: Mapping[str, Any]) -> None:
    table = None if standard.table is None else standard.table.id
    given, origin = (
        (standard.id, table, area),
        tuple(map(stored.get, ("standard", "table", "area"))),
    )
    if given != origin:
        names = (" / ".join(map(str, one)) for one in (origin, given))
        raise OtherStandardError(*names)


def _b1(standard: Standard, stored: Mapping[str, Any], words: Wording) -> Iterator[Line]:
    if stored["b1_stated"]:
        yield _stated(standard, stored, words)
        return
    answers = words.answers
    items = stored["items"]
    for part in _item_parts(standard, words.language):
        chosen, low, high, evidence = items[part.code]
        if chosen is None:
            state, answer = "unanswered", answers["unanswered"]
        elif chosen and chosen[0] == NOT_SCORED:
            state, answer = NOT_SCORED, answers[NOT_SCORED]
        else:
            state = "answered"
            answer = "; ".join([part.options[code] for code in chosen]) or answers["nothing"]
        facts = words.sentence(evidence) if evidence else ""
        yield Line(
            "b1",
            part.code,
            part.label,
            "",
            state,
            answer,
            facts,
            (low, high),
            part.source,
            part.mark,
        )


def _stated(standard: Standard, stored: Mapping[str, Any], words: Wording) -> Line:
    """B1 came as a number: what it was made of is not known here."""
    cut = standard.cuts.get(stored["area"])
    ref = standard.period_ref if cut is None else cut.ref
    low, high = stored["b1"]
    answer = words.answers["stated"]
    return Line("b1", "b1", words.points, "", "stated", answer, "", (low, high), *ref)


def _b2(standard: Standard, stored: Mapping[str, Any], words: Wording) -> Iterator[Line]:
    points = _points(standard)
    states = stored["indicators"]
    everything = stored["evidence"]
    for position, part in enumerate(_indicator_parts(standard, words.language)):
        state = states[part.code]
        facts = words.sentence(everything[position]) if everything else ""
        if everything and state == NOT_DEPRIVED and part.clear:
            facts = f"{facts}. {part.clear}" if facts else part.clear
        yield Line(
            "b2",
            part.code,
            part.label,
            part.definition,
            state,
            words.states[state],
            facts,
            points.get(state),
            part.source,
            part.mark,
        )


@lru_cache(maxsize=64)
def _points(standard: Standard) -> Mapping[str, tuple[int, int]]:
    """Points of B2 by state; none where the standard has no points yet."""
    if standard.points is None:
        return {}
    full = standard.points.value
    return {DEPRIVED: (full, full), NOT_DEPRIVED: (0, 0), "undecided": (0, full)}


@lru_cache(maxsize=64)
def _item_parts(standard: Standard, language: str) -> tuple[_Part, ...]:
    items = () if standard.table is None else standard.table.items
    return tuple(_item_part(item, language) for item in items)


def _item_part(item: Item, language: str) -> _Part:
    options = {option.code: option.label.within(language) for option in item.options}
    return _Part(item.code, item.label.within(language), "", "", options, *item.ref)


@lru_cache(maxsize=64)
def _indicator_parts(standard: Standard, language: str) -> tuple[_Part, ...]:
    return tuple(_indicator_part(indicator, language) for indicator in standard.indicators)


def _indicator_part(indicator: Indicator, language: str) -> _Part:
    definition, clear = indicator.definition, indicator.clear
    return _Part(
        str(indicator.number),
        indicator.name.within(language),
        definition.within(language) if definition else "",
        clear.within(language) if clear else "",
        {},
        *(indicator.definition_ref or indicator.ref),
    )
