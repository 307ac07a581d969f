"""What a typed query asks for, and under which forms a document is meant."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.contract import SearchEntry
from search.numbers import number_alone, number_keys
from search.queryplan import plan, tokens, whole_text

pytestmark = pytest.mark.once


def _document(number: str, label: str = "Kế hoạch") -> SearchEntry:
    return SearchEntry(
        "official_document", "1", 1, "Tên", "/1/", number=number, meta={"kind_label": label}
    )


@pytest.mark.parametrize(
    "typed",
    [
        "167/KH-UBND",
        "167 KH UBND",
        "167 kh-ubnd",
        "167KH UBND 167/KH",
        "KH 167",
        "kh167 kh 167",
        "kế hoạch số 167",
        "ke hoach 167",
        "167 kế hoạch",
        "Kế hoạch số: 167/KH-UBND",
        "về kế hoạch 167 năm 2024",
        "0167/KH-UBND",
    ],
)
def test_typed_forms_mean_the_document(typed: str) -> None:
    assert set(plan(typed).number_keys) & set(number_keys(_document("167/KH-UBND")))


@pytest.mark.parametrize(
    ("typed", "about"),
    [
        ("hộ nghèo là gì", "hộ nghèo"),
        ("xin hỏi làm thẻ bảo hiểm ở đâu", "làm thẻ bảo hiểm"),
        ("toi muon dang ky ra soat nhu the nao", "dang ky ra soat"),
        ("cách đăng ký rà soát", "đăng ký rà soát"),
    ],
)
def test_what_makes_a_question_need_not_be_found(typed: str, about: str) -> None:
    """Bug: "cách đăng ký rà soát hộ nghèo" did not find the page "Đăng ký rà soát hộ nghèo"."""
    assert plan(typed).wanted == plan(about).wanted
    assert plan(typed).exact == plan(about).exact
    assert about in plan(typed).title_phrases
    assert plan(typed).title_phrases[0] == typed, "a title may be this very question"


@pytest.mark.parametrize("typed", ["cách ly y tế", "cách mạng tháng tám", "là gì", "hộ ở đâu"])
def test_words_that_are_asked_about_must_be_found(typed: str) -> None:
    assert len(plan(typed).wanted) == len(typed.split())


@pytest.mark.parametrize("typed", ["168/KH-UBND", "167/QĐ-UBND", "1167 kế hoạch", "hoạch 16"])
def test_other_numbers_do_not(typed: str) -> None:
    assert not set(plan(typed).number_keys) & set(number_keys(_document("167/KH-UBND")))


@pytest.mark.parametrize("typed", ["05/2024/QĐ-UBND", "5 QĐ UBND", "QĐ 5", "quyết định số 05"])
def test_a_normative_number_with_its_year(typed: str) -> None:
    keys = set(number_keys(_document("05/2024/QĐ-UBND", "Quyết định")))
    assert set(plan(typed).number_keys) & keys


def test_a_label_with_a_remark_is_known_without_it() -> None:
    assert "quyet dinh 5" in number_keys(_document("5/QĐ-UBND", "Quyết định (quy phạm)"))


def test_without_a_number_no_form_means_the_entry() -> None:
    entry = SearchEntry("article", "1", 1, "Kế hoạch 167", "/1/")
    assert number_keys(entry) == ()
    assert number_alone(entry) == ""


def test_the_word_for_number_is_dropped_only_before_a_number() -> None:
    assert plan("kế hoạch số 167").required == (("ke",), ("hoach",), ("167",))
    assert ("so",) in plan("số hộ nghèo").required


@pytest.mark.parametrize("typed", ["", " ", '"', "()*:%_ -", "\x00", "😀", "\u0301\u0301"])
def test_nothing_but_signs_is_empty(typed: str) -> None:
    assert plan(typed).empty


def test_words_repeated_are_asked_once() -> None:
    assert plan("kế ke KẾ").required == (("ke",),)
    assert plan("kế kế").exact == ("kế",)


@given(st.text())
def test_any_text_is_a_plan(text: str) -> None:
    made = plan(text)
    assert made.empty == (not made.marks)
    assert all(word for group in made.required for word in group)
    assert len(made.phrase) == len(made.exact_phrase)


@given(st.text())
def test_tokens_are_one_space_apart(text: str) -> None:
    assert tokens(text) == " ".join(tokens(text).split())


@given(st.text(), st.text())
def test_any_number_has_keys(number: str, label: str) -> None:
    keys = number_keys(_document(number, label))
    assert keys == tuple(sorted(set(keys)))


def test_dates_and_facets_are_searched_and_what_is_only_shown_is_not() -> None:
    entry = SearchEntry(
        "article",
        "1",
        1,
        "Tên",
        "/1/",
        date=date(2024, 9, 3),
        facets={"section": ("Lao động",)},
        meta={"line": "chỉ để xem"},
    )
    assert "03/09/2024" in whole_text(entry)
    assert "Lao động" in whole_text(entry)
    assert "chỉ để xem" not in whole_text(entry)
