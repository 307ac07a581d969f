"""Vietnamese text: one form, letters without marks, words, order of names."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.text import (
    exact,
    fold,
    name_key,
    name_sort_key,
    nfc,
    place_tones,
    slugify_vi,
    sort_key,
    spellings,
    words,
)

pytestmark = pytest.mark.once

LETTERS = "aàáảãạăằắẳẵặâầấẩẫậđeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ"
VIETNAMESE = st.text(st.sampled_from(LETTERS + LETTERS.upper() + "bcghklmnpqrstvx 0123/-"))


@given(st.text())
def test_folded_letters_stand_where_the_letters_stand(text: str) -> None:
    assert len(fold(text)) == len(nfc(text))


@given(VIETNAMESE)
def test_folded_vietnamese_is_plain_and_stays_so(text: str) -> None:
    assert fold(text).isascii()
    assert fold(fold(text)) == fold(text)
    assert fold(text) == fold(unicodedata.normalize("NFD", text))


@given(st.text())
def test_one_form_is_reached_at_once(text: str) -> None:
    assert nfc(nfc(text)) == nfc(text)


@given(st.text())
def test_tone_marks_are_placed_once(text: str) -> None:
    assert place_tones(place_tones(text)) == place_tones(text)


@given(VIETNAMESE)
def test_placing_tones_changes_no_letter(text: str) -> None:
    assert fold(place_tones(text)) == fold(text)


@given(st.text())
def test_any_text_has_words(text: str) -> None:
    found = words(text)
    assert all(found)
    assert not any(set("\x00 \t\n\"'()*_%:") & set(word) for word in found)


@pytest.mark.parametrize(
    ("newer", "older"),
    [
        ("hoà", "hòa"),
        ("HOÀ", "HÒA"),
        ("thuỷ", "thủy"),
        ("uỷ", "ủy"),
        ("khoẻ", "khỏe"),
        ("xoè", "xòe"),
        ("loá", "lóa"),
        ("luỹ", "lũy"),
        ("huỵ", "hụy"),
        ("Uỷ ban nhân dân xã Hoà Bình", "Ủy ban nhân dân xã Hòa Bình"),
    ],
)
def test_tone_marks_stand_in_the_older_place(newer: str, older: str) -> None:
    assert place_tones(newer) == older
    assert place_tones(older) == older


@pytest.mark.parametrize("word", ["quý", "quỳ", "quỹ", "hoàn", "huỳnh", "khoản", "toàn", "của"])
def test_other_syllables_keep_their_tone_mark(word: str) -> None:
    assert place_tones(word) == word


@pytest.mark.parametrize("text", ["H'Mông", "H’Mông", "Hʼmông", "hmông"])
def test_an_apostrophe_does_not_split_a_name(text: str) -> None:
    assert words(text) == ["hmông"]


def test_words_keep_marks_and_lose_capitals() -> None:
    assert words("Kế hoạch số 167/KH-UBND: «Đợt_1»") == [
        "kế", "hoạch", "số", "167", "kh", "ubnd", "đợt", "1",
    ]  # fmt: skip
    assert exact("HOÀ Bình") == "hòa bình"


@pytest.mark.parametrize(
    ("left", "right"),
    [("lý", "lí"), ("mỹ", "mĩ"), ("kỹ", "kĩ"), ("sỹ", "sĩ"), ("tỷ", "tỉ"), ("hy", "hi")],
)
def test_y_and_i_are_two_spellings(left: str, right: str) -> None:
    assert set(spellings(left)) == set(spellings(right))


def test_other_words_have_one_spelling() -> None:
    assert spellings("Yên") == ("yen",)
    assert set(spellings("quý")) == {"quy", "qui"}


@pytest.mark.parametrize("text", ["Noël à la façade", "naïve résumé", "The quick brown fox"])
def test_french_and_english_are_words_too(text: str) -> None:
    assert fold(text).isascii()
    assert len(words(text)) == len(text.split())


ORDERED = ["An", "Ăn", "Ân", "Bình", "Dung", "Đức", "Em", "Ê", "Oanh", "Ô", "Ơn", "Ung", "Ưng"]


def test_the_alphabet_sorts_as_dictionaries_do() -> None:
    assert sorted({*ORDERED}, key=sort_key) == ORDERED


def test_tones_decide_only_between_equal_letters() -> None:
    tones = ["ma", "mà", "mả", "mã", "má", "mạ", "mai"]
    assert sorted({*tones}, key=sort_key) == tones


def test_a_shorter_name_comes_first() -> None:
    assert sorted(["An Bình", "An"], key=sort_key) == ["An", "An Bình"]
    assert sorted(["Anh", "An Bình"], key=sort_key) == ["An Bình", "Anh"]


def test_people_are_ordered_by_given_name_then_family_name() -> None:
    people = [
        "Ma Văn An",
        "Nguyễn Văn An",
        "Nguyễn Văn Ân",
        "Bàn Thị Bình",
        "Đỗ Thị Dung",
        "Lý Văn Đức",
    ]
    assert sorted({*people}, key=name_sort_key) == people


def test_order_does_not_depend_on_the_form_of_the_letters() -> None:
    assert sort_key(unicodedata.normalize("NFD", "Đặng Hoà")) == sort_key("Đặng Hòa")


@pytest.mark.parametrize("written", ["Nguyễn  Văn Ân", " nguyen van an ", "NGUYỄN VĂN ẤN"])
def test_a_name_is_looked_for_without_marks(written: str) -> None:
    assert name_key(written) == "nguyen van an"


@given(st.text())
def test_any_text_has_an_address_and_keys(text: str) -> None:
    assert slugify_vi(text).isascii()
    assert not set(slugify_vi(text)) & set(" /?#%&\"'<>")
    assert isinstance(name_sort_key(text) + name_key(text), str)


@pytest.mark.parametrize(
    ("title", "address"),
    [
        ("Đường Nguyễn Huệ", "duong-nguyen-hue"),
        ("Kế hoạch số 167/KH-UBND", "ke-hoach-so-167-kh-ubnd"),
        ("Người H'Mông", "nguoi-hmong"),
        ("  ---  ", ""),
    ],
)
def test_addresses_are_plain(title: str, address: str) -> None:
    assert slugify_vi(title) == address
