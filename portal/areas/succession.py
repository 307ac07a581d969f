"""Units over time: who is in force on a day, what became of an older unit, whence its people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from portal.areas.models import Level, Unit, UnitSuccession


@dataclass(frozen=True, slots=True)
class Succession:
    """The units in force that hold an older unit's people today.

    `divided`: the people went to more than one of them, so the unit of one household has to be
    asked, never guessed. Units that received only land are not among them.
    """

    units: tuple[Unit, ...]
    divided: bool


def in_force(on: date) -> Q:
    """Condition on units that are valid on a day."""
    return Q(valid_from__lte=on) & (Q(valid_to=None) | Q(valid_to__gte=on))


def unit_on(code: str, on: date) -> Unit | None:
    """The unit that a code named on that day; a code alone names no place."""
    return Unit.objects.filter(in_force(on), code=code).select_related("parent").first()


def units_of_province(code: str, on: date) -> QuerySet[Unit]:
    """Communes of a province on that day in alphabetical order, whatever stood between."""
    parents = Q(parent__code=code) | Q(parent__parent__code=code)
    return Unit.objects.filter(in_force(on), parents, level=Level.COMMUNE)


def came_to(code: str) -> Q:
    """Condition on units of a province at any time: with the older ones whose land came to it."""
    own = Q(level=Level.PROVINCE, code=code) | Q(parent__code=code)
    links = UnitSuccession.objects.filter(new__parent__code=code)
    for old in ("old", "old__parent", "old__parent__parent"):
        own |= Q(pk__in=links.values(old))
    return own


def successors_of(unit: Unit, on: date) -> Succession:
    """Where the people of a unit are on that day, over every reform between.

    A district of before 2025 went nowhere itself: the answer is where its communes went. A unit
    that did not exist yet, or whose successor is unknown, has no units in the answer.
    """
    waiting, seen, found = _starts(unit), {unit.pk}, list[Unit]()
    while waiting:
        found += [one for one in waiting if is_valid(one, on)]
        ended = [one.pk for one in waiting if one.valid_to is not None and one.valid_to < on]
        links = _people_links(old_id__in=ended).select_related("new__parent")
        following = {link.new_id: link.new for link in links if link.new_id not in seen}
        seen |= following.keys()
        waiting = list(following.values())
    units = tuple(sorted(found, key=lambda one: (one.sort_key, one.code)))
    return Succession(units, divided=len(units) > 1)


def former_units(unit: Unit) -> list[str]:
    """Names of the units whose people a unit took in, those of one district together.

    `xã Tân Tiến, xã Trung Trực (huyện Yên Sơn)`; a unit that is as it always was gives nothing.
    """
    links = _people_links(new=unit).select_related("old__parent").order_by("old__sort_key")
    found: dict[str, list[str]] = {}
    for link in links:
        found.setdefault(str(link.old.parent or ""), []).append(str(link.old))
    return [
        f"{', '.join(names)} ({district})" if district else ", ".join(names)
        for district, names in found.items()
    ]


def is_valid(unit: Unit, on: date) -> bool:
    """Whether a unit is in force on a day."""
    return unit.valid_from <= on and (unit.valid_to is None or on <= unit.valid_to)


def same_people(units: Iterable[int]) -> frozenset[int]:
    """The units and all older ones whose people went there undivided, by id."""
    known = set(units)
    frontier = set(known)
    while frontier:
        links = UnitSuccession.objects.filter(new_id__in=frontier, people=UnitSuccession.People.ALL)
        frontier = set(links.values_list("old_id", flat=True)) - known
        known |= frontier
    return frozenset(known)


def renamed(unit: Unit, on: date) -> Unit:
    """The row under which a unit goes on after a mere change of kind; itself otherwise.

    Only a successor that took in nobody else is the same unit: officers keep their work there.
    """
    while not is_valid(unit, on):
        links = _people_links(old=unit, part=UnitSuccession.Part.WHOLE)
        later = links.filter(new__valid_from__lte=on, new__valid_from__gt=unit.valid_from)
        link = later.select_related("new").first()
        if link is None or _people_links(new=link.new_id).count() > 1:
            break
        unit = link.new
    return unit


def _people_links(**where: object) -> QuerySet[UnitSuccession]:
    return UnitSuccession.objects.filter(**where).exclude(people=UnitSuccession.People.NONE)


def _starts(unit: Unit) -> list[Unit]:
    if unit.level != Level.DISTRICT or _people_links(old=unit).exists():
        return [unit]
    return list(unit.children.all())
