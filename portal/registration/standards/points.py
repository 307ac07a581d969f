"""B1: the points of one item, as the interval that the answers so far leave open."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from portal.registration.standards.codes import HOUSE_CHOICES, Area
from portal.registration.standards.facts import Facts
from portal.registration.standards.model import Item, Table
from portal.registration.standards.people import Person

Span = tuple[int, int]
NOT_SCORED = "not_scored"


class Outcome(NamedTuple):
    """Points at least and at most; `chosen` are the options, None while they are not settled."""

    chosen: tuple[str, ...] | None
    low: int
    high: int


SKIPPED = Outcome((NOT_SCORED,), 0, 0)


class ScoredItem(NamedTuple):
    """An item of one area's column, as numbers.

    Options are numbered from 0 in the table's order; a span is the first and last possible one.
    """

    code: str
    many: bool
    place: Mapping[str, int]
    outcomes: tuple[Outcome, ...]
    unanswered: Outcome
    starts: tuple[int, ...]
    values: Mapping[str, int]
    derive: Callable[[ScoredItem, Facts], Span | None] | None
    condition: Callable[[ScoredItem, Facts], bool | None] | None
    table: Table

    def outcome(self, stated: Any, facts: Facts | None) -> Outcome:
        """By the stated answer, else by the facts."""
        if stated is not None:
            return self._stated(stated)
        if facts is None or self.derive is None:
            return self.unanswered
        found = self._derived(self.derive(self, facts))
        if self.condition is None:
            return found
        skipped = self.condition(self, facts)
        if skipped is None:
            return Outcome(None, 0, found.high)
        return SKIPPED if skipped else found

    def _stated(self, stated: Any) -> Outcome:
        """An answer that this table does not have (it was another's) counts as none."""
        try:
            if self.many:
                total = sum([self.outcomes[self.place[code]].low for code in stated])
                return Outcome(tuple(stated), total, total)
            if self.starts and isinstance(stated, int):
                return self.outcomes[band(self.starts, stated)]
            return self.outcomes[self.place[stated]]
        except KeyError:
            return self.unanswered

    def _derived(self, span: Span | None) -> Outcome:
        if span is None:
            return self.unanswered
        first, last = span
        if first == last:
            return self.outcomes[first]
        points = [one.low for one in self.outcomes[first : last + 1]]
        return Outcome(None, min(points), max(points))


def scored_items(table: Table, area: Area) -> tuple[ScoredItem, ...]:
    """The table's column of an area."""
    return tuple(_scored(item, table, area) for item in table.items)


def _scored(item: Item, table: Table, area: Area) -> ScoredItem:
    points = [option.points[area] for option in item.options]
    many = item.type == "many"
    return ScoredItem(
        code=item.code,
        many=many,
        place={option.code: position for position, option in enumerate(item.options)},
        outcomes=tuple(
            Outcome((option.code,), given, given)
            for option, given in zip(item.options, points, strict=True)
        ),
        unanswered=_unanswered(item, points),
        starts=tuple(option.start for option in item.options if option.start is not None),
        values={
            value: position
            for position, option in enumerate(item.options)
            for value in option.values
        },
        derive=DERIVE[item.derived] if item.derived else None,
        condition=no_worker if item.not_scored_if else None,
        table=table,
    )


def _unanswered(item: Item, points: list[int]) -> Outcome:
    """Any answer: no choice up to all of them, or not scored at all, or the best option."""
    if item.type == "many":
        return Outcome(None, 0, sum(points))
    return Outcome(None, 0 if item.not_scored_if else min(points), max(points))


def band(starts: tuple[int, ...], number: int) -> int:
    """The band in which a number falls; below all bands it is the first."""
    return max(bisect_right(starts, number) - 1, 0)


def _exactly(position: int) -> Span:
    return position, position


def _members(item: ScoredItem, facts: Facts) -> Span | None:
    return _exactly(band(item.starts, len(facts.people))) if facts.people else None


def _area_per_person(item: ScoredItem, facts: Facts) -> Span | None:
    """Multiplied instead of divided: 40.0 m² of five people are exactly 8."""
    area, count = facts.house.get("area_m2"), len(facts.people)
    if area is None or not count:
        return None
    return _exactly(max(bisect_right(item.starts, area // count) - 1, 0))


def _durable_parts(item: ScoredItem, facts: Facts) -> Span:
    least, most = facts.durable_parts()
    return band(item.starts, least), band(item.starts, most)


def _highest_diploma(item: ScoredItem, facts: Facts) -> Span | None:
    """Options stand from the highest down; an unknown diploma may be any higher one.

    That of a member too young for one counts as little when it is known as when it is not.
    """
    if not facts.people:
        return None
    sure = possible = len(item.outcomes) - 1
    for person in facts.people:
        if person.years is not None and person.years < item.table.diploma_from:
            continue
        diploma = person.answers.get("diploma")
        position = 0 if diploma is None else item.values[diploma]
        possible = min(possible, position)
        if diploma is not None and person.years is not None:
            sure = min(sure, position)
    return possible, sure


def _house(fact: str) -> Callable[[ScoredItem, Facts], Span | None]:
    def derive(item: ScoredItem, facts: Facts) -> Span | None:
        position = item.values.get(facts.house.get(fact, ""))
        return None if position is None else (position, position)

    return derive


def no_worker(item: ScoredItem, facts: Facts) -> bool | None:
    """Every member is too young, too old, or not able to work."""
    if not facts.people:
        return None
    answer: bool | None = True
    for person in facts.people:
        idle = _cannot_work(person, item.table)
        if idle is False:
            return False
        answer = answer and idle
    return answer


def _cannot_work(person: Person, table: Table) -> bool | None:
    years, activity = person.years, person.answers.get("activity")
    if activity == "unable":
        return True
    if years is not None and not table.worker_from <= years <= table.worker_to:
        return True
    return None if years is None or activity is None else False


DERIVE: Mapping[str, Callable[[ScoredItem, Facts], Span | None]] = MappingProxyType(
    {
        "members": _members,
        "area_per_person": _area_per_person,
        "durable_parts": _durable_parts,
        "diploma": _highest_diploma,
        **{fact: _house(fact) for fact in HOUSE_CHOICES},
    }
)
