"""Phiếu A: signs of comfort, read off the facts and the few that only the household can state.

The items and the threshold are recalled, not read in TT 07/2021/TT-BLĐTBXH: they stand in the
standard's file with that mark, and pages say so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from portal.registration import standards

MUCH_ELECTRICITY = 100
LARGE_HOUSE = 30
GRADUATE = frozenset({"college", "university"})
THRESHOLD = "signs_from"
Answers = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class QuickCheck:
    """Which signs there are; from `start` of them a household was usually not taken further."""

    all: tuple[str, ...]
    found: tuple[str, ...]
    start: int


def quick_check(standard: str, answers: Answers) -> QuickCheck:
    """The signs of a standard that hold for a household; a standard may have none."""
    known = standards.get(standard)
    language = get_language() or "vi"
    labels = {sign.code: sign.label.within(language) for sign in known.signs}
    found = tuple(label for code, label in labels.items() if _holds(code, answers))
    setting = known.settings.get(THRESHOLD)
    return QuickCheck(tuple(labels.values()), found, int(setting.value) if setting else 0)


def _holds(code: str, answers: Answers) -> bool:
    derive = DERIVED.get(code)
    return derive(answers) if derive else code in (answers.get("signs") or ())


def _has(*assets: str) -> Callable[[Answers], bool]:
    return lambda answers: bool({*assets} & {*(answers.get("assets") or ())})


def _large_house(answers: Answers) -> bool:
    count = len(answers.get("members") or ())
    return bool(count) and (answers.get("area_m2") or 0) >= LARGE_HOUSE * count


def _graduate(answers: Answers) -> bool:
    return any(
        one.get("diploma") in GRADUATE and one.get("activity") == "employed"
        for one in answers.get("members") or ()
    )


DERIVED: Mapping[str, Callable[[Answers], bool]] = {
    "car_boat": _has("car", "motor_boat"),
    "air_conditioner": _has("air_conditioner"),
    "water_heater": _has("water_heater"),
    "electricity": lambda answers: (answers.get("electricity") or 0) >= MUCH_ELECTRICITY,
    "large_house": _large_house,
    "graduate": _graduate,
}
