"""Snippets: short, safe, and of the right place."""

from __future__ import annotations

import html
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import highlight
from search.contract import SNIPPET_CHARS
from search.highlight import best_snippet, snippet
from search.text import fold, nfc

pytestmark = pytest.mark.once

MARKS = frozenset({"ke", "hoach", "an"})
PIECES = ["Kế", "hoạch", "An", "<script>", "&amp;", '"', "'", "\x00", " ", "\n", "</mark>", "😀"]
TEXTS = st.one_of(
    st.text(), st.lists(st.one_of(st.sampled_from(PIECES), st.text()), max_size=80).map(" ".join)
)


def _plain(piece: str) -> str:
    return html.unescape(re.sub(r"</?mark>", "", piece))


@given(TEXTS)
def test_any_text_gives_a_short_safe_piece(text: str) -> None:
    """A text holds tags, entities or a closing mark of its own."""
    piece = snippet(text, MARKS)
    assert set(re.findall(r"<[^>]*>?", piece)) <= {"<mark>", "</mark>"}
    assert piece.count("<mark>") == piece.count("</mark>")
    assert not set("\"'") & set(piece)
    assert len(_plain(piece)) <= SNIPPET_CHARS


@given(TEXTS)
def test_a_piece_is_of_the_original_text(text: str) -> None:
    piece = _plain(snippet(text, MARKS)).strip("…").strip()
    assert piece in re.sub(r"\s+", " ", nfc(text))


@given(TEXTS, st.integers(min_value=10, max_value=400))
def test_the_limit_holds_for_any_length(text: str, limit: int) -> None:
    assert len(_plain(snippet(text, MARKS, limit))) <= limit


def test_words_are_marked_with_and_without_accents() -> None:
    assert snippet("Kế hoạch của anh An", MARKS) == (
        "<mark>Kế</mark> <mark>hoạch</mark> của anh <mark>An</mark>"
    )


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_words_are_marked_in_either_form_of_the_letters(form: str) -> None:
    text = unicodedata.normalize(form, "về kế hoạch")
    assert snippet(text, MARKS) == "về <mark>kế</mark> <mark>hoạch</mark>"


def test_a_name_with_an_apostrophe_is_marked_whole() -> None:
    assert snippet("người H'Mông", frozenset({"hmong"})) == "người <mark>H&#x27;Mông</mark>"


def test_the_piece_with_the_most_different_words_is_chosen() -> None:
    text = "kế " + "một " * 200 + "kế hoạch an " + "hai " * 200
    piece = snippet(text, MARKS)
    assert "<mark>kế</mark> <mark>hoạch</mark> <mark>an</mark>" in piece
    assert piece.startswith("…")
    assert piece.endswith("…")


def test_words_are_not_cut_at_the_edges() -> None:
    text = "từđầu " * 100 + "hoạch " + "từcuối " * 100
    plain = _plain(snippet(text, MARKS)).strip("… ")
    assert set(plain.split()) == {"từđầu", "hoạch", "từcuối"}


def test_a_text_without_a_space_is_cut_all_the_same() -> None:
    assert len(snippet("x" * 5000, MARKS)) <= SNIPPET_CHARS


def test_the_first_text_with_a_mark_is_shown() -> None:
    texts = ("Tóm tắt không có gì", "Nội dung của kế hoạch")
    assert best_snippet(texts, MARKS) == "Nội dung của <mark>kế</mark> <mark>hoạch</mark>"
    assert best_snippet(texts, frozenset({"khac"})) == "Tóm tắt không có gì"
    assert best_snippet(("", "  "), MARKS) == ""


def test_no_more_of_a_text_is_folded_than_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bug: half the time of a search went into folding whole documents for twenty snippets."""
    folded: list[int] = []

    def counting(text: str) -> str:
        folded.append(len(text))
        return fold(text)

    monkeypatch.setattr(highlight, "fold", counting)
    text = "một " * 500 + "kế hoạch an " + "hai " * 50_000
    assert snippet(text, MARKS).count("<mark>") == 3
    assert sum(folded) < 10_000


def test_a_long_text_is_cut_quickly() -> None:
    """A file repeats the sought word until the server stands still."""
    piece = snippet("kế hoạch " * 40_000, MARKS)
    assert piece.count("<mark>") > 10
