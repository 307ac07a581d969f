"""Which facts an indicator or item rests on, as codes: they are stored, words come later.

A piece of evidence is `[who, fact, value]`; who is 0 for the household, n for its n-th member.
The value of an unknown fact is "?".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from portal.registration.standards.codes import (
    DEPRIVED,
    HOUSE_CHOICES,
    NOT_DEPRIVED,
    STRUCTURES,
    State,
)
from portal.registration.standards.facts import Facts
from portal.registration.standards.people import Person
from portal.registration.standards.points import ScoredItem
from portal.registration.standards.rules import MEMBER_RULES, dependants

Evidence = tuple[int, str, str | int | float]
Found = tuple[Evidence, ...]
HOUSEHOLD = 0
UNKNOWN = "?"
AGE_FACTS = MappingProxyType({"day": "age", "month": "age_by_month", "year": "age_by_year"})


def of_indicator(code: str, state: State, facts: Facts) -> Found:
    """What decided the state: those concerned, or what is missing; empty when nobody is."""
    of_household = OF_HOUSEHOLD.get(code)
    found = () if of_household is None else of_household(facts)
    rule = MEMBER_RULES.get(code)
    if rule is None:
        return found
    if not facts.people:
        return ((HOUSEHOLD, "members", UNKNOWN),)
    if state == NOT_DEPRIVED:
        return found
    collect, wanted = (_known, True) if state == DEPRIVED else (_missing, None)
    pieces = list(found)
    for number, person in enumerate(facts.people, 1):
        if rule(person, facts.limits) is wanted:
            pieces += collect(number, person, RELEVANT[code](person))
    return tuple(pieces)


def of_item(item: ScoredItem, derived: str | None, facts: Facts | None, stated: Any) -> Found:
    """The facts from which an item of B1 is derived; none when its answer was stated."""
    if derived is None or facts is None or stated is not None:
        return ()
    if derived == "diploma":
        return _diplomas(item.table.diploma_from, facts)
    return OF_ITEM[derived](facts)


def _known(number: int, person: Person, relevant: tuple[str, ...]) -> list[Evidence]:
    """The member's age and what was answered."""
    answers, age = person.answers, person.age
    values = [(number, fact, _code(answers.get(fact))) for fact in relevant]
    found: list[Evidence] = [piece for piece in values if piece[2] != UNKNOWN]
    if age is not None and relevant is not INTERNET:
        found.insert(0, (number, AGE_FACTS[age.precision], age.months // 12))
    return found


def _missing(number: int, person: Person, relevant: tuple[str, ...]) -> list[Evidence]:
    """What would settle it."""
    facts = relevant if person.age is not None or relevant is INTERNET else ("age", *relevant)
    values = [(number, fact, _code(person.answers.get(fact))) for fact in facts]
    return [piece for piece in values if piece[2] == UNKNOWN]


def _code(value: Any) -> str:
    if value is None or value == "unknown":
        return UNKNOWN
    return value if isinstance(value, str) else "true" if value else "false"


def _job(person: Person) -> tuple[str, ...]:
    if person.answers.get("activity") == "employed":
        return ("activity", "position", "contract", "sex")
    return ("activity", "sex")


def _always(*facts: str) -> Callable[[Person], tuple[str, ...]]:
    return lambda _person: facts


INTERNET = ("internet",)
RELEVANT: Mapping[str, Callable[[Person], tuple[str, ...]]] = MappingProxyType(
    {
        "employment": _job,
        "dependants": _always("disabled", "allowance"),
        "nutrition": _always("growth"),
        "health_insurance": _always("insurance"),
        "adult_education": _always("studying", "diploma"),
        "child_attendance": _always("studying"),
        "telecom": lambda _person: INTERNET,
    }
)


def _diplomas(age: int, facts: Facts) -> Found:
    """The diplomas, known or missing, of members old enough to hold one that counts."""
    return tuple(
        [
            (number, "diploma", person.answers.get("diploma", UNKNOWN))
            for number, person in enumerate(facts.people, 1)
            if person.years is None or person.years >= age
        ]
    )


def _members(facts: Facts) -> Found:
    return ((HOUSEHOLD, "members", len(facts.people) or UNKNOWN),)


def _area(facts: Facts) -> Found:
    return ((HOUSEHOLD, "area_m2", facts.house.get("area_m2", UNKNOWN)), *_members(facts))


def _dependants(facts: Facts) -> Found:
    return ((HOUSEHOLD, "dependants", dependants(facts)[0]), *_members(facts))


def _devices(facts: Facts) -> Found:
    devices = facts.house.get("devices")
    if devices is None:
        return ((HOUSEHOLD, "devices", UNKNOWN),)
    return tuple([(HOUSEHOLD, "devices", device) for device in devices or ("none",)])


def _house(name: str) -> Callable[[Facts], Found]:
    return lambda facts: ((HOUSEHOLD, name, facts.house.get(name, UNKNOWN)),)


def _structures(facts: Facts) -> Found:
    """Wall, column and roof, and how many of them are surely not durable."""
    house = facts.house
    pieces = [(HOUSEHOLD, part, house.get(part, UNKNOWN)) for part in STRUCTURES]
    count = len(STRUCTURES) - facts.durable_parts()[1]
    return (*pieces, (HOUSEHOLD, "not_durable", count))


OF_HOUSEHOLD: Mapping[str, Callable[[Facts], Found]] = MappingProxyType(
    {
        "dependants": _dependants,
        "house_quality": _structures,
        "house_area": _area,
        "water": _house("water"),
        "toilet": _house("toilet"),
        "info_devices": _devices,
    }
)
OF_ITEM: Mapping[str, Callable[[Facts], Found]] = MappingProxyType(
    {
        "members": _members,
        "area_per_person": _area,
        "durable_parts": _structures,
        **{fact: _house(fact) for fact in HOUSE_CHOICES},
    }
)
