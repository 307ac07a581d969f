"""Whatever is accepted can be shown, sent back unchanged and is the same: for every kind."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.forms.kinds import KINDS
from portal.forms.kinds.places import commune_value
from portal.forms.questionnaire import Choice
from portal.forms.texts import Text
from portal.jobs import clock
from tests.areas.builders import make_commune, make_old_commune
from tests.forms.engine.asking import NAME, again, form, question

pytestmark = pytest.mark.once

LETTERS = st.text(max_size=60)
DIGITS = st.text("0123456789 .-+()a٣", max_size=16)
LIST = tuple(
    Choice(code, Text(label, english))
    for code, label, english in (
        ("1", "Một", "One"),
        ("2", "Một", "Another one"),
        ("3", "Mot", "One"),
        ("4", "Một hai ba", ""),
        ("Một hai ba", "Năm", "Five"),
        ("6", "Sáu " * 60, "Six"),
    )
)
# A machine that others work on too is no reason to fail.
CALM = settings(deadline=None)
BOXES = (*LIST, Choice("none", Text("Không"), alone=True))
CODES = [choice.code for choice in LIST]


def same(kind: str, inputs: Any, **options: Any) -> None:
    """What a question takes of some input comes back the same, in both languages."""
    answers, choices = options.pop("answers", None), options.pop("choices", ())
    found = form(question(kind, choices, **options), inputs, answers)
    value = found.values.get(NAME) if found.is_valid() else None
    back = [value]
    for language in ("vi", "en"):
        with translation.override(language):
            known = value is not None
            back.append(
                again(kind, value, choices=choices, answers=answers, **options) if known else None
            )
    assert back == [value] * 3


@pytest.mark.parametrize("kind", ["text", "long_text", "name", "phone", "citizen", "digits"])
@CALM
@given(typed=st.one_of(LETTERS, DIGITS))
def test_texts(kind: str, typed: str) -> None:
    same(kind, typed)


@CALM
@given(name=st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyAĐ '’.-\u0300\u0301\u0303\u0323", max_size=40))
def test_names(name: str) -> None:
    same("name", name)


@CALM
@given(number=st.integers(0, 10**9 - 1), start=st.sampled_from(["09", "+849", "849", "00849"]))
def test_telephones(number: int, start: str) -> None:
    same("phone", f"{start}{number:08}"[: len(start) + 8])


@CALM
@given(number=st.integers(0, 10**12 - 1), length=st.sampled_from([9, 12]))
def test_citizen_numbers(number: int, length: int) -> None:
    value = f"{number:012}"[:length]
    assert again("citizen", value) == value


@CALM
@given(number=st.integers(0, 10**10 - 1))
def test_other_numbers_that_are_names(number: int) -> None:
    assert again("digits", f"{number:010}") == f"{number:010}"


@CALM
@given(value=st.integers(0, 10**12))
def test_whole_numbers_and_money(value: int) -> None:
    assert (again("number", value), again("money", value)) == (value, value)


@CALM
@given(value=st.integers(0, 10**9), places=st.integers(1, 6))
def test_numbers_with_decimals(value: int, places: int) -> None:
    number = value / 10**places
    assert again("number", number, places=places) == number


@CALM
@given(typed=st.text("0123456789.,-+eE _", max_size=20), places=st.integers(0, 3))
def test_numbers_as_they_are_typed(typed: str, places: int) -> None:
    same("number", typed, places=places)
    same("money", typed)


@CALM
@given(days=st.integers(0, 120 * 365), known=st.sampled_from([4, 7, 10]))
def test_dates(days: int, known: int) -> None:
    day: date = clock.today() - timedelta(days=days)
    value = day.isoformat()[:known]
    assert again("date", value, partial=True) == value


@CALM
@given(
    boxes=st.fixed_dictionaries(
        {f"{NAME}_{part}": st.text("0123456789/", max_size=5) for part in ("day", "month", "year")}
    ),
    partial=st.booleans(),
    future=st.booleans(),
)
def test_dates_as_they_are_typed(boxes: dict[str, str], partial: bool, future: bool) -> None:
    same("date", boxes, partial=partial, future=future)


@pytest.mark.parametrize("kind", ["choice", "code"])
@CALM
@given(code=st.sampled_from(CODES))
def test_each_entry_of_a_list_also_those_of_one_name(kind: str, code: str) -> None:
    for language in ("vi", "en"):
        with translation.override(language):
            assert again(kind, code, choices=LIST) == code


@CALM
@given(typed=st.one_of(LETTERS, st.sampled_from([choice.label.vi for choice in LIST])))
def test_entries_as_they_are_typed(typed: str) -> None:
    same("code", typed, choices=LIST)


@CALM
@given(ticked=st.lists(st.sampled_from([*CODES, "none"]), max_size=8))
def test_boxes(ticked: list[str]) -> None:
    same("multi", {NAME: ticked}, choices=BOXES, none="none")


@settings(max_examples=25, deadline=None)
@given(code=st.sampled_from(["02545", "02473", "02600", "02601"]), typed=LETTERS)
@pytest.mark.django_db
def test_places(code: str, typed: str) -> None:
    """Two communes of one name, and villages as somebody writes them."""
    names = {"02545": "Tân Trào", "02473": "Yên Sơn", "02600": "Minh Tân", "02601": "Minh Tân"}
    units = {each: make_commune(each, name) for each, name in names.items()}
    value = commune_value(units[code])
    assert again("commune", value) == value
    same("village", typed, answers={"c": value}, of="c")
    where = {"province": {"code": "08", "name": "tỉnh Tuyên Quang"}, "commune": value}
    same(
        "address",
        {
            f"{NAME}_province": where["province"]["code"],
            f"{NAME}_commune": value["name"],
            f"{NAME}_pick": code,
            f"{NAME}_detail": typed,
        },
    )


@pytest.mark.parametrize("pick", ["", "02473", "02545"])
@pytest.mark.parametrize("typed", ["Kim Quan", "Trung Yên", "Tân Trào", "Bòng", "minh tân"])
@pytest.mark.django_db
def test_places_as_they_are_typed(typed: str, pick: str) -> None:
    here, there = make_commune(), make_commune("02473", "Yên Sơn")
    make_old_commune("02550", "Kim Quan", here)
    make_old_commune("02551", "Trung Yên", here, there, people="some")
    same("commune", {NAME: typed, f"{NAME}_pick": pick})


TAKEN = {
    "text": "May thời trang",
    "long_text": "Nhà bị lũ cuốn,\nmất mùa.",
    "name": "Nguyễn Thị Hoà",
    "phone": "0912 345 678",
    "citizen": "008190001234",
    "digits": "0123456789",
    "number": "1.234",
    "money": "1.500.000",
    "date": {f"{NAME}_day": "7", f"{NAME}_month": "3", f"{NAME}_year": "1990"},
    "choice": "3",
    "code": "Một hai ba",
    "multi": {NAME: ["1", "3"]},
    "commune": "tan trao",
    "village": "thôn cả",
    "address": {f"{NAME}_province": "08", f"{NAME}_commune": "Tân Trào", f"{NAME}_detail": "Tổ 5"},
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.django_db
def test_a_good_answer_of_each_kind_is_taken(kind: str) -> None:
    """Otherwise the tests above would pass when a kind refused everything."""
    make_commune()
    choices = LIST if KINDS[kind].needs_choices else ()
    assert form(question(kind, choices), TAKEN[kind]).is_valid()
