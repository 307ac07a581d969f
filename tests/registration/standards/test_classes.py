"""Classes from points: every boundary of the legal tables, and what intervals leave open."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.registration import standards
from portal.registration.standards import Area, Standard, score
from tests.registration.standards.households import AREAS, NEW, NEXT, OLD

pytestmark = pytest.mark.once

# poverty-review.md 3.3
BOUNDARIES_2022 = [
    ("rural", 140, 3, "poor"),
    ("rural", 140, 2, "near_poor"),
    ("rural", 141, 12, "neither"),
    ("urban", 175, 3, "poor"),
    ("urban", 175, 0, "near_poor"),
    ("urban", 176, 12, "neither"),
    ("urban", 150, 4, "poor"),
    ("rural", 150, 4, "neither"),
    ("rural", 0, 0, "near_poor"),
    ("rural", 0, 12, "poor"),
]
# poverty-review.md 10: two cut-offs, and the same numbers with other meanings
BOUNDARIES_2016 = [
    ("rural", 120, 0, "poor"),
    ("rural", 121, 2, "near_poor"),
    ("rural", 121, 3, "poor"),
    ("rural", 150, 3, "poor"),
    ("rural", 150, 2, "near_poor"),
    ("rural", 151, 10, "neither"),
    ("urban", 140, 0, "poor"),
    ("urban", 141, 2, "near_poor"),
    ("urban", 141, 3, "poor"),
    ("urban", 175, 3, "poor"),
    ("urban", 175, 2, "near_poor"),
    ("urban", 176, 10, "neither"),
]


def stated(standard: Standard, b1: Any, deprived: int, unknown: int = 0) -> dict[str, Any]:
    """So many indicators deprived and unknown, the others not deprived."""
    count = len(standard.indicators)
    values = [True] * deprived + [None] * unknown + [False] * (count - deprived - unknown)
    return {"b1": b1, "indicators": {str(no): value for no, value in enumerate(values, 1)}}


@pytest.mark.parametrize(("area", "b1", "deprived", "expected"), BOUNDARIES_2022)
def test_the_boundaries_of_2022(area: Area, b1: int, deprived: int, expected: str) -> None:
    result = score(NEW, area, stated(NEW, b1, deprived))
    assert (result.classification, result.reason) == (expected, None)
    assert result.b1 == (b1, b1)
    assert result.b2 == (deprived * 10, deprived * 10)


@pytest.mark.parametrize(("area", "b1", "deprived", "expected"), BOUNDARIES_2016)
def test_the_boundaries_of_2016(area: Area, b1: int, deprived: int, expected: str) -> None:
    result = score(OLD, area, stated(OLD, b1, deprived))
    assert (result.classification, result.reason) == (expected, None)
    assert result.b2 == (deprived * 10, deprived * 10)


@pytest.mark.parametrize(
    ("standard", "b1", "deprived", "unknown", "expected", "possible"),
    [
        (NEW, 140, 3, 9, "poor", ("poor",)),
        (NEW, 140, 2, 1, "undecided", ("poor", "near_poor")),
        (NEW, 140, 0, 2, "near_poor", ("near_poor",)),
        (NEW, 141, 0, 12, "neither", ("neither",)),
        (OLD, 120, 0, 10, "poor", ("poor",)),
        (OLD, 121, 0, 10, "undecided", ("poor", "near_poor")),
        (OLD, 151, 0, 10, "neither", ("neither",)),
    ],
)
def test_a_class_is_decided_as_soon_as_nothing_can_change_it(
    standard: Standard,
    b1: int,
    deprived: int,
    unknown: int,
    expected: str,
    possible: tuple[str, ...],
) -> None:
    result = score(standard, "rural", stated(standard, b1, deprived, unknown))
    assert result.classification == expected
    assert standards.possible_classes(result) == possible
    assert result.reason == ("unanswered" if expected == "undecided" else None)


def test_nothing_known_of_2016_is_undecided_for_want_of_points() -> None:
    result = score(OLD, "urban", {})
    assert (result.classification, result.reason) == ("undecided", "no_points")
    assert (result.b1, result.b2) == (None, (0, 100))
    assert result.indicators == ("undecided",) * 10
    assert result.possible == ("poor", "near_poor", "neither")


def test_2027_has_no_points_even_when_they_are_stated() -> None:
    result = score(NEXT, "urban", stated(NEXT, 10, 12))
    assert (result.classification, result.reason) == ("undecided", "no_points")
    assert (result.b1, result.b2) == ((10, 10), None)
    assert result.indicators == ("deprived",) * 12


def test_without_its_table_2022_is_undecided_but_near_poverty_can_be_out() -> None:
    bare = NEW.with_table(None)
    result = score(bare, "rural", stated(bare, None, 3))
    assert (result.classification, result.reason) == ("undecided", "no_points")
    assert result.possible == ("poor", "neither")
    assert score(bare, "rural", stated(bare, 140, 3)).classification == "poor"


def test_only_points_of_the_made_up_table_are_illustrative() -> None:
    assert score(NEW, "rural", {"b1": 132}).illustrative is False
    assert score(NEW, "rural", {}).illustrative is True
    assert score(OLD, "rural", {}).illustrative is False


def _class_2022(line: int, b1: int, b2: int) -> str:
    """The rule as the circular says it, on exact points."""
    if b1 > line:
        return "neither"
    return "poor" if b2 >= 30 else "near_poor"


def _class_2016(poor: int, line: int, b1: int, b2: int) -> str:
    if b1 <= poor or (b1 <= line and b2 >= 30):
        return "poor"
    return "near_poor" if b1 <= line else "neither"


@given(AREAS, st.integers(0, 300), st.integers(0, 10), st.integers(0, 10))
def test_the_possible_classes_are_those_of_every_completion(
    area: Area, b1: int, deprived: int, unknown: int
) -> None:
    unknown = min(unknown, 10 - deprived)
    ends = range(deprived * 10, (deprived + unknown) * 10 + 1, 10)
    new = {_class_2022(140 if area == "rural" else 175, b1, b2) for b2 in ends}
    cuts = (120, 150) if area == "rural" else (140, 175)
    old = {_class_2016(*cuts, b1, b2) for b2 in ends}
    assert set(score(NEW, area, stated(NEW, b1, deprived, unknown)).possible) == new
    assert set(score(OLD, area, stated(OLD, b1, deprived, unknown)).possible) == old


ORDER = ("poor", "near_poor", "neither")


@given(
    st.sampled_from([NEW, OLD]),
    AREAS,
    st.integers(0, 300),
    st.integers(0, 50),
    st.integers(0, 9),
)
def test_better_off_is_never_classed_poorer_nor_more_deprived_less_poor(
    standard: Standard, area: Area, b1: int, more: int, deprived: int
) -> None:
    def rank(points: int, count: int) -> int:
        return ORDER.index(score(standard, area, stated(standard, points, count)).classification)

    assert rank(b1, deprived) <= rank(b1 + more, deprived)
    assert rank(b1, deprived + 1) <= rank(b1, deprived)


def test_an_area_type_that_does_not_exist_is_a_fault_of_the_program() -> None:
    with pytest.raises(KeyError):
        score(NEW, "suburb", {})  # type: ignore[arg-type]
