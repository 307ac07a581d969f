"""Sending reads stored answers without the page's form, and must come to the same end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from portal.forms import validating
from portal.forms.walk import Spot, Walk
from tests.labour.people import INACTIVE, UNEMPLOYED, WORKER, save, walk_of
from tests.labour.test_worker import filled

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.usefixtures("communes")]
PLACE = {"code": "99999", "since": "2025-07-01", "name": "Xã không có"}
ODD: tuple[Any, ...] = (None, "", "không có mã này", "9" * 300, "2999-13-45", [], ["không"], PLACE)


def outcome(values: Any) -> Any:
    """What came of it, or the kind of failure where the answer has no such shape at all."""
    try:
        return values()
    except (TypeError, KeyError, AttributeError, ValueError) as error:
        return type(error)


def both(walk: Walk, spot: Spot) -> tuple[Any, Any]:
    """By the page's form, and as sending does."""

    def by_form() -> Any:
        form = validating.stored_form(walk, spot)
        return form.values if form.is_valid() else None

    return outcome(by_form), outcome(lambda: validating.stored_values(walk, spot))


def spoilt(walk: Walk) -> Iterator[tuple[Walk, Spot, str]]:
    """The way with one answer after the other replaced by something odd."""
    for spot in walk.spots:
        for field in walk.asked(spot):
            for odd in ODD:
                answers = {**walk.answers, field.name: odd}
                yield Walk(walk.questionnaire, answers, walk.saved, walk.on), spot, field.name


@pytest.mark.parametrize("pages", [WORKER, UNEMPLOYED, INACTIVE], ids=["works", "seeks", "neither"])
def test_sending_refuses_what_the_page_would_refuse(pages: dict[str, dict[str, Any]]) -> None:
    walk = walk_of(filled(pages))
    assert all(page == sent and page for page, sent in (both(walk, spot) for spot in walk.spots))
    compared = [(name, *both(odd, spot)) for odd, spot, name in spoilt(walk)]
    assert [one for one in compared if one[1] != one[2]] == []
    refused = sum(page is None for _name, page, _sent in compared)
    assert len(compared) // 4 < refused < len(compared)


def test_a_check_between_two_answers_counts_when_sent() -> None:
    """Poor and near-poor exclude each other, whatever page was looked at."""
    draft = filled(WORKER)
    draft = save(draft, "doi-tuong", {"priority_groups": ["none"]})
    walk = walk_of(draft)
    wrong = {**walk.answers, "priority_groups": ["poor_household", "near_poor_household"]}
    spot = Spot("doi-tuong")
    assert both(Walk(walk.questionnaire, wrong, walk.saved, walk.on), spot) == (None, None)
