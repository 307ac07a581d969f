"""The indicators of 2022-2026 from facts: deprived, not deprived, or undecided.

Undecided is never a guess: a missing fact leaves the state open only while it can still matter.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from portal.registration.standards import people
from portal.registration.standards.codes import (
    DEPRIVED,
    NOT_DEPRIVED,
    STRUCTURES,
    UNDECIDED,
    State,
)
from portal.registration.standards.facts import Facts

StateRule = Callable[[Facts], State]


def _anybody(rule: people.Rule) -> StateRule:
    """Deprived as soon as one member is concerned."""

    def state(facts: Facts) -> State:
        found = NOT_DEPRIVED if facts.people else UNDECIDED
        limits = facts.limits
        for person in facts.people:
            concerned = rule(person, limits)
            if concerned:
                return DEPRIVED
            if concerned is None:
                found = UNDECIDED
        return found

    return state


def dependants(facts: Facts) -> tuple[int, int]:
    """How many dependants: at least, and at most."""
    found = [people.dependant(person, facts.limits) for person in facts.people]
    least = found.count(True)
    return least, least + found.count(None)


def _too_many_dependants(facts: Facts) -> State:
    if not facts.people:
        return UNDECIDED
    least, most = dependants(facts)
    bound = len(facts.people) * facts.limits.dependants_over
    if least * 100 > bound:
        return DEPRIVED
    return UNDECIDED if most * 100 > bound else NOT_DEPRIVED


def _poor_house(facts: Facts) -> State:
    least, most = facts.durable_parts()
    allowed = len(STRUCTURES) - facts.limits.not_durable_from
    if most <= allowed:
        return DEPRIVED
    return NOT_DEPRIVED if least > allowed else UNDECIDED


def _small_house(facts: Facts) -> State:
    area = facts.house.get("area_m2")
    if area is None or not facts.people:
        return UNDECIDED
    return DEPRIVED if area < facts.limits.area_min * len(facts.people) else NOT_DEPRIVED


def _water(facts: Facts) -> State:
    source = facts.house.get("water")
    if source is None:
        return UNDECIDED
    return NOT_DEPRIVED if source in facts.limits.clean_water else DEPRIVED


def _toilet(facts: Facts) -> State:
    kind = facts.house.get("toilet")
    if kind is None:
        return UNDECIDED
    return NOT_DEPRIVED if kind in facts.limits.hygienic_toilet else DEPRIVED


def _offline(facts: Facts) -> State:
    everybody = [people.offline(person, facts.limits) for person in facts.people]
    if False in everybody:
        return NOT_DEPRIVED
    return DEPRIVED if everybody and None not in everybody else UNDECIDED


def _devices(facts: Facts) -> State:
    devices = facts.house.get("devices")
    if devices is None:
        return UNDECIDED
    return NOT_DEPRIVED if devices else DEPRIVED


# By the indicator's code; the settings of the standard say with which limits.
MEMBER_RULES: Mapping[str, people.Rule] = MappingProxyType(
    {
        "employment": people.without_job,
        "dependants": people.dependant,
        "nutrition": people.malnourished,
        "health_insurance": people.uninsured,
        "adult_education": people.uneducated,
        "child_attendance": people.out_of_school,
        "telecom": people.offline,
    }
)
RULES: Mapping[str, StateRule] = MappingProxyType(
    {code: _anybody(rule) for code, rule in MEMBER_RULES.items()}
    | {
        "dependants": _too_many_dependants,
        "house_quality": _poor_house,
        "house_area": _small_house,
        "water": _water,
        "toilet": _toilet,
        "telecom": _offline,
        "info_devices": _devices,
    }
)
