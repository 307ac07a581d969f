"""Households for the tests: a plain one that lacks nothing, and any that answers can describe."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import strategies as st

from portal.registration import standards
from portal.registration.standards.codes import (
    DEVICES,
    HOUSE_CHOICES,
    MEMBER_CHOICES,
    MEMBER_FLAGS,
)

ON = "2026-09-01"
NEW = standards.get("vn-2022")
OLD = standards.get("vn-2016")
NEXT = standards.get("vn-2027")
Answers = dict[str, Any]


def born(age: int) -> str:
    """Turned this age on the reference day."""
    return f"{int(ON[:4]) - age}-09-01"


def level(age: int) -> str:
    """The school level of a child's age."""
    return "preschool" if age < 6 else "primary" if age < 12 else "lower_secondary"


def member(age: int = 40, **facts: Any) -> Answers:
    """Somebody of this age who lacks nothing; a fact given as None is unknown."""
    plain: Answers = {
        "birth": born(age),
        "sex": "male",
        "activity": "employed" if age >= 16 else "child",
        "position": "own_account",
        "contract": "no",
        "disabled": False,
        "allowance": False,
        "studying": level(age) if 3 <= age < 16 else "none",
        "diploma": "upper_secondary" if age >= 18 else "lower_secondary",
        "insurance": "yes",
        "growth": "no",
        "internet": "yes",
    }
    return known(plain | facts)


def known(facts: Answers) -> Answers:
    """Without the facts that are None."""
    return {key: value for key, value in facts.items() if value is not None}


def house(**facts: Any) -> Answers:
    """A house that lacks nothing; a fact given as None is unknown."""
    plain: Answers = {
        "wall": "brick_stone",
        "column": "concrete",
        "roof": "tile",
        "area_m2": 60,
        "water": "piped",
        "toilet": "two_vault",
        "devices": ["tv"],
    }
    return known(plain | facts)


def household(*members: Answers, **more: Any) -> Answers:
    """These members (one adult if none) in a good house."""
    return {"on": ON, "members": list(members) or [member()], "house": house(), **more}


def states(answers: Answers) -> tuple[str, ...]:
    """The twelve indicators of vn-2022."""
    return standards.score(NEW, "rural", answers).indicators


def state(number: int, answers: Answers) -> str:
    """One of them, by its printed number."""
    return states(answers)[number - 1]


def changed(code: str, *, value: object) -> standards.Standard:
    """vn-2022 with one setting changed."""
    setting = replace(NEW.settings[code], value=value)
    return replace(NEW, settings={**NEW.settings, code: setting})


def _one_of(choices: dict[str, tuple[str, ...]]) -> dict[str, st.SearchStrategy[Any]]:
    return {fact: st.sampled_from(codes) for fact, codes in choices.items()}


DAYS = st.dates(date(1930, 1, 1), date(2026, 9, 1)).map(str)
BIRTHS = st.one_of(DAYS, DAYS.map(lambda day: day[:7]), DAYS.map(lambda day: day[:4]))
MEMBER = {
    "birth": BIRTHS,
    **_one_of(dict(MEMBER_CHOICES)),
    **{flag: st.booleans() for flag in MEMBER_FLAGS},
}
HOUSE = {
    **_one_of(dict(HOUSE_CHOICES)),
    "area_m2": st.one_of(st.integers(0, 400), st.floats(0, 400)),
    "devices": st.lists(st.sampled_from(DEVICES), unique=True),
}
assert NEW.table is not None
ASKED = {
    item.code: st.lists(st.sampled_from([one.code for one in item.options]), unique=True)
    if item.type == "many"
    else st.sampled_from([one.code for one in item.options])
    for item in NEW.table.asked()
}


def _some(facts: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[Answers]:
    return st.fixed_dictionaries({}, optional=facts)


# Everything answered; anything answered; what a household can state instead of its facts.
COMPLETE = st.fixed_dictionaries(
    {
        "on": st.just(ON),
        "b1": st.fixed_dictionaries(ASKED),
        "members": st.lists(st.fixed_dictionaries(MEMBER), min_size=1, max_size=6),
        "house": st.fixed_dictionaries(HOUSE),
    }
)
PARTIAL = _some(
    {
        "on": st.just(ON),
        "b1": st.one_of(st.integers(0, 400), _some(ASKED)),
        "members": st.lists(_some(MEMBER), max_size=6),
        "house": _some(HOUSE),
    }
)
INDICATORS = st.dictionaries(st.sampled_from([str(no) for no in range(1, 13)]), st.booleans())
STATED = _some({"b1": st.integers(0, 400), "indicators": INDICATORS})
AREAS = st.sampled_from(standards.AREAS)
