"""Answers from outside, checked before they are scored: codes, types, dates, nothing unknown.

A missing key, or null, is an unknown fact. Everything else that is wrong is refused with the path
of the field; what passes here never makes `score()` raise.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from portal.registration.standards.ages import Day, day_of
from portal.registration.standards.codes import (
    DEVICES,
    HOUSE_CHOICES,
    HOUSE_FACTS,
    MEMBER_CHOICES,
    MEMBER_FACTS,
    MEMBER_FLAGS,
)
from portal.registration.standards.errors import BadAnswersError
from portal.registration.standards.model import Item, Standard

KEYS = ("on", "b1", "members", "house", "indicators")
BIRTH = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
ON = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MOST_B1 = 100_000
MOST_NUMBER = 1_000_000
MOST_AREA = 100_000
OLDEST = 130


def check_answers(standard: Standard, document: Any) -> dict[str, Any]:
    """The answers without nulls. Raises `BadAnswersError` naming the first faulty field."""
    answers = _object(document, "answers")
    _only(answers, KEYS, "")
    if "on" in answers:
        _day(answers["on"], "on")
    if "indicators" in answers:
        for key in ("members", "house"):
            if key in answers:
                raise BadAnswersError(key, _("this is not given together with indicators."))
        answers["indicators"] = _indicators(standard, answers["indicators"])
    if "members" in answers:
        answers["members"] = _members(answers["members"], answers.get("on"))
    if "house" in answers:
        answers["house"] = _house(answers["house"])
    if "b1" in answers:
        answers["b1"] = _b1(standard, answers["b1"], answers)
    return answers


def _object(value: Any, field: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise BadAnswersError(field, _("an object in braces is expected."))
    return {key: inner for key, inner in value.items() if inner is not None}


def _only(value: Mapping[str, Any], known: Sequence[str], field: str) -> None:
    for key in value:
        if key not in known:
            place = f"{field}.{shown(key)}" if field else shown(key)
            sentence = _("this field is not known; known are %(known)s.")
            raise BadAnswersError(place, sentence % {"known": ", ".join(known)})


def shown(key: str) -> str:
    """A foreign key as it may be printed."""
    return "".join(char if char.isprintable() else "?" for char in key[:60]) or '""'


def _whole(value: Any, field: str, most: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
        sentence = _("a whole number from 0 to %(most)s is expected.")
        raise BadAnswersError(field, sentence % {"most": most})
    return value


def _code(value: Any, field: str, allowed: Sequence[str]) -> str:
    if not isinstance(value, str) or value not in allowed:
        sentence = _("this answer is not possible; expected is one of %(codes)s.")
        raise BadAnswersError(field, sentence % {"codes": ", ".join(allowed)})
    return value


def _flag(value: Any, field: str) -> bool:
    if not isinstance(value, bool):
        raise BadAnswersError(field, _("true or false is expected."))
    return value


def _list(value: Any, field: str) -> list[Any]:
    if not isinstance(value, list):
        raise BadAnswersError(field, _("a list is expected."))
    return value


def _codes(value: Any, field: str, allowed: Sequence[str]) -> list[str]:
    found = [_code(one, field, allowed) for one in _list(value, field)]
    if len(set(found)) < len(found):
        raise BadAnswersError(field, _("an answer stands twice."))
    return found


def _day(value: Any, field: str) -> Day:
    if not isinstance(value, str) or not ON.fullmatch(value) or not _exists(value):
        raise BadAnswersError(field, _("a date such as 2026-09-01 is expected."))
    return day_of(value)


def _exists(text: str) -> bool:
    """Whether the calendar has the day, month or year."""
    parts = [int(part) for part in text.split("-")]
    if parts[0] < 1 or (len(parts) > 1 and not 1 <= parts[1] <= 12):
        return False
    return len(parts) < 3 or 1 <= parts[2] <= calendar.monthrange(parts[0], parts[1])[1]


def _birth(value: Any, field: str, on: str | None) -> str:
    if not isinstance(value, str) or not BIRTH.fullmatch(value) or not _exists(value):
        sentence = _("a date such as 1980-03-01, 1980-03 or 1980 is expected.")
        raise BadAnswersError(field, sentence)
    # As texts: a known year or month sorts before its own days.
    if on is not None and value > on:
        raise BadAnswersError(field, _("the birth lies after the reference day."))
    if on is not None and int(on[:4]) - int(value[:4]) > OLDEST:
        raise BadAnswersError(field, _("nobody is that old."))
    return value


def _members(value: Any, on: str | None) -> list[dict[str, Any]]:
    return [
        _member(member, f"members[{number}]", on)
        for number, member in enumerate(_list(value, "members"), 1)
    ]


def _member(value: Any, field: str, on: str | None) -> dict[str, Any]:
    member = _object(value, field)
    _only(member, MEMBER_FACTS, field)
    for fact, answer in member.items():
        place = f"{field}.{fact}"
        if fact == "birth":
            _birth(answer, place, on)
        elif fact in MEMBER_CHOICES:
            _code(answer, place, MEMBER_CHOICES[fact])
        elif fact in MEMBER_FLAGS:
            _flag(answer, place)
        elif not isinstance(answer, str) or not answer.strip():
            raise BadAnswersError(place, _("a text is expected."))
    return member


def _house(value: Any) -> dict[str, Any]:
    house = _object(value, "house")
    _only(house, HOUSE_FACTS, "house")
    for fact, answer in house.items():
        place = f"house.{fact}"
        if fact == "area_m2":
            _area(answer, place)
        elif fact == "devices":
            _codes(answer, place, DEVICES)
        else:
            _code(answer, place, HOUSE_CHOICES[fact])
    return house


def _area(value: Any, field: str) -> None:
    """Square metres; a comparison that is not a number (NaN) fails as well."""
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number or not 0 <= value <= MOST_AREA:
        sentence = _("a number from 0 to %(most)s is expected.")
        raise BadAnswersError(field, sentence % {"most": MOST_AREA})


def _indicators(standard: Standard, value: Any) -> dict[str, bool]:
    stated = _object(value, "indicators")
    _only(stated, [str(one.number) for one in standard.indicators], "indicators")
    return {key: _flag(one, f"indicators.{key}") for key, one in stated.items()}


def _b1(standard: Standard, value: Any, answers: Mapping[str, Any]) -> Any:
    if not isinstance(value, dict):
        return _whole(value, "b1", MOST_B1)
    stated = _object(value, "b1")
    if standard.table is None:
        return stated
    items = {item.code: item for item in standard.table.items}
    _only(stated, list(items), "b1")
    for code, answer in stated.items():
        _item(items[code], answer, f"b1.{code}", "members" in answers or "house" in answers)
    return stated


def _item(item: Item, answer: Any, field: str, facts: bool) -> None:
    if item.derived is not None and facts:
        sentence = _("this is computed from members and house and is not asked again.")
        raise BadAnswersError(field, sentence)
    codes = [option.code for option in item.options]
    if item.type == "many":
        _codes(answer, field, codes)
    elif item.type == "number" and not isinstance(answer, str):
        _whole(answer, field, MOST_NUMBER)
    else:
        _code(answer, field, codes)
