"""Number and symbol of documents."""

from __future__ import annotations

import pytest

from portal.news.numbers import number_key, number_slug, parse_number, written


@pytest.mark.parametrize(
    ("text", "number", "symbol", "year", "code"),
    [
        ("167/KH-UBND", 167, "KH-UBND", None, "plan"),
        ("566/TB-UBND", 566, "TB-UBND", None, "notice"),
        ("217/QĐ-BLĐTBXH", 217, "QĐ-BLĐTBXH", None, "decision"),
        ("1684/NQ-UBTVQH15", 1684, "NQ-UBTVQH15", None, "ubtvqh_resolution"),
        ("121/BC-SLĐTBXH", 121, "BC-SLĐTBXH", None, "report"),
        ("1027/CTK-CSCL", 1027, "CTK-CSCL", None, "official_letter"),
        ("05/UBND-KGVX", 5, "UBND-KGVX", None, "official_letter"),
        ("318/2025/NĐ-CP", 318, "NĐ-CP", 2025, "decree"),
        ("19/2025/QĐ-TTg", 19, "QĐ-TTg", 2025, "pm_decision"),
        ("11/2022/TT-BLĐTBXH", 11, "TT-BLĐTBXH", 2022, "circular"),
        ("91/2025/QH15", 91, "QH15", 2025, "law"),
        ("12/2026/QĐ-UBND", 12, "QĐ-UBND", 2026, "committee_decision"),
        ("03/2026/NQ-HĐND", 3, "NQ-HĐND", 2026, "council_resolution"),
        (" 167 / KH - UBND ", 167, "KH-UBND", None, "plan"),
        ("45", 45, "", None, ""),
        ("Không số", None, "Không số", None, ""),
        ("", None, "", None, ""),
    ],
)
def test_numbers_are_taken_apart(
    text: str, number: int | None, symbol: str, year: int | None, code: str
) -> None:
    parsed = parse_number(text)
    found = (parsed.number, parsed.symbol, parsed.year, parsed.type_code)
    assert found == (number, symbol, year, code)


@pytest.mark.parametrize(
    "text", ["167/KH-UBND", "05/UBND-KGVX", "318/2025/NĐ-CP", "1684/NQ-UBTVQH15"]
)
def test_a_number_is_written_as_it_was_read(text: str) -> None:
    assert written(parse_number(text)) == text


def test_below_ten_has_a_leading_zero() -> None:
    assert written(parse_number("5/KH-UBND")) == "05/KH-UBND"


def test_address_parts() -> None:
    assert number_slug(167, "KH-UBND", 2024) == "167-kh-ubnd-2024"
    assert number_slug(217, "QĐ-BLĐTBXH", 2025) == "217-qd-bldtbxh-2025"
    assert number_slug(None, "", 2024) == ""


@pytest.mark.parametrize("text", ["167/KH-UBND", "167 KH UBND", "167-kh-ubnd"])
def test_comparison_key(text: str) -> None:
    assert number_key(text) == "167 kh ubnd"
