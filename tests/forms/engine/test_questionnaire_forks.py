"""Conditions and checks that lead nowhere are refused when the file is read."""

from __future__ import annotations

import pytest

from portal.forms.loading import build
from portal.forms.mistakes import QuestionnaireError
from tests.forms.engine.spoiling import (
    COUPLE,
    HOUSE,
    VILLAGE,
    Change,
    changed,
    field,
    look,
    member,
    step,
)

FORKS: dict[str, tuple[Change, str]] = {
    "ahead": (
        lambda raw: step(raw, VILLAGE).update(when=look("area")),
        "thu: thon: a condition looks at area, not asked before",
    ),
    "the same page": (
        lambda raw: field(raw, HOUSE, 2).update(when=look("devices", "tv")),
        "thu: nha: reason: a condition looks at devices, not asked before",
    ),
    "its own answer": (
        lambda raw: field(raw, HOUSE, 0).update(when=look("devices", "tv")),
        "thu: nha: devices: a condition looks at devices, not asked before",
    ),
    "nobody's answer": (
        lambda raw: step(raw, COUPLE).update(when=look("device")),
        "thu: vo-chong: a condition looks at device, not asked before",
    ),
    "a member's answer from outside": (
        lambda raw: step(raw, COUPLE).update(when=look("sex", "male")),
        "thu: vo-chong: a condition looks at sex, not asked before",
    ),
    "a later page of the member": (
        lambda raw: member(raw)["fields"][3].update(when=look("studying", "yes")),
        "thu: thanh-vien: ai: citizen: a condition looks at studying, not asked before",
    ),
    "inside of all": (
        lambda raw: step(raw, COUPLE).update(when={"all": [{"field": "x", "answered": True}]}),
        "thu: vo-chong: a condition looks at x, not asked before",
    ),
    "an answer that is not offered": (
        lambda raw: step(raw, COUPLE).update(when=look("devices", "fridge")),
        "thu: vo-chong: a condition waits for 'fridge', which devices never is",
    ),
    "the box that says nothing": (
        lambda raw: step(raw, COUPLE).update(when=look("devices", "none")),
        "thu: vo-chong: a condition waits for 'none', which devices never is",
    ),
    "one of several that is not offered": (
        lambda raw: step(raw, COUPLE).update(when={"field": "devices", "any_of": ["tv", "x"]}),
        "thu: vo-chong: a condition waits for 'x', which devices never is",
    ),
    "the age of what is no date": (
        lambda raw: step(raw, COUPLE).update(when={"field": "area", "age": {"from": 3}}),
        "thu: vo-chong: a condition takes the age of area, which is no date",
    ),
    "an age without a limit": (
        lambda raw: member(raw, 1).update(when={"field": "birth", "age": {}}),
        "thu: thanh-vien: hoc: an age is from or below a number, not {}",
    ),
    "an age above": (
        lambda raw: member(raw, 1).update(when={"field": "birth", "age": {"above": 3}}),
        "thu: thanh-vien: hoc: unknown above",
    ),
    "an expression": (
        lambda raw: step(raw, COUPLE).update(when={"expression": "devices == 'tv'"}),
        "thu: vo-chong: no condition: {'expression'",
    ),
    "a text": (
        lambda raw: step(raw, COUPLE).update(when="devices"),
        "thu: vo-chong: no condition: 'devices'",
    ),
    "not": (
        lambda raw: step(raw, COUPLE).update(when={"field": "devices", "is_not": "tv"}),
        "thu: vo-chong: no condition:",
    ),
    "any of a text": (
        lambda raw: step(raw, COUPLE).update(when={"field": "devices", "any_of": "tv"}),
        "thu: vo-chong: a list is expected, not 'tv'",
    ),
    "a village of no commune": (
        lambda raw: field(raw, VILLAGE).update(options={"of": "village_of"}),
        "thu: thon: village: there is no village_of here",
    ),
    "a check of another page": (
        lambda raw: step(raw, COUPLE).update(
            checks=[{"field": "devices", "message": "x", "when": look("devices", "tv")}]
        ),
        "thu: vo-chong: check of devices: there is no devices here",
    ),
    "a check of the future": (
        lambda raw: step(raw, HOUSE)["checks"][0].update(when=look("money")),
        "thu: nha: check of devices: a condition looks at money, not asked before",
    ),
    "a check of nothing": (
        lambda raw: step(raw, HOUSE)["checks"][0].pop("when"),
        "thu: nha: check of devices: when, citizen or apart is missing",
    ),
    "a check without message": (
        lambda raw: step(raw, HOUSE)["checks"][0].pop("message"),
        "thu: nha: check of devices: message is missing",
    ),
    "a citizen's number and nothing beside it": (
        lambda raw: member(raw)["checks"][0].update(citizen=["citizen"]),
        "thu: thanh-vien: ai: check of citizen: citizen is [number, sex, birth]",
    ),
    "a citizen's number beside strangers": (
        lambda raw: member(raw)["checks"][0].update(citizen=["citizen", "gender", "birth"]),
        "thu: thanh-vien: ai: check of citizen: there is no gender here",
    ),
}


@pytest.mark.parametrize("name", FORKS)
def test_a_fork_that_leads_nowhere_is_named_with_its_place(name: str) -> None:
    change, sentence = FORKS[name]
    with pytest.raises(QuestionnaireError) as told:
        build(changed(change))
    assert sentence in str(told.value)
