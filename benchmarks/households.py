"""Invented households of four whose every fact is known, as the scorer takes them."""

from __future__ import annotations

import random
from typing import Any

from portal.registration.standards import Standard, score
from portal.registration.standards.codes import (
    DEPRIVED,
    DEVICES,
    HOUSE_CHOICES,
    MEMBER_CHOICES,
    MEMBER_FLAGS,
    Area,
)

AREA: Area = "rural"
ON = "2026-09-01"
STANDARD = "vn-2022"
SEED = 4
MEMBERS = 4
UNKNOWN = "unknown"
# A household lacks few things: of two draws mostly the one that lacks nothing is kept.
PLAIN = {
    "activity": "studying",
    "contract": "yes",
    "studying": "higher",
    "diploma": "upper_secondary",
    "insurance": "yes",
    "growth": "no",
}
MOSTLY = 0.8

Answers = dict[str, Any]


def households(standard: Standard, count: int) -> list[Answers]:
    """So many households; the same on every run."""
    chance = random.Random(SEED)
    return [_household(chance, standard) for _ in range(count)]


def reduced(standard: Standard, answers: Answers) -> Answers:
    """The same household as a sum of points and twelve answers yes or no."""
    found = score(standard, AREA, answers)
    if found.b1 is None:
        raise ValueError(f"{standard.id} has no points")
    states = enumerate(found.indicators, start=1)
    return {
        "b1": found.b1[0],
        "indicators": {str(number): state == DEPRIVED for number, state in states},
    }


def _household(chance: random.Random, standard: Standard) -> Answers:
    house: Answers = {fact: chance.choice(codes) for fact, codes in HOUSE_CHOICES.items()}
    house |= {
        "area_m2": chance.randrange(16, 160),
        "devices": chance.sample(DEVICES, chance.randrange(3)),
    }
    return {
        "on": ON,
        "members": [_member(chance) for _ in range(MEMBERS)],
        "house": house,
        "b1": {item.code: _item(chance, item) for item in _asked(standard)},
    }


def _member(chance: random.Random) -> Answers:
    year, month, day = (
        chance.randrange(1940, 2026),
        chance.randrange(1, 13),
        chance.randrange(1, 29),
    )
    found: Answers = {"birth": f"{year}-{month:02}-{day:02}"}
    for fact, codes in MEMBER_CHOICES.items():
        known = [code for code in codes if code != UNKNOWN]
        usual = PLAIN.get(fact)
        found[fact] = usual if usual and chance.random() < MOSTLY else chance.choice(known)
    return found | {flag: chance.random() > MOSTLY for flag in MEMBER_FLAGS}


def _asked(standard: Standard) -> tuple[Any, ...]:
    return () if standard.table is None else standard.table.asked()


def _item(chance: random.Random, item: Any) -> Any:
    codes = [option.code for option in item.options]
    if item.type == "many":
        return chance.sample(codes, chance.randrange(min(3, len(codes))))
    return chance.randrange(200) if item.type == "number" else chance.choice(codes)
