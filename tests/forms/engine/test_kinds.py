"""Every kind of question but places: accepted spellings, refusals with their sentence."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation
from django.utils.translation import gettext

from portal.forms.kinds import get
from portal.forms.questionnaire import Choice
from portal.forms.texts import Text
from tests.forms.engine.asking import NAME, YES_NO, ask, form, question, refused

DATE_SAID = "Write the date in digits, such as 07 03 1980."
PEOPLES = (
    Choice("tay", Text("Tày", "Tày")),
    Choice("thai", Text("Thái", "Thái")),
    Choice("co", Text("Co", "Co")),
    Choice("co-ho", Text("Cơ-ho", "Cơ-ho")),
    Choice("co-lao", Text("Cơ Lao", "Cơ Lao")),
    Choice("ma", Text("Mạ", "Mạ")),
    Choice("hmong", Text("HMông (H'Mông, Mông, Mèo)", "HMông")),
    Choice("khac", Text("Khác", "Other")),
)
DEVICES = (
    Choice("tv", Text("Ti vi", "Television")),
    Choice("radio", Text("Đài", "Radio")),
    Choice("none", Text("Không có", "None"), alone=True),
)
EMPTY: dict[str, Any] = {
    "text": "",
    "name": "  ",
    "long_text": "\n \n",
    "date": {"q_day": "", "q_month": " ", "q_year": ""},
    "choice": "",
    "multi": [],
    "code": "\u200b",
    "number": "",
    "money": " ",
    "phone": "",
    "citizen": "",
    "digits": "",
}


def choices_of(kind: str) -> tuple[Choice, ...]:
    return YES_NO if kind in {"choice", "multi", "code"} else ()


@pytest.mark.parametrize("kind", EMPTY)
def test_nothing_typed_is_no_answer(kind: str) -> None:
    assert ask(kind, EMPTY[kind], choices=choices_of(kind)) is None


@pytest.mark.parametrize("kind", EMPTY)
def test_a_required_question_says_what_is_missing(kind: str) -> None:
    said = refused(kind, EMPTY[kind], choices=choices_of(kind), required=True)
    assert said == str(get(kind).missing)


@pytest.mark.parametrize("kind", EMPTY)
def test_a_page_that_lacks_the_input_altogether(kind: str) -> None:
    assert ask(kind, {}, choices=choices_of(kind)) is None


TEXTS = [
    ("text", "  hai   chữ ", "hai chữ"),
    ("text", "một\nhai", "một hai"),
    ("long_text", "một\r\nhai", "một\nhai"),
    ("long_text", "  một  \n\n hai ", "một\n\nhai"),
    ("name", "nguyễn  văn an", "nguyễn văn an"),
    ("name", "Giàng A Páo", "Giàng A Páo"),
    ("name", "Y H’Mông Niê-Kdăm", "Y H’Mông Niê-Kdăm"),
    ("name", "O'Brien Jr.", "O'Brien Jr."),
    ("name", "Đ", "Đ"),
    ("name", "Nguyễn Văn A\u0306n", "Nguyễn Văn Ăn"),
]


@pytest.mark.parametrize(("kind", "typed", "kept"), TEXTS)
def test_texts_that_are_taken(kind: str, typed: str, kept: str) -> None:
    assert ask(kind, typed) == kept


@pytest.mark.parametrize("typed", ["An 1", "An@", "<An>", "---", ".", "An;", "An\u2028%", "😀"])
def test_names_that_are_none(typed: str) -> None:
    sentence = gettext("A name holds letters only, no digits or signs.")
    assert refused("name", typed) == sentence


@pytest.mark.parametrize(
    ("kind", "longest"), [("text", 200), ("name", 100), ("long_text", 2000), ("code", 200)]
)
def test_texts_have_an_end(kind: str, longest: int) -> None:
    assert str(longest) in refused(kind, "a" * (longest + 1), choices=choices_of(kind))


def test_the_end_is_counted_in_letters_as_they_are_kept() -> None:
    assert ask("text", "a\u0306" * 10 + "\u200b" * 50, longest=10) == "ă" * 10
    assert ask("long_text", "a\r\n" * 5, longest=9) == "a\na\na\na\na"
    assert "10" in refused("text", "a" * 11, longest=10)


PHONES = {
    "0912345678": "+84912345678",
    "0912 345 678": "+84912345678",
    "0912.345.678": "+84912345678",
    "0912-345-678": "+84912345678",
    "(091) 2345678": "+84912345678",
    "+84912345678": "+84912345678",
    "+84 912 345 678": "+84912345678",
    "84912345678": "+84912345678",
    "0084912345678": "+84912345678",
    "+84 (0) 912 345 678": "+84912345678",
    "0849123456": "+84849123456",
    "0334567890": "+84334567890",
    "0207 3822 123": "+842073822123",
    "+84 207 3822 123": "+842073822123",
}


@pytest.mark.parametrize("typed", PHONES)
def test_telephone_numbers_that_are_taken(typed: str) -> None:
    assert ask("phone", typed) == PHONES[typed]


@pytest.mark.parametrize(
    "typed",
    ["12", "091234567", "09123456789", "0112345678", "+85512345678", "không có", "09١٢٣٤٥٦٧٨",
     "0912345678/0987654321", "+84+912345678", "0912 345 67a"],
)  # fmt: skip
def test_telephone_numbers_that_are_none(typed: str) -> None:
    assert refused("phone", typed) == gettext(
        "A telephone number has 10 digits, such as 0912 345 678."
    )


def test_a_telephone_number_is_read_in_groups() -> None:
    field = question("phone")
    assert get("phone").words(field, "+84912345678") == "0912 345 678"


NUMBERS = [
    ("0", 0, 0),
    ("007", 0, 7),
    ("1500", 0, 1500),
    ("1.500", 0, 1500),
    ("1 500", 0, 1500),
    ("1\u00a0500", 0, 1500),
    ("1.234.567", 0, 1234567),
    ("12,0", 0, 12),
    ("12,5", 1, 12.5),
    ("12.5", 1, 12.5),
    ("1.500,5", 1, 1500.5),
    ("12,25", 2, 12.25),
    ("12,125", 3, 12.125),
]


@pytest.mark.parametrize(("typed", "places", "value"), NUMBERS)
def test_numbers_that_are_taken(typed: str, places: int, value: float) -> None:
    found = ask("number", typed, places=places)
    assert found == value
    assert isinstance(found, type(value))


WHOLE, RANGE, NONE = "Write a whole number.", "Write a number from %(least)s to %(most)s.", ""
NO_NUMBERS = [
    ("-1", {}, RANGE),
    ("1001", {"most": 1000}, RANGE),
    ("4", {"least": 5}, RANGE),
    ("12,5", {}, WHOLE),
    ("1,500", {}, WHOLE),
    ("1,000", {}, WHOLE),
    ("1e9", {}, NONE),
    ("1e999999999", {}, NONE),
    ("9" * 30, {}, NONE),
    ("9" * 40, {}, NONE),
    ("1_000", {}, NONE),
    ("٣", {}, NONE),
    ("３", {}, NONE),
    ("²", {}, NONE),
    ("NaN", {}, NONE),
    ("sNaN", {}, NONE),
    ("Infinity", {}, NONE),
    ("0x10", {}, NONE),
    ("+-5", {}, NONE),
    ("1.50", {}, WHOLE),
    ("1.5000", {}, WHOLE),
    ("12.34.567", {}, NONE),
    ("1.500.5", {"places": 1}, NONE),
    ("khoảng 5", {}, NONE),
    ("5 m2", {}, NONE),
    (",5", {"places": 1}, NONE),
    ("5,", {"places": 1}, NONE),
    ("1,500", {"places": 1}, "Write the number with at most %(places)s decimals."),
    ("1,55", {"places": 1}, "Write the number with at most %(places)s decimals."),
]


@pytest.mark.parametrize(("typed", "options", "sentence"), NO_NUMBERS)
def test_numbers_that_are_none(typed: str, options: dict[str, Any], sentence: str) -> None:
    start = gettext(sentence).partition("%")[0] if sentence else str(get("number").missing)
    assert refused("number", typed, **options).startswith(start)


@pytest.mark.parametrize(
    ("typed", "value"), [("2.500.000", 2_500_000), ("0", 0), ("15 000", 15000)]
)
def test_money_is_typed_in_groups(typed: str, value: int) -> None:
    assert ask("money", typed) == value


@pytest.mark.parametrize("typed", ["2 triệu", "1.5", "-5", "1e6"])
def test_money_is_whole_and_in_digits(typed: str) -> None:
    assert refused("money", typed)


def test_numbers_and_money_are_read_in_the_language() -> None:
    area, price = question("number", unit="m²", places=1), question("money")
    assert get("number").words(area, 1500.5) == "1.500,5 m²"
    assert get("money").words(price, 2_500_000) == "2.500.000 đồng"
    with translation.override("en"):
        assert get("number").words(area, 1500.5) == "1,500.5 m²"


DIGITS = [
    ("citizen", "008080000123", {}, "008080000123"),
    ("citizen", "008 080 000 123", {}, "008080000123"),
    ("citizen", "070123456", {}, "070123456"),
    ("digits", "0123456789", {}, "0123456789"),
    ("digits", "01-23.45 6789", {}, "0123456789"),
    ("digits", "12345", {"lengths": (5, 7)}, "12345"),
]


@pytest.mark.parametrize(("kind", "typed", "options", "kept"), DIGITS)
def test_numbers_that_are_names(kind: str, typed: str, options: dict[str, Any], kept: str) -> None:
    assert ask(kind, typed, **options) == kept


@pytest.mark.parametrize(
    ("kind", "typed", "options", "counts"),
    [
        ("citizen", "0080800001234", {}, "12 hoặc 9"),
        ("citizen", "070123456", {"old": False}, "12"),
        ("citizen", "００８０８００００１２３", {}, "12 hoặc 9"),
        ("digits", "12345678a0", {}, "10"),
        ("digits", "123456", {"lengths": (5, 7)}, "5 hoặc 7"),
    ],
)
def test_numbers_of_another_length(
    kind: str, typed: str, options: dict[str, Any], counts: str
) -> None:
    sentence = gettext("This number must have %(counts)s digits.") % {"counts": counts}
    assert refused(kind, typed, **options) == sentence


def boxes(text: str) -> dict[str, str]:
    return dict(zip(("q_day", "q_month", "q_year"), text.split("/"), strict=True))


DATES = [
    ("7/3/1980", {}, "1980-03-07"),
    ("07/03/1980", {}, "1980-03-07"),
    ("29/2/2024", {}, "2024-02-29"),
    ("/3/1980", {"partial": True}, "1980-03"),
    ("//1980", {"partial": True}, "1980"),
    ("00/00/1980", {"partial": True}, "1980"),
    ("0/3/1980", {"partial": True}, "1980-03"),
    ("1/1/2030", {"future": True}, "2030-01-01"),
    ("25/11/2011", {"least_age": 15}, "2011-11-25"),
]


@pytest.mark.parametrize(("typed", "options", "kept"), DATES)
def test_dates_that_are_taken(typed: str, options: dict[str, Any], kept: str) -> None:
    assert ask("date", boxes(typed), **options) == kept


NO_DATES = [
    ("31/2/1980", {}, "The calendar has no such day."),
    ("0/3/1980", {}, "The calendar has no such day."),
    ("1/0/1980", {}, "The calendar has no such day."),
    ("/13/1980", {"partial": True}, "The calendar has no such day."),
    ("1/1/0000", {}, "The calendar has no such day."),
    ("1/1/9999", {}, "This day is still to come."),
    ("1/1/9999", {"future": True}, "Look at the year again."),
    ("1/1/1800", {}, "Look at the year again."),
    ("//1980", {}, "Write day, month and year."),
    ("1//1980", {"partial": True}, "Write the month too, or leave the day empty."),
    ("1/1/80", {}, "Write the year with four digits."),
    ("1/1/", {}, "Write the year with four digits."),
    ("x/1/1980", {}, DATE_SAID),
    ("１/1/1980", {}, DATE_SAID),
]


@pytest.mark.parametrize(("typed", "options", "sentence"), NO_DATES)
def test_dates_that_are_none(typed: str, options: dict[str, Any], sentence: str) -> None:
    assert refused("date", boxes(typed), **options) == gettext(sentence)


def test_too_young_is_said_with_the_age() -> None:
    sentence = gettext("This form is for persons of %(age)s years or more.") % {"age": 15}
    assert refused("date", boxes("26/11/2011"), least_age=15) == sentence


@pytest.mark.parametrize("typed", [["yes", "no"], ["no", "yes"]])
def test_a_single_choice_keeps_one_answer(typed: list[str]) -> None:
    assert ask("choice", {NAME: typed}, choices=YES_NO) == typed[-1]


@pytest.mark.parametrize("typed", ["maybe", "Có", "YES", "yes ", "yes\x00"])
@pytest.mark.parametrize("kind", ["choice", "multi"])
def test_only_codes_that_are_offered(kind: str, typed: str) -> None:
    sentence = gettext("Choose one of the answers below.")
    assert refused(kind, {NAME: [typed]}, choices=YES_NO) == sentence


@pytest.mark.parametrize(
    ("ticked", "kept"),
    [
        (["radio", "tv"], ["tv", "radio"]),
        (["tv", "tv"], ["tv"]),
        (["none"], []),
        (["none", "none"], []),
    ],
)
def test_boxes_are_kept_in_the_order_of_the_form(ticked: list[str], kept: list[str]) -> None:
    assert ask("multi", {NAME: ticked}, choices=DEVICES, none="none") == kept


def test_nothing_of_it_excludes_the_rest() -> None:
    said = refused("multi", {NAME: ["tv", "none"]}, choices=DEVICES, none="none")
    assert "“Không có”" in said


def test_boxes_are_read_as_their_labels() -> None:
    field = question("multi", DEVICES, none="none")
    assert get("multi").words(field, ["tv", "radio"]) == "Ti vi; Đài"
    assert get("multi").words(field, []) == "Không có"


CODES = {
    "tay": "tay",
    "Tày": "tay",
    "TÀY": "tay",
    "Ta\u0300y": "tay",
    "Other": "khac",
    "Cơ Lao": "co-lao",
    "co lao": "co-lao",
    "Co": "co",
    "cơ l": "co-lao",
    "mèo": "hmong",
    "hmong": "hmong",
    "Ma": "ma",
}


@pytest.mark.parametrize("typed", CODES)
def test_entries_of_a_list_that_are_understood(typed: str) -> None:
    assert ask("code", typed, choices=PEOPLES) == CODES[typed]


def test_half_an_entry_asks_which_one_is_meant() -> None:
    assert "Cơ-ho, Cơ Lao" in refused("code", "Cơ", choices=PEOPLES)
    assert "Tày" in refused("code", "a", choices=PEOPLES)


def test_an_entry_that_the_list_does_not_have() -> None:
    said = refused("code", "Người Sao Hỏa" * 10, choices=PEOPLES)
    assert "Người Sao Hỏa" in said
    assert len(said) < 150


def test_the_list_of_errors_leads_to_the_box_with_the_error() -> None:
    found = form(question("date"), boxes("1/1/80"))
    assert [row["anchor"] for row in found.problems] == ["id_q_year"]
    ticked = form(question("choice", YES_NO, required=True), "")
    assert [row["anchor"] for row in ticked.problems] == ["id_q_0"]
