"""Texts of before Unicode are repaired, and others are left as they came."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.legacy import TCVN3, VNI, looks_vietnamese, repair_legacy, syllable_ratio

pytestmark = pytest.mark.once

SENTENCES = [
    "Nguyễn Văn An, thôn Bòng, xã Tân Trào, hộ nghèo",
    "Kế hoạch thu thập thông tin về người lao động",
    "Ủy ban nhân dân tỉnh đã ban hành quyết định về việc phê duyệt",
    "công an xã nhập dữ liệu của từng hộ dân cư trú tại địa phương",
]
TO_TCVN3 = {new: old for old, new in TCVN3.items()}
TO_VNI = {new: old for old, new in VNI.items() if len(new) == 1}


def _as_tcvn3(text: str) -> str:
    return text.translate(TO_TCVN3)


def _as_vni(text: str) -> str:
    return "".join(TO_VNI.get(letter, letter) for letter in text)


@pytest.mark.parametrize("text", [sentence.lower() for sentence in SENTENCES])
def test_tcvn3_is_repaired(text: str) -> None:
    assert repair_legacy(_as_tcvn3(text)) == (text, "tcvn3")


@pytest.mark.parametrize("text", SENTENCES)
def test_vni_is_repaired(text: str) -> None:
    assert repair_legacy(_as_vni(text)) == (text, "vni")


def test_texts_as_they_stand_in_old_files() -> None:
    assert repair_legacy("NguyÔn V¨n An, th«n Bßng") == ("Nguyễn Văn An, thôn Bòng", "tcvn3")
    assert repair_legacy("Nguyeãn Vaên An, thoân Boøng") == ("Nguyễn Văn An, thôn Bòng", "vni")


@pytest.mark.parametrize(
    "text",
    [
        *SENTENCES,
        "",
        "Ngày 23/9/2024",
        "The quick brown fox jumps over the lazy dog",
        "Le président de la République a décrété à Genève",
        "Curaçao – café, élève, naïve, œuvre, où",
        "Müller & Söhne GmbH, Straße 5",
        "31.369 ± 5 °C, 100 m², © 2024",
    ],
)
def test_other_texts_are_left_as_they_came(text: str) -> None:
    assert repair_legacy(text) == (text, None)


@given(st.text())
def test_repairing_never_raises_and_says_what_it_did(text: str) -> None:
    repaired, encoding = repair_legacy(text)
    assert (encoding is None) == (repaired == text) or encoding in {"tcvn3", "vni"}


@given(st.text())
def test_the_share_of_syllables_is_a_share(text: str) -> None:
    assert 0 <= syllable_ratio(text) <= 1


def test_vietnamese_is_told_from_english() -> None:
    assert looks_vietnamese("Kế hoạch thu thập thông tin về người lao động")
    assert looks_vietnamese("ke hoach thu thap thong tin ve nguoi lao dong")
    assert not looks_vietnamese("The quick brown fox jumps over the lazy dog")
