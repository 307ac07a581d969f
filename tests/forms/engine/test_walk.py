"""The way through a questionnaire: next, before, first open, what may be opened, what is left."""

from __future__ import annotations

import copy
from datetime import date
from typing import Any

import pytest

from portal.forms.conditions import Age, All, Answered, AnyOf, Is
from portal.forms.dates import age_on, assumed, in_words, too_close
from portal.forms.loading import build
from portal.forms.questionnaire import Group
from portal.forms.walk import Spot, Walk
from tests.forms.samples import RAW

ON = date(2026, 11, 25)
WHERE, VILLAGE, MEMBERS, HOUSE, PRICE = (
    Spot(slug) for slug in ("noi-o", "thon", "thanh-vien", "nha", "vo-chong")
)
HEAD = {"id": "aaaa", "full_name": "An", "birth": "1980", "sex": "male"}
CHILD = {"id": "bbbb", "full_name": "Bé", "birth": "2016", "sex": "female"}


def raw() -> dict[str, Any]:
    """The sample, with the rule that exactly one member is a man."""
    found = copy.deepcopy(RAW)
    rule = {"when": {"field": "sex", "is": "male"}, "message": "Đúng một người nam."}
    found["steps"][2] |= {"single": rule}
    return found


QUESTIONNAIRE = build(raw())


def page(item: str, name: str) -> Spot:
    return Spot("thanh-vien", item, name)


def walk(
    members: tuple[dict[str, Any], ...] = (), saved: tuple[Spot, ...] = (), **more: Any
) -> Walk:
    answers = {"commune": {"code": "02545"}, "village": {"name": "Bòng"}, "members": list(members)}
    counts = {spot.key: 1 for spot in saved}
    return Walk(QUESTIONNAIRE, {**answers, **more}, counts, ON)


BEGUN = (WHERE, VILLAGE)
FAMILY = (*BEGUN, MEMBERS, page("aaaa", "ai"), page("bbbb", "ai"), page("bbbb", "hoc"))


def family(*saved: Spot, **more: Any) -> Walk:
    """A father and a child at school, everything before the house saved."""
    return walk((HEAD, {**CHILD, "studying": "yes"}), (*FAMILY, *saved), **more)


def test_steps_are_those_that_apply() -> None:
    slugs = [step.slug for step in family().steps]
    assert slugs == ["noi-o", "thon", "thanh-vien", "nha"]
    forked = [step.slug for step in family(devices=["tv"]).steps]
    assert forked == [*slugs, "vo-chong"]


def test_spots_stand_in_the_order_in_which_they_are_filled_in() -> None:
    assert [spot.key for spot in family().spots] == [
        "noi-o",
        "thon",
        "thanh-vien",
        "thanh-vien/aaaa/ai",
        "thanh-vien/bbbb/ai",
        "thanh-vien/bbbb/hoc",
        "nha",
    ]


AFTER = [
    (WHERE, VILLAGE),
    (VILLAGE, MEMBERS),
    (MEMBERS, HOUSE),
    (page("aaaa", "ai"), MEMBERS),
    (page("bbbb", "ai"), page("bbbb", "hoc")),
    (page("bbbb", "hoc"), MEMBERS),
    (page("new1", "ai"), page("new1", "hoc")),
    (HOUSE, None),
]


@pytest.mark.parametrize(("spot", "following"), AFTER)
def test_what_comes_next(spot: Spot, following: Spot | None) -> None:
    assert family().after(spot) == following


BEFORE = [
    (WHERE, None),
    (VILLAGE, WHERE),
    (MEMBERS, VILLAGE),
    (page("aaaa", "ai"), MEMBERS),
    (page("bbbb", "hoc"), page("bbbb", "ai")),
    (page("new1", "ai"), MEMBERS),
    (HOUSE, MEMBERS),
]


@pytest.mark.parametrize(("spot", "earlier"), BEFORE)
def test_what_was_before(spot: Spot, earlier: Spot | None) -> None:
    assert family().before(spot) == earlier


def test_a_fork_changes_what_comes_next() -> None:
    assert family(devices=["tv"]).after(HOUSE) == PRICE
    assert family(devices=["tv"]).before(PRICE) == HOUSE
    assert family(devices=[]).after(HOUSE) is None
    assert family(devices=[]).after(PRICE) is None


OPEN = [
    (walk(), WHERE),
    (walk((), (WHERE,)), VILLAGE),
    (walk((), BEGUN), MEMBERS),
    (walk((HEAD,), BEGUN), MEMBERS),
    (walk((HEAD,), (*BEGUN, MEMBERS)), page("aaaa", "ai")),
    (walk((HEAD, CHILD), FAMILY[:5]), page("bbbb", "hoc")),
    (family(), HOUSE),
    (family(HOUSE, devices=[]), None),
    (family(HOUSE, devices=["tv"]), PRICE),
    (family(HOUSE, devices=["tv"], money=5), PRICE),
    (family(HOUSE, PRICE, devices=["tv"], money=5), None),
]


@pytest.mark.parametrize(("found", "spot"), OPEN)
def test_the_first_page_that_is_open(found: Walk, spot: Spot | None) -> None:
    assert found.first_open == spot


def test_a_page_is_open_again_when_its_answer_is_taken_away() -> None:
    found = family(HOUSE, devices=[], commune=None)
    assert found.first_open == WHERE
    assert not found.may_open(HOUSE)


def test_a_child_that_becomes_older_is_asked_less() -> None:
    grown = walk((HEAD, {**CHILD, "birth": "1970"}), FAMILY)
    assert page("bbbb", "hoc") not in grown.spots
    assert grown.after(page("bbbb", "ai")) == MEMBERS
    assert grown.first_open == HOUSE


MAY = [
    (walk(), [True, False, False, False]),
    (walk((), (WHERE,)), [True, True, False, False]),
    (walk((), BEGUN), [True, True, True, False]),
    (walk((HEAD,), (*BEGUN, MEMBERS)), [True, True, True, False]),
    (walk((HEAD,), (*BEGUN, MEMBERS, page("aaaa", "ai"))), [True] * 4),
]


@pytest.mark.parametrize(("found", "may"), MAY)
def test_a_page_opens_when_all_before_it_are_done(found: Walk, may: list[bool]) -> None:
    assert [found.may_open(spot) for spot in (WHERE, VILLAGE, MEMBERS, HOUSE)] == may


def test_pages_of_a_group_open_together() -> None:
    found = walk((HEAD, CHILD), BEGUN)
    assert found.may_open(page("bbbb", "hoc"))
    assert found.may_open(page("new1", "ai"))
    assert not walk((HEAD,), (WHERE,)).may_open(page("aaaa", "ai"))


def test_a_page_that_does_not_apply_never_opens() -> None:
    assert not family(HOUSE, devices=[]).may_open(PRICE)
    assert not family().may_open(Spot("khong-co"))


LEFT = [
    (walk(), 4),
    (walk((), (WHERE,)), 3),
    (walk((), BEGUN), 2),
    (walk((HEAD,), (*BEGUN, MEMBERS)), 2),
    (family(), 1),
    (family(devices=["tv"]), 2),
    (family(HOUSE, devices=[]), 0),
    (family(HOUSE, devices=["tv"]), 1),
]


@pytest.mark.parametrize(("found", "left"), LEFT)
def test_steps_that_are_left(found: Walk, left: int) -> None:
    assert found.steps_left == left


def test_steps_are_numbered_from_one() -> None:
    assert [family().number(spot) for spot in (WHERE, MEMBERS, page("aaaa", "ai"), HOUSE)] == [
        1,
        3,
        3,
        4,
    ]


@pytest.mark.parametrize(
    ("sexes", "single"),
    [([], False), (["male"], True), (["male", "female"], True), (["female"], False),
     (["male", "male"], False), ([None, "male"], True), ([None], False)],
)  # fmt: skip
def test_exactly_one_is_what_only_one_may_be(sexes: list[str | None], single: bool) -> None:
    members = tuple({**HEAD, "id": f"aaa{no}", "sex": sex} for no, sex in enumerate(sexes))
    found = walk(members, FAMILY)
    group = QUESTIONNAIRE.steps[2]
    assert isinstance(group, Group)
    assert found.is_single(group) is single
    assert found.is_done(MEMBERS) is single


def test_without_the_rule_everybody_may_be_anything() -> None:
    plain = build(RAW)
    group = plain.steps[2]
    assert isinstance(group, Group)
    assert Walk(plain, {"members": [HEAD, HEAD]}, {}, ON).is_single(group)


def test_questions_see_their_member_first_and_then_the_form() -> None:
    found = family(devices=["tv"])
    assert found.seen(page("bbbb", "hoc"))["full_name"] == "Bé"
    assert found.seen(page("bbbb", "hoc"))["devices"] == ["tv"]
    assert "full_name" not in found.seen(HOUSE)


def test_what_applies_is_what_will_be_sent() -> None:
    left_over = {**HEAD, "studying": "yes"}
    found = walk((left_over, {**CHILD, "studying": "no"}), FAMILY, devices=["radio"], money=5)
    assert "money" not in found.applying
    assert found.applying["devices"] == ["radio"]
    assert [one.get("studying") for one in found.applying["members"]] == [None, "no"]
    assert "members" not in Walk(QUESTIONNAIRE, {}, {}, ON).applying


CONDITIONS = [
    (Is("a", "x"), {"a": "x"}, True),
    (Is("a", "x"), {"a": ["y", "x"]}, True),
    (Is("a", "x"), {"a": ["y"]}, False),
    (Is("a", "x"), {}, False),
    (AnyOf("a", ("x", "y")), {"a": "y"}, True),
    (AnyOf("a", ("x", "y")), {"a": ["z"]}, False),
    (Answered("a"), {"a": 0}, True),
    (Answered("a"), {"a": "no"}, True),
    (Answered("a"), {"a": ""}, False),
    (Answered("a"), {"a": []}, False),
    (Answered("a"), {}, False),
    (Age("a", 3, 30), {"a": "2023-11-25"}, True),
    (Age("a", 3, 30), {"a": "2023-11-26"}, False),
    (Age("a", 3, 30), {"a": "1996-11-26"}, True),
    (Age("a", 3, 30), {"a": "1996-11-25"}, False),
    (Age("a", 3, 30), {}, True),
    (Age("a", 3, 30), {"a": "1980-02-31"}, True),
    (Age("a", None, 16), {"a": "2026-12-01"}, True),
    (Age("a", 15), {"a": "2011"}, True),
    (All(), {}, True),
    (All((Is("a", "x"), Is("b", "y"))), {"a": "x"}, False),
]


@pytest.mark.parametrize(("condition", "answers", "holds"), CONDITIONS)
def test_conditions(condition: Any, answers: dict[str, Any], holds: bool) -> None:
    assert condition.holds(answers, ON) is holds


AGES = [
    ("1980-11-25", 46),
    ("1980-11-26", 45),
    ("1980-11", 46),
    ("1980-12", 45),
    ("1980", 46),
    ("2026-11-25", 0),
    ("2026-11-26", -1),
    ("2026-12", -1),
    ("2026-11", 0),
    ("2026", 0),
    ("2027", -1),
    ("2000-02-29", 26),
    ("1980-00", None),
    ("x", None),
    (None, None),
    (1980, None),
]


@pytest.mark.parametrize(("value", "age"), AGES)
def test_ages_on_a_day(value: Any, age: int | None) -> None:
    assert age_on(value, ON) == age


def test_a_month_stands_for_its_middle_and_a_year_for_july() -> None:
    assert (assumed("1980-02"), assumed("1980")) == (date(1980, 2, 15), date(1980, 7, 1))
    assert age_on("2026-12", date(2026, 12, 1)) == 0
    assert too_close("2010", "2024", 15)
    assert not too_close("2009-07-01", "2024-07-01", 15)
    assert not too_close(None, "2024", 15)


@pytest.mark.parametrize(
    ("value", "words"),
    [("1980-03-07", "07/03/1980"), ("1980-03", "03/1980"), ("1980", "1980"), ("x", ""), (None, "")],
)
def test_dates_are_read_as_they_are_written_here(value: Any, words: str) -> None:
    assert in_words(value) == words
