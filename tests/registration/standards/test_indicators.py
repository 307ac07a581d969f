"""The twelve indicators from facts: the tables and the cases of `indicator-facts.md`."""

from __future__ import annotations

from typing import Any

import pytest

from portal.registration.standards import score
from tests.registration.standards.households import (
    NEW,
    ON,
    born,
    changed,
    household,
    member,
    state,
    states,
)

pytestmark = pytest.mark.once

YES, NO, OPEN = "deprived", "not_deprived", "undecided"


def test_a_household_that_lacks_nothing() -> None:
    assert states(household(member(), member(38, sex="female"), member(8))) == (NO,) * 12


def test_nothing_known_leaves_everything_open() -> None:
    assert states({}) == (OPEN,) * 12
    assert states({"on": ON, "members": [], "house": {}}) == (OPEN,) * 12
    assert score(NEW, "rural", {}).b2 == (0, 120)


def test_all_unknown_goes_up_to_what_the_household_can_have_at_most() -> None:
    adults = [{"birth": born(40)}, {"birth": born(42)}]
    result = score(NEW, "rural", {"on": ON, "members": adults})
    # No child and nobody of 16 to 30: 3, 5 and 6 are settled.
    assert [no for no, one in enumerate(result.indicators, 1) if one == NO] == [3, 5, 6]
    assert result.b2 == (0, 90)
    unknown = {"contract": "unknown", "insurance": "unknown", "growth": "unknown"}
    said = {"on": ON, "members": [{**one, **unknown, "internet": "unknown"} for one in adults]}
    assert states(said) == result.indicators


# 1: job


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"activity": "jobless"}, YES),
        ({"activity": "homemaker"}, NO),
        ({"activity": "studying"}, NO),
        ({"activity": "retired"}, NO),
        ({"activity": "unable"}, NO),
        ({"activity": None}, OPEN),
        ({"activity": "employed", "position": "wage", "contract": "no"}, YES),
        ({"activity": "employed", "position": "wage", "contract": "yes"}, NO),
        ({"activity": "employed", "position": "wage", "contract": "unknown"}, OPEN),
        ({"activity": "employed", "position": "wage", "contract": None}, OPEN),
        ({"activity": "employed", "position": None, "contract": "no"}, OPEN),
        ({"activity": "employed", "position": None, "contract": "yes"}, NO),
        ({"activity": "employed", "position": "own_account", "contract": None}, NO),
        ({"activity": "employed", "position": "family", "contract": None}, NO),
        ({"activity": "employed", "position": "employer", "contract": None}, NO),
        ({"activity": "employed", "position": "cooperative", "contract": None}, NO),
        ({"activity": "homemaker", "position": "wage", "contract": "no"}, NO),
        ({"activity": "jobless", "birth": None}, OPEN),
        ({"activity": "homemaker", "birth": None}, NO),
    ],
)
def test_job(facts: dict[str, Any], expected: str) -> None:
    assert state(1, household(member(40, **facts))) == expected


def test_unknown_contract_does_not_matter_beside_a_jobless_adult() -> None:
    unsure = member(40, position="wage", contract="unknown")
    assert state(1, household(unsure, member(38))) == OPEN
    assert state(1, household(unsure, member(38, activity="jobless"))) == YES


@pytest.mark.parametrize(
    ("sex", "birth", "on", "expected"),
    [
        ("male", "2010-09-02", ON, NO),
        ("male", "2010-09-01", ON, YES),
        # 2026: men 61 years 6 months, women 57 years
        ("male", "1965-03-02", ON, YES),
        ("male", "1965-03-01", ON, NO),
        ("female", "1969-09-02", ON, YES),
        ("female", "1969-09-01", ON, NO),
        (None, "1969-09-02", ON, YES),
        (None, "1969-09-01", ON, OPEN),
        (None, "1965-03-01", ON, NO),
        # 2022: men 60 years 6 months, women 55 years 8 months; beyond the table its nearest year
        ("male", "1962-03-02", "2022-09-01", YES),
        ("male", "1962-03-01", "2022-09-01", NO),
        ("female", "1967-01-02", "2022-09-01", YES),
        ("female", "1967-01-01", "2022-09-01", NO),
        ("male", "1979-01-02", "2040-12-31", YES),
        ("male", "1978-12-31", "2040-12-31", NO),
        ("male", "1955-01-01", "2015-06-30", YES),
        ("male", "1955-01-01", "2015-07-01", NO),
    ],
)
def test_working_age_ends_with_the_pension_age_of_year_and_sex(
    sex: str | None, birth: str, on: str, expected: str
) -> None:
    someone = member(40, sex=sex, birth=birth, activity="jobless")
    assert state(1, household(someone) | {"on": on}) == expected


# 2: dependants


def test_a_couple_of_seventy_with_allowance() -> None:
    couple = [member(70, allowance=True), member(70, sex="female", allowance=True)]
    assert state(2, household(*couple)) == YES
    assert state(2, household(*[one | {"allowance": False} for one in couple])) == NO
    assert state(2, household(couple[0], member(70, allowance=None))) == OPEN


def test_half_is_not_more_than_half() -> None:
    two, three = [member(8), member(9)], [member(8), member(9), member(10)]
    assert state(2, household(member(), member(), *two)) == NO
    assert state(2, household(member(), member(), *three)) == YES


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, NO),
        ({"disabled": True}, NO),
        ({"allowance": True}, NO),
        ({"disabled": True, "allowance": True}, YES),
        ({"disabled": True, "allowance": None}, OPEN),
        ({"disabled": None, "allowance": True}, OPEN),
        ({"disabled": None, "allowance": False}, NO),
        ({"birth": born(15)}, YES),
        ({"birth": born(16)}, NO),
        ({"birth": born(60), "allowance": True}, YES),
        ({"birth": born(60), "allowance": True, "disabled": None}, YES),
        ({"birth": born(59), "allowance": True}, NO),
        ({"birth": None}, OPEN),
        ({"birth": None, "disabled": True, "allowance": True}, YES),
    ],
)
def test_dependant(facts: dict[str, Any], expected: str) -> None:
    assert state(2, household(member(40, **facts))) == expected


def test_an_unknown_member_who_cannot_move_the_share_leaves_nothing_open() -> None:
    stranger: dict[str, Any] = {}
    assert state(2, household(member(), member(), stranger)) == NO
    assert state(2, household(member(), stranger)) == NO
    assert state(2, household(member(8), stranger)) == OPEN
    assert state(2, household(member(8), member(8), stranger)) == YES


# 3 and 4: nutrition, insurance


@pytest.mark.parametrize(
    ("age", "growth", "expected"),
    [
        (5, "short", YES),
        (5, "light", YES),
        (5, "no", NO),
        (5, "unknown", OPEN),
        (5, None, OPEN),
        (15, "short", YES),
        (16, "short", NO),
        (16, None, NO),
    ],
)
def test_nutrition(age: int, growth: str | None, expected: str) -> None:
    assert state(3, household(member(), member(age, growth=growth))) == expected


@pytest.mark.parametrize(
    ("age", "insurance", "expected"),
    [
        (6, "no", YES),
        (5, "no", NO),
        (5, None, NO),
        (6, "unknown", OPEN),
        (6, None, OPEN),
        (80, "no", YES),
        (40, "yes", NO),
    ],
)
def test_health_insurance(age: int, insurance: str | None, expected: str) -> None:
    assert state(4, household(member(), member(age, insurance=insurance))) == expected


@pytest.mark.parametrize("number", [3, 4])
def test_the_unknown_birth_of_a_concerned_member_leaves_it_open(number: int) -> None:
    someone = member(5, birth=None, growth="short", insurance="no")
    assert state(number, household(member(), someone)) == OPEN
    fine = member(5, birth=None, growth="no", insurance="yes")
    assert state(number, household(member(), fine)) == NO


def test_one_who_lacks_it_settles_what_is_unknown_of_others() -> None:
    answers = household(member(5, growth=None, insurance=None), member(7, growth="short"))
    assert state(3, answers) == YES
    assert state(4, household(member(7, insurance=None), member(insurance="no"))) == YES


# 5 and 6: education


@pytest.mark.parametrize(
    ("age", "studying", "diploma", "expected"),
    [
        (15, "none", "none", NO),
        (16, "none", "primary", YES),
        (16, "none", "lower_secondary", NO),
        (17, "none", "lower_secondary", NO),
        (18, "none", "lower_secondary", YES),
        (18, "none", "upper_secondary", NO),
        (18, "none", "vocational", NO),
        (18, "none", "college", NO),
        (18, "none", "university", NO),
        (16, "none", "employer_training", NO),
        (30, "none", "employer_training", NO),
        (30, "none", "none", YES),
        (31, "none", "none", NO),
        (25, "higher", "none", NO),
        (25, "vocational", None, NO),
        (25, None, "upper_secondary", NO),
        (25, None, "primary", OPEN),
        (25, "none", None, OPEN),
        (25, None, None, OPEN),
    ],
)
def test_adult_education(
    age: int, studying: str | None, diploma: str | None, expected: str
) -> None:
    someone = member(age, studying=studying, diploma=diploma)
    assert state(5, household(member(50), someone)) == expected


@pytest.mark.parametrize(
    ("studying", "diploma", "expected"),
    [
        ("higher", "none", NO),
        ("none", "upper_secondary", NO),
        ("none", "lower_secondary", OPEN),
        (None, None, OPEN),
    ],
)
def test_adult_education_at_an_unknown_age(
    studying: str | None, diploma: str | None, expected: str
) -> None:
    someone = member(20, birth=None, studying=studying, diploma=diploma)
    assert state(5, household(member(50), someone)) == expected


def test_who_finished_lower_secondary_and_left_is_deprived_from_eighteen() -> None:
    left = {"activity": "employed", "studying": "none", "diploma": "lower_secondary"}
    assert state(5, household(member(17, **left))) == NO
    assert state(5, household(member(18, **left))) == YES


@pytest.mark.parametrize(
    ("age", "studying", "expected"),
    [
        (2, "none", NO),
        (3, "none", YES),
        (3, "preschool", NO),
        (5, "preschool", NO),
        (6, "preschool", YES),
        (6, "primary", NO),
        (11, "primary", NO),
        (12, "primary", YES),
        (12, "lower_secondary", NO),
        (15, "lower_secondary", NO),
        (15, "none", YES),
        (16, "none", NO),
        (9, None, OPEN),
        (2, None, NO),
    ],
)
def test_child_attendance(age: int, studying: str | None, expected: str) -> None:
    assert state(6, household(member(), member(age, studying=studying))) == expected


@pytest.mark.parametrize(
    ("age", "studying"),
    [(5, "primary"), (11, "lower_secondary"), (15, "upper_secondary"), (15, "vocational")],
)
def test_a_level_ahead_of_the_age_fits_by_a_setting(age: int, studying: str) -> None:
    answers = household(member(), member(age, studying=studying))
    strict = changed("higher_level_fits", value=False)
    assert state(6, answers) == NO
    assert score(strict, "rural", answers).indicators[5] == YES


@pytest.mark.parametrize(
    ("studying", "expected"),
    [("lower_secondary", NO), ("higher", NO), ("primary", OPEN), ("none", OPEN), (None, OPEN)],
)
def test_child_attendance_at_an_unknown_age(studying: str | None, expected: str) -> None:
    assert state(6, household(member(), member(9, birth=None, studying=studying))) == expected


def test_no_children_no_want_of_school_or_food() -> None:
    assert states(household(member(), member(17)))[2] == NO
    assert states(household(member(), member(17)))[5] == NO


# stated indicators


def test_stated_indicators_stand_instead_of_facts() -> None:
    result = score(NEW, "rural", {"indicators": {"1": True, "2": False}})
    assert result.indicators == (YES, NO, *(OPEN,) * 10)
    assert result.b2 == (10, 110)
