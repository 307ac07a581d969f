"""What may stand in the cells that name people and villages."""

from __future__ import annotations

import unicodedata

import pytest

from portal.registration.names import problem_of_name, problem_of_village, tidy, village_key


@pytest.mark.parametrize(
    "name", ["Nguyễn Văn An", "Vừ A Dính", "H'Hen Niê", "Y Blŏ Mlô", "NGUYỄN THỊ ĐƯỜNG", "Ân"]
)
def test_names_of_many_peoples_are_accepted(name: str) -> None:
    assert problem_of_name(name) is None


@pytest.mark.parametrize(
    "name",
    [
        "",
        '=HYPERLINK("http://a")',
        "+84 912",
        "Nguyễn Văn An 2",
        "<script>alert(1)</script>",
        "NguyÔn V¨n An",
        "Nguyeãn Vaên AÂn",
        "A" * 101,
        "Иван Петров",
    ],
)
def test_what_is_no_name_is_refused_without_repeating_it(name: str) -> None:
    sentence = problem_of_name(name)
    assert sentence
    assert not name or name not in sentence


@pytest.mark.parametrize("village", ["", "@SUM(A1)", "-", "x" * 101])
def test_what_is_no_village_is_refused(village: str) -> None:
    assert problem_of_village(village)


def test_text_is_composed_and_has_single_spaces() -> None:
    typed = unicodedata.normalize("NFD", "  Nguyễn\u00a0 Văn \u200bAn ")
    assert tidy(typed) == "Nguyễn Văn An"


def test_a_village_has_one_address_however_it_is_typed() -> None:
    assert village_key("Thôn Đồng  Mòn") == village_key("THÔN ĐỒNG MÒN") == "thon-dong-mon"
