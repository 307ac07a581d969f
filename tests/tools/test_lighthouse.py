"""What is told of a report of Lighthouse; the measuring itself needs Node and is no test."""

from __future__ import annotations

from typing import Any

import pytest

from tools import lighthouse


def report(seo: float | None) -> dict[str, Any]:
    """A report with one audit that costs points and one that weighs nothing."""
    audits = [{"id": "described", "weight": 1}, {"id": "odd", "weight": 0}]
    return {
        "categories": {"seo": {"score": seo, "auditRefs": audits}},
        "audits": {
            "described": {"score": seo, "title": "Has no description"},
            "odd": {"score": 0, "title": "Is odd"},
        },
    }


def test_points_and_what_costs_them() -> None:
    assert lighthouse.points(report(0.92)) == {"seo": 92}
    assert lighthouse.faults(report(0.92)) == ["Has no description"]
    assert lighthouse.faults(report(1)) == []


def test_a_category_without_a_score_is_a_fault() -> None:
    with pytest.raises(lighthouse.LighthouseError, match="seo"):
        lighthouse.points(report(None))


def test_pages_that_are_not_indexed_have_a_dash() -> None:
    form = next(place for place in lighthouse.PLACES if not place.indexed)
    assert "seo" not in form.categories
    row = lighthouse.table({form: dict.fromkeys(form.categories, 100)}).splitlines()[1]
    assert row.split() == [form.name, "100", "100", "100", "–"]
