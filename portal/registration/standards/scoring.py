"""`score()`: pure, integer, total. It knows neither today nor the database, and never raises on
answers that `check_answers` let pass.

Classes from B1 and B2 by intervals (NĐ 07/2021/NĐ-CP, Art. 3; TT 07/2021/TT-BLĐTBXH): a class is
decided as soon as no answer still missing can change it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from portal.registration.standards.codes import (
    DEPRIVED,
    NEAR_POOR,
    NEITHER,
    NO_CLASS,
    NO_POINTS,
    NOT_DEPRIVED,
    POOR,
    UNANSWERED,
    UNDECIDED,
    Area,
    Classification,
    Reason,
    State,
)
from portal.registration.standards.facts import Facts
from portal.registration.standards.limits import Limits, limits_of
from portal.registration.standards.model import Standard
from portal.registration.standards.points import Outcome, ScoredItem, Span, scored_items
from portal.registration.standards.rules import RULES

# Bits of the classes that are still possible; the sum is an index into `POSSIBLE`.
_POOR, _NEAR, _NEITHER = 1, 2, 4
_ANY = _POOR | _NEAR | _NEITHER
POSSIBLE: tuple[tuple[Classification, ...], ...] = tuple(
    tuple(
        name for bit, name in ((_POOR, POOR), (_NEAR, NEAR_POOR), (_NEITHER, NEITHER)) if mask & bit
    )
    for mask in range(_ANY + 1)
)
NEVER = -1
# B1 of a household whose points nobody can tell.
UNBOUNDED: Span = (0, 1_000_000)
STATED: Mapping[Any, State] = {True: DEPRIVED, False: NOT_DEPRIVED}


class Result(NamedTuple):
    """What `score()` finds. Intervals are (at least, at most) in points; None: no such points.

    `possible`: the classes that the answers so far leave open, from poor to neither.
    `illustrative`: B1 comes from a table that is not the official one.
    """

    standard: str
    area: Area
    classification: Classification
    b1: Span | None
    b2: Span | None
    indicators: tuple[State, ...]
    illustrative: bool
    reason: Reason | None
    possible: tuple[Classification, ...]

    def as_json(self) -> dict[str, Any]:
        """The shape that the `score` command prints; its keys stay."""
        return {
            "standard": self.standard,
            "area": self.area,
            "class": self.classification,
            "b1": None if self.b1 is None else list(self.b1),
            "b2": None if self.b2 is None else list(self.b2),
            "indicators": {str(no): state for no, state in enumerate(self.indicators, 1)},
            "illustrative": self.illustrative,
            "reason": self.reason,
        }


class Compiled(NamedTuple):
    """A standard and area as plain numbers and functions, so that a score is quick."""

    standard: str
    area: Area
    keys: tuple[str, ...]
    rules: tuple[Callable[[Facts], State], ...]
    open: tuple[State, ...]
    limits: Limits | None
    items: tuple[ScoredItem, ...] | None
    illustrative: bool
    b1_poor: int
    b1_max: int | None
    points: int | None
    b2_poor_from: int


@lru_cache(maxsize=64)
def compiled(standard: Standard, area: Area) -> Compiled:
    """The compact form; made once for each standard and area. `KeyError` for another area."""
    cut, limits = standard.cuts.get(area), limits_of(standard.settings)
    points = None if standard.points is None else standard.points.value
    table = standard.table
    return Compiled(
        standard=standard.id,
        area=area,
        keys=tuple(str(indicator.number) for indicator in standard.indicators),
        rules=tuple(RULES[one.code] for one in standard.indicators) if limits else (),
        open=(UNDECIDED,) * len(standard.indicators),
        limits=limits,
        items=None if table is None else scored_items(table, area),
        illustrative=table is not None and table.illustrative,
        b1_poor=NEVER if cut is None or cut.b1_poor is None else cut.b1_poor,
        b1_max=None if cut is None else cut.b1_max,
        points=points,
        b2_poor_from=standard.poor_from.value * (points or 0),
    )


def score(standard: Standard, area: Area, answers: Mapping[str, Any]) -> Result:
    """Class, points and indicators of a household under a standard."""
    form = compiled(standard, area)
    facts, b1 = facts_of(form, answers), answers.get("b1")
    return conclude(form, states_of(form, answers, facts), b1, outcomes_of(form, b1, facts))


def facts_of(form: Compiled, answers: Mapping[str, Any]) -> Facts | None:
    """Nothing when the indicators are stated, or when the standard has no rules for facts."""
    if form.limits is None or answers.get("indicators") is not None:
        return None
    return Facts(answers, form.limits)


def states_of(form: Compiled, answers: Mapping[str, Any], facts: Facts | None) -> tuple[State, ...]:
    """The indicators in the standard's order, computed or as stated."""
    if facts is not None:
        return tuple([rule(facts) for rule in form.rules])
    stated = answers.get("indicators")
    if not stated:
        return form.open
    return tuple([STATED.get(stated.get(key), UNDECIDED) for key in form.keys])


def outcomes_of(form: Compiled, b1: Any, facts: Facts | None) -> list[Outcome] | None:
    """One per item of the table; nothing when B1 is stated as a number, or without a table."""
    if form.items is None or isinstance(b1, int):
        return None
    answers = b1 or {}
    return [item.outcome(answers.get(item.code), facts) for item in form.items]


def conclude(
    form: Compiled, states: tuple[State, ...], b1: Any, outcomes: list[Outcome] | None
) -> Result:
    """The result of indicators and items that are already reduced."""
    interval: Span | None = None
    if outcomes is not None:
        interval = (sum([one.low for one in outcomes]), sum([one.high for one in outcomes]))
    elif isinstance(b1, int):
        interval = (b1, b1)
    b2 = None
    if form.points is not None:
        deprived = states.count(DEPRIVED)
        b2 = (deprived * form.points, (deprived + states.count(UNDECIDED)) * form.points)
    possible = POSSIBLE[_mask(form, interval, b2)]
    if len(possible) == 1:
        classification, reason = possible[0], None
    else:
        classification = NO_CLASS
        reason = NO_POINTS if interval is None or form.b1_max is None else UNANSWERED
    return Result(
        form.standard,
        form.area,
        classification,
        interval,
        b2,
        states,
        form.illustrative and outcomes is not None,
        reason,
        possible,
    )


def _mask(form: Compiled, b1: Span | None, b2: Span | None) -> int:
    """The classes that some pair of points within the intervals leads to."""
    if b2 is None or form.b1_max is None:
        return _ANY
    low, high = b1 or UNBOUNDED
    line, always, poor_from = form.b1_max, form.b1_poor, form.b2_poor_from
    mask = 0
    if low <= always or (low <= line and b2[1] >= poor_from):
        mask = _POOR
    if low <= line and high > always and b2[0] < poor_from:
        mask |= _NEAR
    return mask | _NEITHER if high > line else mask


def possible_classes(result: Result) -> tuple[Classification, ...]:
    """The classes that the answers so far leave open, from poor to neither."""
    return result.possible
