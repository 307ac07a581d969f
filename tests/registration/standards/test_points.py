"""B1: points of items, derived from facts or answered, and what is still open."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from portal.registration import standards
from portal.registration.standards import Area, record, score
from tests.registration.standards.households import NEW, ON, born, house, household, member

pytestmark = pytest.mark.once

assert NEW.table is not None
ITEMS = {item.code: item for item in NEW.table.items}


def item(code: str, answers: dict[str, Any], area: Area = "rural") -> tuple[Any, int, int]:
    """Options chosen, points at least and at most."""
    chosen, low, high, _evidence = record(NEW, area, answers)["items"][code]
    return chosen, low, high


def points(code: str, option: str, area: Area = "rural") -> int:
    return next(one.points[area] for one in ITEMS[code].options if one.code == option)


@pytest.mark.parametrize(
    ("count", "option"), [(1, "1"), (2, "2"), (6, "6"), (7, "7_or_more"), (40, "7_or_more")]
)
@pytest.mark.parametrize("area", standards.AREAS)
def test_household_size(count: int, option: str, area: Area) -> None:
    expected = points("household_size", option, area)
    answers = household(*[member()] * count)
    assert item("household_size", answers, area) == ((option,), expected, expected)


@pytest.mark.parametrize(
    ("area_m2", "option"),
    [
        (39.9, "under_8"),
        (40.0, "8_to_20"),
        (99.9, "8_to_20"),
        (100, "20_to_30"),
        (150, "30_to_40"),
        (199.5, "30_to_40"),
        (200, "40_or_more"),
        (5000, "40_or_more"),
    ],
)
def test_area_per_person_of_five(area_m2: float, option: str) -> None:
    answers = household(*[member()] * 5, house=house(area_m2=area_m2))
    assert item("area_per_person", answers)[0] == (option,)


@pytest.mark.parametrize(
    ("answer", "option"),
    [
        ("under_25", "under_25"),
        (0, "under_25"),
        (24, "under_25"),
        (25, "25_to_49"),
        (149, "100_to_149"),
        (150, "150_or_more"),
        (9999, "150_or_more"),
    ],
)
def test_electricity_is_answered_by_band_or_number(answer: str | int, option: str) -> None:
    expected = points("electricity", option)
    found = item("electricity", {"b1": {"electricity": answer}})
    assert found == ((option,), expected, expected)


def test_points_of_several_assets_add_up() -> None:
    chosen = ["motorbike", "fridge"]
    expected = points("assets", "motorbike") + points("assets", "fridge")
    assert item("assets", {"b1": {"assets": chosen}}) == (tuple(chosen), expected, expected)
    assert item("assets", {"b1": {"assets": []}}) == ((), 0, 0)
    everything = sum(option.points["rural"] for option in ITEMS["assets"].options)
    assert item("assets", {}) == (None, 0, everything)


@pytest.mark.parametrize(
    ("diplomas", "expected"),
    [
        (("none", "upper_secondary"), ("upper_secondary",)),
        (("university", "none"), ("college_or_higher",)),
        (("college", "university"), ("college_or_higher",)),
        (("employer_training", "primary"), ("lower",)),
        (("university", None), ("college_or_higher",)),
        (("upper_secondary", None), None),
    ],
)
def test_highest_diploma(diplomas: tuple[str | None, ...], expected: tuple[str] | None) -> None:
    answers = household(*[member(diploma=one) for one in diplomas])
    assert item("highest_diploma", answers)[0] == expected


def test_an_unknown_diploma_may_be_any_higher_one() -> None:
    low, high = (
        points("highest_diploma", "upper_secondary"),
        points("highest_diploma", "vocational"),
    )
    answers = household(member(diploma="vocational"), member(diploma=None))
    assert item("highest_diploma", answers)[1:] == (
        high,
        points("highest_diploma", "college_or_higher"),
    )
    answers = household(member(diploma="upper_secondary"), member(10, diploma=None))
    assert item("highest_diploma", answers) == (("upper_secondary",), low, low)


def test_bug_a_childs_diploma_counted_once_it_was_typed() -> None:
    """The interval before it was typed did not hold the points after it."""
    lowest = ITEMS["highest_diploma"].options[-1].points["rural"]
    for diploma in (None, "upper_secondary"):
        answers = household(member(diploma="none"), member(14, diploma=diploma))
        assert item("highest_diploma", answers)[1:] == (lowest, lowest)
    some_age = household(member(diploma="none"), member(birth=None, diploma="upper_secondary"))
    assert item("highest_diploma", some_age)[1:] == (
        lowest,
        points("highest_diploma", "upper_secondary"),
    )


@pytest.mark.parametrize(
    ("facts", "chosen", "options"),
    [
        ({}, ("all_durable",), ("all_durable",)),
        ({"roof": "sheet"}, ("two_durable",), ("two_durable",)),
        ({"roof": None}, None, ("two_durable", "all_durable")),
        (
            {"roof": None, "wall": None, "column": None},
            None,
            ("none_durable", "one_durable", "two_durable", "all_durable"),
        ),
        ({"roof": "other", "wall": "other", "column": None}, None, ("none_durable", "one_durable")),
    ],
)
def test_house_structure(
    facts: dict[str, Any], chosen: tuple[str] | None, options: tuple[str, ...]
) -> None:
    possible = [points("house_structure", option) for option in options]
    found = item("house_structure", household(house=house(**facts)))
    assert found == (chosen, min(possible), max(possible))


def test_water_and_toilet_are_never_asked_twice() -> None:
    answers = household(house=house(water="rain", toilet="none"))
    assert item("water_source", answers)[0] == ("other_clean",)
    assert item("toilet_type", answers)[0] == ("none_or_other",)
    assert {one.code for one in NEW.table.asked()} == {  # type: ignore[union-attr]
        "electricity",
        "assets",
        "land",
        "livestock",
    }


@pytest.mark.parametrize(
    ("members", "skipped"),
    [
        ([member(14), member(61)], True),
        ([member(40, activity="unable"), member(70)], True),
        ([member(15), member(70)], False),
        ([member(60), member(70)], False),
        ([member(40, activity="unable"), member(40)], False),
    ],
)
def test_household_size_is_not_scored_where_nobody_can_work(
    members: list[dict[str, Any]], skipped: bool
) -> None:
    found = item("household_size", household(*members))
    assert (found == (("not_scored",), 0, 0)) is skipped
    assert skipped or found[0] == ("2",)


@pytest.mark.parametrize(
    "unknown", [{"activity": None}, {"birth": None, "activity": "employed"}, {"birth": None}]
)
def test_household_size_is_open_while_it_may_not_be_scored(unknown: dict[str, Any]) -> None:
    answers = household(member(70), member(40, **unknown))
    assert item("household_size", answers) == (None, 0, points("household_size", "2"))


def test_the_interval_is_the_sum_of_the_items() -> None:
    answers = {"on": ON, "members": [{"birth": born(40)}], "b1": {"electricity": 50}}
    result = score(NEW, "urban", answers)
    items = record(NEW, "urban", answers)["items"].values()
    assert result.b1 == (sum(one[1] for one in items), sum(one[2] for one in items))
    assert result.b1[0] < result.b1[1]


def test_the_columns_of_the_areas_differ() -> None:
    answers = household(
        b1={"land": ["annual_crops"], "livestock": [], "assets": [], "electricity": 0}
    )
    rural, urban = (score(NEW, area, answers).b1 for area in standards.AREAS)
    assert rural is not None
    assert urban is not None
    assert rural[0] == rural[1] != urban[0] == urban[1]


def test_with_stated_indicators_derived_items_can_be_stated() -> None:
    b1 = {item.code: item.options[0].code for item in ITEMS.values() if item.type != "many"}
    b1 |= {code: [] for code in ("assets", "land", "livestock")}  # type: ignore[misc]
    result = score(NEW, "rural", {"b1": b1, "indicators": {}})
    expected = sum(
        item.options[0].points["rural"] for item in ITEMS.values() if item.type != "many"
    )
    assert result.b1 == (expected, expected)


@pytest.mark.parametrize(
    "b1", [{"assets": ["sleigh"]}, {"electricity": "plenty"}, {"moon": "full"}]
)
def test_answers_of_another_table_count_as_none(b1: dict[str, Any]) -> None:
    assert score(NEW, "rural", {"b1": b1}).b1 == score(NEW, "rural", {}).b1


def test_an_item_that_may_not_be_scored_is_open_down_to_nothing() -> None:
    size = replace(ITEMS["household_size"], options=ITEMS["household_size"].options[:2])
    assert NEW.table is not None
    table = NEW.with_table(replace(NEW.table, items=(size,)))
    for answers in ({}, {"indicators": {}}):
        assert score(table, "rural", answers).b1 == (0, points("household_size", "1"))


def test_a_stated_answer_counts_before_the_facts_and_does_not_rest_on_them() -> None:
    items = record(NEW, "rural", household(b1={"water_source": "other"}))["items"]
    assert items["water_source"] == (("other",), 0, 0, ())
