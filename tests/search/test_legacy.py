"""Texts of before Unicode are repaired, and others are left as they came."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.legacy import (
    TCVN3,
    VNI,
    decode_legacy,
    is_gibberish,
    looks_vietnamese,
    repair_legacy,
    syllable_ratio,
)
from search.text import fold

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


HORNED = [
    "địa phương, hướng dẫn, lưu trữ, người được hưởng, trưởng thôn, rượu, bưu điện",
    "thông tư số 11, đầu tư, ưu tiên, cư trú, như sau",
]


@pytest.mark.parametrize("text", HORNED)
def test_the_hyphen_that_a_pdf_makes_of_an_old_letter_is_an_horned_u(text: str) -> None:
    """TCVN3 has ư where Latin-1 has the soft hyphen, and a PDF hands that on as a hyphen."""
    assert repair_legacy(_as_tcvn3(text).replace("\u00ad", "-")) == (text, "tcvn3")


@pytest.mark.parametrize(
    ("torn", "whole"),
    [
        ("th«ng t\ufffesè 11", "thông tư số 11"),
        ("®Çu t\ufffe, ®Þa ph\ufffe¬ng", "đầu tư, địa phương"),
        ("kÕ ho¹ch 167/KH\ufffeUBND", "kế hoạch 167/KH\ufffeUBND"),
    ],
)
def test_at_the_end_of_a_line_the_letter_comes_as_a_sign_of_its_own(torn: str, whole: str) -> None:
    assert decode_legacy(torn, "tcvn3") == whole


def test_other_hyphens_stay_in_a_text_of_an_old_font() -> None:
    text = "kế hoạch 167/KH-UBND về phổ biến\nb- Mục đích\nc- Phạm vi\n- ưu tiên: 2-3 hộ; - x\n---"
    assert repair_legacy(_as_tcvn3(text).replace("\u00ad", "-"))[0] == text


SIGNED = "Người ký: Ủy ban nhân dân tỉnh\nTân Trào"


@pytest.mark.parametrize("spell", [_as_tcvn3, _as_vni], ids=["TCVN3", "VNI"])
@pytest.mark.parametrize("before", [True, False])
def test_one_line_of_unicode_does_not_leave_the_others_unrepaired(spell: Any, before: bool) -> None:
    """The mark of a digital signature stands on a page of 2004."""
    old = "\n".join(sentence.lower() for sentence in SENTENCES) + "\nthôn nà lồm"
    parts = [SIGNED, spell(old)] if before else [spell(old), SIGNED]
    repaired, encoding = repair_legacy("\n".join(parts))
    assert repaired == "\n".join([SIGNED, old] if before else [old, SIGNED])
    assert encoding == ("tcvn3" if spell is _as_tcvn3 else "vni")


@pytest.mark.parametrize(
    "lines",
    [
        "Nồng độ bụi\n10 µm, 20 µg/m³, 5 µl, 7 µs, ±5 °C\n«µm» © 2024 ®",
        "Dự án hợp tác\nLe coût est là, août, goût, Noël, forêt\nMüller für größe schön",
        "Danh sách hộ\nHà\nLò Thoà\nSùng Mí Já\nTó\nKrông Pá\nY Bê Niê",
    ],
)
def test_lines_without_a_letter_of_unicode_stay_among_others_of_unicode(lines: str) -> None:
    assert repair_legacy(lines) == (lines, None)


def test_a_line_of_hyphens_does_not_keep_the_reader_busy() -> None:
    """Attack: each hyphen made the reader look at all before it; ten minutes for 400 kB."""
    for text in ("-" * 400_000, "a-" * 200_000):
        assert repair_legacy(f"é{text}")[1] is None or text


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


PAGE = """Ủy ban nhân dân tỉnh ban hành kế hoạch thu thập thông tin về người lao động trên địa bàn.
Các xã, phường rà soát từng hộ gia đình, lập danh sách người thất nghiệp, người đang tìm việc và
nhu cầu học nghề; báo cáo kết quả trước ngày cuối tháng. Sở Nội vụ hướng dẫn, kiểm tra, tổng hợp."""
ENGLISH = """The provincial committee shall publish the list of poor households together with its
decision within three working days after approval by the chairman. Each commune keeps one copy for
inspection, informs every village about objections, and sends monthly progress reports to the
department responsible for employment, training, social protection and rural development."""
FIGURES = "STT Mã xã Tổng số hộ nghèo\n" + "\n".join(
    f"{row} 0{row + 2500} {row * 317}.{row + 100} {row},5% UBND BTXH KH/QĐ" for row in range(60)
)
MEDICINES = """Paracetamol Amoxicillin Ibuprofen Cefuroxim Metformin Amlodipin Losartan Omeprazol
Vitamin Cetirizin Loratadin Salbutamol Prednisolon Diclofenac Azithromycin Clarithromycin Insulin
Glimepirid Gliclazid Atorvastatin Simvastatin Furosemid Captopril Enalapril Nifedipin Bisoprolol
Metronidazol Ciprofloxacin Levofloxacin Ceftriaxon Gentamicin Vancomycin Tobramycin Meloxicam
Alphachymotrypsin Domperidon Esomeprazol Acetylcystein Ambroxol Terbutalin Budesonid Heparin"""


def _shifted(text: str) -> str:
    """Numbers of shapes taken for letters, 29 below them, as many programs write them."""
    return "".join(sign if sign.isspace() else chr(max(33, ord(sign) - 29)) for sign in text)


def _mixed(text: str) -> str:
    """Other letters for the letters; those with marks stay."""
    return text.translate(str.maketrans("aeiouyhgntcmldb", "xqzwkjtbcpfrvsg"))


@pytest.mark.parametrize("spoil", [_shifted, _mixed, lambda text: _shifted(fold(text))])
def test_letters_that_a_broken_font_gives_are_no_language(spoil: Any) -> None:
    assert is_gibberish(spoil(PAGE))


@pytest.mark.parametrize("text", [PAGE, ENGLISH, FIGURES, MEDICINES, "QWRT PXZ", ""])
def test_a_language_a_table_and_names_are_no_gibberish(text: str) -> None:
    assert not is_gibberish(text)


def test_a_page_without_accents_or_with_words_run_together_is_no_gibberish() -> None:
    assert not is_gibberish(fold(PAGE))
    words = PAGE.split()
    glued = " ".join("".join(words[start : start + 3]) for start in range(len(words) - 3))
    assert not is_gibberish(glued)
