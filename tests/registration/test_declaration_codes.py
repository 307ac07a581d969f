"""Every code of `domain/indicator-facts.md` can be answered, and is understood by the standard."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from portal.forms import registry
from portal.forms.questionnaire import Field
from portal.registration import household, standards
from portal.registration.standards.codes import DEVICES, HOUSE_CHOICES, MEMBER_CHOICES

pytestmark = pytest.mark.once

ON = date(2026, 9, 1)
STANDARD = standards.get("vn-2022")
# As the contract lays them out, written once more: a code that is lost in both places is noticed.
MEMBER = {
    "activity": "employed jobless studying homemaker retired unable child",
    "studying": "none preschool primary lower_secondary upper_secondary vocational higher",
    "diploma": "none primary lower_secondary upper_secondary vocational college university "
    "employer_training",
    "insurance": "yes no unknown",
    "growth": "no short light unknown",
    "internet": "yes no",
    "sex": "male female",
}
HOUSE = {
    "wall": "concrete brick_stone solid_wood_metal earth_lime_straw plaited_board other",
    "column": "concrete brick_stone solid_wood_metal poor_wood_bamboo other",
    "roof": "concrete tile sheet leaf_straw_paper other",
    "water": "piped drilled_well protected_dug_well protected_spring rain bottled other",
    "toilet": "septic_or_semi_septic pour_flush ventilated_improved_pit pit_with_seat two_vault "
    "other none",
}
JOBS: dict[str, tuple[str, str | None]] = {
    "own_account": ("own_account", None),
    "family": ("family", None),
    "wage_yes": ("wage", "yes"),
    "wage_no": ("wage", "no"),
    "wage_unknown": ("wage", "unknown"),
    "employer": ("employer", None),
    "cooperative": ("cooperative", None),
}
MEMBER_CODES = [(fact, code) for fact, codes in MEMBER.items() for code in codes.split()]
HOUSE_CODES = [(fact, code) for fact, codes in HOUSE.items() for code in codes.split()]


def field(name: str) -> Field:
    """The question of the form as it is registered."""
    fields = registry.get("household").current.fields()
    return next(one for one in fields if one.name == name)


def offered(name: str) -> set[str]:
    return {choice.code for choice in field(name).choices}


def member(**answers: Any) -> dict[str, Any]:
    """What the standard is told of one member; it understands all of it."""
    found = household.facts({"members": [{"id": "aaaa", **answers}]}, ON)
    checked: dict[str, Any] = standards.check_answers(STANDARD, found)["members"][0]
    return checked


def house(**answers: Any) -> dict[str, Any]:
    """The same of the house."""
    checked: dict[str, Any] = standards.check_answers(STANDARD, household.facts(answers, ON))
    return checked


@pytest.mark.parametrize(("fact", "code"), MEMBER_CODES)
def test_each_answer_about_a_member(fact: str, code: str) -> None:
    assert code in offered(fact)
    assert member(**{fact: code}) == {fact: code}


@pytest.mark.parametrize(("fact", "code"), HOUSE_CODES)
def test_each_answer_about_the_house(fact: str, code: str) -> None:
    assert code in offered(fact)
    assert house(**{fact: code})["house"] == {fact: code}


@pytest.mark.parametrize("code", DEVICES)
def test_each_device(code: str) -> None:
    assert code in offered("devices")
    assert house(devices=[code])["house"] == {"devices": [code]}


def test_no_device_at_all_is_an_answer() -> None:
    assert house(devices=[])["house"] == {"devices": []}


@pytest.mark.parametrize("job", JOBS)
def test_each_job_is_a_position_and_perhaps_a_contract(job: str) -> None:
    assert offered("job") == set(JOBS)
    position, contract = JOBS[job]
    known = {"position": position} | ({"contract": contract} if contract else {})
    assert member(activity="employed", job=job) == {"activity": "employed", **known}


def test_who_does_not_work_any_more_has_no_job() -> None:
    assert member(activity="retired", job="wage_no") == {"activity": "retired"}


@pytest.mark.parametrize("fact", ["disabled", "allowance"])
@pytest.mark.parametrize(("code", "value"), [("yes", True), ("no", False)])
def test_certificates_and_allowances_are_true_or_false(fact: str, code: str, value: bool) -> None:
    assert code in offered(fact)
    assert member(**{fact: code}) == {fact: value}


@pytest.mark.parametrize("fact", ["studying", "diploma"])
def test_not_known_about_a_member_is_no_fact(fact: str) -> None:
    assert "unknown" in offered(fact)
    assert member(**{fact: "unknown"}) == {}


@pytest.mark.parametrize("fact", HOUSE)
def test_not_known_about_the_house_is_no_fact(fact: str) -> None:
    assert "unknown" in offered(fact)
    assert house(**{fact: "unknown"})["house"] == {}


@pytest.mark.parametrize("birth", ["1980-03-01", "1980-03", "1980"])
def test_a_birth_as_far_as_it_is_known(birth: str) -> None:
    assert member(birth=birth) == {"birth": birth}


@pytest.mark.parametrize(
    ("birth", "counted"),
    [("2026-09-02", "2026-09-01"), ("2026-10", "2026-09-01"), ("2026-09", "2026-09"),
     ("2026", "2026"), ("2027", "2026-09-01")],
)  # fmt: skip
def test_a_birth_after_the_reference_day_counts_as_on_it(birth: str, counted: str) -> None:
    assert member(birth=birth) == {"birth": counted}


def test_the_contract_is_whole() -> None:
    assert set(MEMBER) | {"position", "contract"} == set(MEMBER_CHOICES)
    assert {fact: tuple(codes.split()) for fact, codes in HOUSE.items()} == dict(HOUSE_CHOICES)
    assert offered("devices") == {*DEVICES, "none"}


@pytest.mark.parametrize(("fact", "codes"), {**MEMBER, **HOUSE}.items())
def test_nothing_else_is_offered(fact: str, codes: str) -> None:
    assert offered(fact) - {"unknown"} == set(codes.split()) - {"unknown"}


def test_the_items_of_the_table_are_asked_once() -> None:
    table = STANDARD.table
    assert table is not None
    asked = {item.code for item in table.items if item.derived is None}
    assert asked == {"electricity", "assets", "land", "livestock"}
    many = [item for item in table.items if item.derived is None and item.type == "many"]
    lost = [one.code for one in many if {each.code for each in one.options} - offered(one.code)]
    assert lost == []


def test_people_count_only_when_the_list_is_complete() -> None:
    answers = {"members": [{"id": "aaaa", "birth": "1980"}], "wall": "concrete"}
    assert "members" not in household.facts(answers, ON, members_complete=False)
    assert "members" not in household.facts({"members": []}, ON)
    assert household.facts(answers, ON)["members"] == [{"birth": "1980"}]


@pytest.mark.parametrize(
    ("members", "name"),
    [
        ([], None),
        ([{"full_name": "Một", "relation": "spouse"}], "Một"),
        ([{"full_name": "Một"}, {"full_name": "Hai", "relation": "head"}], "Hai"),
    ],
)
def test_the_head_else_the_first(members: list[dict[str, Any]], name: str | None) -> None:
    assert household.head({"members": members}).get("full_name") == name


def test_the_registered_form_is_the_current_version() -> None:
    form = registry.get("household")
    assert (form.prefix, form.current.version) == ("RS", "1")
    assert form.current.consent.version == "household-2026-2"
    sensitive = {one.name for one in form.current.fields() if one.sensitive}
    assert sensitive == {"ethnicity", "insurance", "disabled", "allowance", "growth"}
