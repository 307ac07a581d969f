"""Answers from outside: what passes, and how what cannot be is named."""

from __future__ import annotations

from typing import Any

import pytest

from portal.registration.standards import BadAnswersError, check_answers, score
from tests.registration.standards.households import (
    NEW,
    NEXT,
    OLD,
    ON,
    house,
    household,
    member,
)

pytestmark = pytest.mark.once


def one(**facts: Any) -> dict[str, Any]:
    return {"on": ON, "members": [member(), facts]}


FAULTS: list[tuple[Any, str]] = [
    ([], "answers"),
    ("x", "answers"),
    (None, "answers"),
    ({"bi": 1}, "bi"),
    ({"on": "2026-9-1"}, "on"),
    ({"on": "2026-02-30"}, "on"),
    ({"on": "0000-01-01"}, "on"),
    ({"on": "20260901"}, "on"),
    ({"on": "२०२६-०९-०१"}, "on"),
    ({"on": 20260901}, "on"),
    ({"b1": -1}, "b1"),
    ({"b1": 1.5}, "b1"),
    ({"b1": 132.0}, "b1"),
    ({"b1": True}, "b1"),
    ({"b1": "132"}, "b1"),
    ({"b1": [132]}, "b1"),
    ({"b1": 10**6}, "b1"),
    ({"b1": {"moon": "full"}}, "b1.moon"),
    ({"b1": {"electricity": "plenty"}}, "b1.electricity"),
    ({"b1": {"electricity": -1}}, "b1.electricity"),
    ({"b1": {"electricity": 1.5}}, "b1.electricity"),
    ({"b1": {"electricity": ["under_25"]}}, "b1.electricity"),
    ({"b1": {"assets": "car"}}, "b1.assets"),
    ({"b1": {"assets": ["sleigh"]}}, "b1.assets"),
    ({"b1": {"assets": ["car", "car"]}}, "b1.assets"),
    ({"b1": {"assets": [None]}}, "b1.assets"),
    ({"b1": {"highest_diploma": 1}}, "b1.highest_diploma"),
    ({"b1": {"household_size": "1"}, "members": [{}]}, "b1.household_size"),
    ({"b1": {"water_source": "other"}, "house": {}}, "b1.water_source"),
    ({"members": {}}, "members"),
    ({"members": [[]]}, "members[1]"),
    ({"members": [{}, None]}, "members[2]"),
    (one(name="Nguyễn Văn An"), "members[2].name"),
    (one(activity="lazy"), "members[2].activity"),
    (one(activity=["jobless"]), "members[2].activity"),
    (one(insurance=True), "members[2].insurance"),
    (one(disabled="yes"), "members[2].disabled"),
    (one(allowance=1), "members[2].allowance"),
    (one(relation=""), "members[2].relation"),
    (one(ethnicity=4), "members[2].ethnicity"),
    (one(birth="01/03/1980"), "members[2].birth"),
    (one(birth="1980-13"), "members[2].birth"),
    (one(birth="1981-02-29"), "members[2].birth"),
    (one(birth="80"), "members[2].birth"),
    (one(birth="1980-"), "members[2].birth"),
    (one(birth="1980-03-01\n"), "members[2].birth"),
    (one(birth=1980), "members[2].birth"),
    (one(birth="2026-09-02"), "members[2].birth"),
    (one(birth="2026-10"), "members[2].birth"),
    (one(birth="2027"), "members[2].birth"),
    (one(birth="1880"), "members[2].birth"),
    ({"house": []}, "house"),
    ({"house": {"floor": "earth"}}, "house.floor"),
    ({"house": {"wall": "gold"}}, "house.wall"),
    ({"house": {"water": "unknown"}}, "house.water"),
    ({"house": {"area_m2": -1}}, "house.area_m2"),
    ({"house": {"area_m2": "40"}}, "house.area_m2"),
    ({"house": {"area_m2": True}}, "house.area_m2"),
    ({"house": {"area_m2": float("nan")}}, "house.area_m2"),
    ({"house": {"area_m2": float("inf")}}, "house.area_m2"),
    ({"house": {"devices": "tv"}}, "house.devices"),
    ({"house": {"devices": ["fax"]}}, "house.devices"),
    ({"house": {"devices": [{}]}}, "house.devices"),
    ({"indicators": []}, "indicators"),
    ({"indicators": {"13": True}}, "indicators.13"),
    ({"indicators": {"0": True}}, "indicators.0"),
    ({"indicators": {"1": "deprived"}}, "indicators.1"),
    ({"indicators": {"1": 1}}, "indicators.1"),
    ({"indicators": {}, "members": []}, "members"),
    ({"indicators": {}, "house": {}}, "house"),
]


@pytest.mark.parametrize(("document", "field"), FAULTS, ids=[str(fault) for fault in FAULTS])
def test_what_no_household_can_answer_is_named(document: Any, field: str) -> None:
    with pytest.raises(BadAnswersError) as refused:
        check_answers(NEW, document)
    assert refused.value.field == field
    assert str(refused.value).startswith(f"{field}: ")
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"on": None, "b1": None, "members": None, "house": None},
        {"indicators": None},
        {"b1": 0},
        {"b1": {}},
        {"b1": {"electricity": 80, "assets": []}},
        {"members": []},
        {"members": [{}]},
        {"members": [{"birth": "1980"}, {"birth": "1980-03"}, {"birth": "2030-01-01"}]},
        {"on": ON, "members": [{"birth": ON}, {"birth": "2026-09"}, {"birth": "2026"}]},
        {"house": {"area_m2": 39.5, "devices": []}},
        {"indicators": {"1": True, "12": False, "5": None}},
        {"b1": {"household_size": "1"}, "indicators": {}},
        household(member(relation="head", ethnicity="Tày"), b1={"electricity": "under_25"}),
    ],
    ids=str,
)
def test_what_passes(document: Any) -> None:
    found = check_answers(NEW, document)
    assert set(found) == {name for name, value in document.items() if value is not None}
    assert score(NEW, "rural", found).classification == "undecided"


def test_null_is_an_unknown_fact() -> None:
    document = {
        "on": ON,
        "members": [{"birth": None, "activity": "jobless"}],
        "house": {"wall": None},
        "b1": {"electricity": None},
        "indicators": None,
    }
    assert check_answers(NEW, document) == {
        "on": ON,
        "members": [{"activity": "jobless"}],
        "house": {},
        "b1": {},
    }


def test_the_document_itself_is_left_alone() -> None:
    document = {"b1": {"electricity": None}, "members": [{"birth": None}]}
    check_answers(NEW, document)
    assert document == {"b1": {"electricity": None}, "members": [{"birth": None}]}


def test_2016_has_ten_indicators() -> None:
    assert check_answers(OLD, {"indicators": {"10": True}})
    with pytest.raises(BadAnswersError, match=r"indicators\.11"):
        check_answers(OLD, {"indicators": {"11": True}})


@pytest.mark.parametrize("standard", [OLD, NEXT], ids=lambda one: one.id)
def test_answers_under_a_standard_without_points_or_definitions_pass(standard: Any) -> None:
    document = household(b1={"electricity": "under_25"}, house=house())
    result = score(standard, "rural", check_answers(standard, document))
    assert (result.classification, result.reason) == ("undecided", "no_points")
    assert set(result.indicators) == {"undecided"}
