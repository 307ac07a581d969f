"""Ages on the reference day, from birth dates of which parts may be unknown."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.registration.standards.ages import Age, age_on, day_of
from tests.registration.standards.households import household, member, state

pytestmark = pytest.mark.once


def age(birth: str, on: str = "2026-09-01") -> Age | None:
    return age_on(birth, day_of(on), (7, 1), 15)


@pytest.mark.parametrize(
    ("birth", "on", "months", "precision"),
    [
        ("2010-09-01", "2026-09-01", 192, "day"),
        ("2010-09-02", "2026-09-01", 191, "day"),
        ("2026-09-01", "2026-09-01", 0, "day"),
        ("2008-02-29", "2026-02-28", 215, "day"),
        ("2008-02-29", "2026-03-01", 216, "day"),
        ("2010-09", "2026-09-14", 191, "month"),
        ("2010-09", "2026-09-15", 192, "month"),
        ("2010", "2026-06-30", 191, "year"),
        ("2010", "2026-07-01", 192, "year"),
    ],
)
def test_completed_months(birth: str, on: str, months: int, precision: str) -> None:
    assert age(birth, on) == (months, precision)


@pytest.mark.parametrize("birth", ["2026", "2026-09"])
def test_a_baby_without_birth_day_is_under_one_even_before_the_assumed_day(birth: str) -> None:
    assert age(birth, "2026-09-01" if len(birth) > 4 else "2026-03-01") == (
        0,
        "month" if len(birth) > 4 else "year",
    )


@pytest.mark.parametrize("birth", ["2026-09-02", "2026-10", "2027"])
def test_the_unborn_have_no_age(birth: str) -> None:
    assert age(birth) is None


@given(st.dates(date(1900, 1, 1), date(2026, 9, 1)))
def test_years_are_those_of_the_calendar(birth: date) -> None:
    found = age(str(birth))
    assert found is not None
    assert found.months // 12 == 2026 - birth.year - ((birth.month, birth.day) > (9, 1))


def test_a_baby_without_birth_day_in_the_indicators() -> None:
    baby = member(0, birth="2026", growth="light", insurance=None, studying=None, diploma=None)
    answers = household(member(), baby) | {"on": "2026-03-01"}
    assert state(3, answers) == "deprived"
    assert state(4, answers) == "not_deprived"
    assert state(6, answers) == "not_deprived"
    unborn = household(member(), baby | {"birth": None})
    unborn["members"][1].pop("birth")
    assert state(3, unborn) == "undecided"
    assert state(4, unborn) == "undecided"


def test_without_a_reference_day_ages_are_unknown() -> None:
    answers = household(member(activity="jobless"), member(5, growth="light"))
    del answers["on"]
    assert state(1, answers) == "undecided"
    assert state(3, answers) == "undecided"
