"""What holds for every household (issue 4, section 8)."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from portal.registration.standards import (
    Area,
    BadAnswersError,
    Result,
    Standard,
    all_ids,
    check_answers,
    explain,
    get,
    record,
    result_of,
    score,
    summary,
)
from tests.registration.standards.households import (
    AREAS,
    COMPLETE,
    NEW,
    PARTIAL,
    STATED,
    Answers,
)

pytestmark = pytest.mark.once

# By name: a standard that hypothesis prints is a page long.
NAMES = st.sampled_from(all_ids())
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=12,
)


def forget(answers: Answers, data: st.DataObject) -> Answers:
    """The same household with some answers missing."""
    partial = deepcopy(answers)
    for part in (partial["house"], partial["b1"], *partial["members"], partial):
        for key in data.draw(st.sets(st.sampled_from(sorted(part))) if part else st.just(set())):
            del part[key]
    return partial


def contains(outer: tuple[int, int] | None, inner: tuple[int, int] | None) -> bool:
    if outer is None or inner is None:
        return outer is inner
    return outer[0] <= inner[0] <= inner[1] <= outer[1]


@given(AREAS, COMPLETE, st.data())
def test_the_interval_holds_the_final_score_of_every_completion(
    area: Area, answers: Answers, data: st.DataObject
) -> None:
    partial, final = score(NEW, area, forget(answers, data)), score(NEW, area, answers)
    assert contains(partial.b1, final.b1)
    assert contains(partial.b2, final.b2)
    assert set(final.possible) <= set(partial.possible)
    for before, after in zip(partial.indicators, final.indicators, strict=True):
        assert before in ("undecided", after)
    if partial.reason is None:
        assert final.classification == partial.classification


@given(AREAS, PARTIAL, st.randoms(use_true_random=False))
def test_the_order_of_members_never_matters(area: Area, answers: Answers, random: Any) -> None:
    members = list(answers.get("members", []))
    random.shuffle(members)
    shuffled = {**answers, "members": members} if members else answers
    assert score(NEW, area, shuffled) == score(NEW, area, answers)


@given(NAMES, AREAS, st.one_of(PARTIAL, STATED, COMPLETE))
def test_total_on_whatever_validation_lets_pass(name: str, area: Area, answers: Answers) -> None:
    standard = get(name)
    assume(refusal(standard, answers) is None)
    checked = check_answers(standard, answers)
    result = score(standard, area, checked)
    check_result(standard, result)
    stored = record(standard, area, checked)
    back = json.loads(json.dumps(stored, ensure_ascii=False))
    assert result_of(back) == result
    assert explain(standard, area, back) == explain(standard, area, checked)
    assert summary(result, 3).text.endswith(".")


def check_result(standard: Standard, result: Result) -> None:
    """Integers, ordered, and the parts agree with one another."""
    assert len(result.indicators) == len(standard.indicators)
    for interval in (result.b1, result.b2):
        assert interval is None or 0 <= interval[0] <= interval[1]
        assert interval is None or all(type(one) is int for one in interval)
    if result.b2 is not None:
        open_count = result.indicators.count("undecided")
        assert result.b2[0] == 10 * result.indicators.count("deprived")
        assert result.b2[1] - result.b2[0] == 10 * open_count
    assert (result.classification == "undecided") == (result.reason is not None)
    assert (result.classification == "undecided") == (len(result.possible) != 1)
    assert json.loads(json.dumps(result.as_json()))["class"] == result.classification


@given(NAMES, ANYTHING)
def test_validation_refuses_with_a_named_error_or_lets_pass(name: str, document: Any) -> None:
    error = refusal(get(name), document)
    if error is None:
        score(get(name), "rural", check_answers(get(name), document))
    else:
        assert error.field
        assert str(error).isprintable()
        assert str(error).startswith(error.field)


def refusal(standard: Standard, document: Any) -> BadAnswersError | None:
    try:
        check_answers(standard, document)
    except BadAnswersError as error:
        return error
    return None


MEMBER_PARTS = {
    "activity": ("activity", "jobless"),
    "contract": ("contract", "no"),
    "allowance": ("allowance", True),
    "disabled": ("disabled", True),
    "growth": ("growth", "light"),
    "insurance": ("insurance", "no"),
    "studying": ("studying", "none"),
    "diploma": ("diploma", "none"),
    "internet": ("internet", "no"),
}
HOUSE_PARTS = {
    "wall": "earth_lime_straw",
    "column": "other",
    "roof": "leaf_straw_paper",
    "area_m2": 0,
    "water": "other",
    "toilet": "none",
    "devices": [],
}


@given(AREAS, PARTIAL, st.data())
def test_more_deprivation_never_lowers_b2(
    area: Area, answers: Answers, data: st.DataObject
) -> None:
    worse = deepcopy(answers)
    answered = [key for key in worse.get("house", {}) if key in HOUSE_PARTS]
    for key in data.draw(st.sets(st.sampled_from(answered)) if answered else st.just(set())):
        worse["house"][key] = HOUSE_PARTS[key]
    for one in worse.get("members", []):
        known = [key for key in one if key in MEMBER_PARTS]
        for key in data.draw(st.sets(st.sampled_from(known)) if known else st.just(set())):
            one[key] = MEMBER_PARTS[key][1]
    before, after = score(NEW, area, answers).b2, score(NEW, area, worse).b2
    assert before is not None
    assert after is not None
    assert before[0] <= after[0]
    assert before[1] <= after[1]


@given(NAMES, AREAS, STATED, st.integers(1, 10))
def test_a_stated_deprivation_never_lowers_b2(
    name: str, area: Area, answers: Answers, number: int
) -> None:
    standard = get(name)
    more = {**answers, "indicators": {**answers.get("indicators", {}), str(number): True}}
    less = {**answers, "indicators": {**answers.get("indicators", {}), str(number): False}}
    high, low = score(standard, area, more).b2, score(standard, area, less).b2
    if high is None or low is None:
        assert high is low is None
        return
    assert low[0] < high[0]
    assert low[1] < high[1]
