"""The sentence before the points."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from portal.registration.standards import Result, score, summary
from tests.registration.standards.households import NEW, NEXT, OLD
from tests.registration.standards.test_classes import stated

pytestmark = pytest.mark.once


def result(**changes: Any) -> Result:
    return score(NEW, "rural", {})._replace(**changes)


@pytest.fixture(autouse=True)
def _english() -> Any:
    with translation.override("en"):
        yield


def test_all_parts_of_the_sentence() -> None:
    found = summary(result(b1=(62, 95)), 4)
    assert found.text == (
        "The household may still count as poor; provisional points from 62 to 95, 4 steps to go."
    )
    assert found.classes == ("poor", "near_poor", "neither")


@pytest.mark.parametrize(
    ("b1", "steps", "expected"),
    [
        ((62, 95), 1, "; provisional points from 62 to 95, 1 step to go."),
        ((62, 95), 0, "; provisional points from 62 to 95."),
        ((62, 62), 0, "; provisional points 62."),
        ((62, 62), -1, "; provisional points 62."),
        (None, 2, "; 2 steps to go."),
        (None, 0, "."),
    ],
)
def test_parts_that_are_missing(b1: tuple[int, int] | None, steps: int, expected: str) -> None:
    found = summary(result(b1=b1), steps)
    assert found.text == "The household may still count as poor" + expected


@pytest.mark.parametrize(
    ("b1", "deprived", "unknown", "expected"),
    [
        (140, 3, 0, "By the answers so far the household counts as poor"),
        (140, 0, 0, "By the answers so far the household counts as near-poor"),
        (141, 0, 0, "By the answers so far the household is neither poor nor near-poor"),
        (140, 2, 1, "The household may still count as poor"),
    ],
)
def test_the_verdict(b1: int, deprived: int, unknown: int, expected: str) -> None:
    assert summary(score(NEW, "rural", stated(NEW, b1, deprived, unknown)), 0).verdict == expected


def test_near_poverty_may_be_all_that_is_left() -> None:
    found = summary(result(possible=("near_poor", "neither")), 0)
    assert found.verdict == "The household may still count as near-poor"


@pytest.mark.parametrize("standard", [OLD, NEXT], ids=lambda one: one.id)
def test_without_points_the_sentence_says_so(standard: Any) -> None:
    found = summary(score(standard, "rural", {}), 0)
    assert found.text.startswith("The class cannot be told: there is no table of points")
    assert found.points == ""
