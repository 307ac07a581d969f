"""Who types marks means them; what a hit shows beside its pages. The same on either engine."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from search.contract import Engine, Hit, PageText, Put, SearchEntry, SearchQuery

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
SUMMARY = "Giao nhiệm vụ chuẩn bị lễ hội cho các sở, phường."


def _entry(key: str, title: str, **values: Any) -> SearchEntry:
    return SearchEntry("article", key, 1, title, f"/{key}/", **values)


def _hits(engine: Engine, text: str, *entries: SearchEntry) -> list[Hit]:
    engine.apply([Put(entry) for entry in entries])
    engine.refresh()
    return list(engine.search(SearchQuery(text, at=NOW)).hits)


def _titles(engine: Engine, text: str, *entries: SearchEntry) -> list[str]:
    return [hit.title for hit in _hits(engine, text, *entries)]


def test_an_exact_word_of_the_text_stands_before_a_folded_word_of_a_title(engine: Engine) -> None:
    flower, peace = _entry("1", "Mùa hoa mận"), _entry("2", "Tin tỉnh", body="CỘNG HÒA, HÒA BÌNH")
    assert _titles(engine, "hoà", flower, peace) == ["Tin tỉnh", "Mùa hoa mận"]
    assert _titles(engine, "hoa", flower, peace) == ["Mùa hoa mận", "Tin tỉnh"]


def test_a_name_typed_with_marks_means_its_words_without_too(engine: Engine) -> None:
    title, text = _entry("1", "Nguyễn Văn Ân"), _entry("2", "Tin tỉnh", body="Ông Nguyễn Văn An")
    assert _titles(engine, "nguyễn văn an", title, text) == ["Tin tỉnh", "Nguyễn Văn Ân"]


def test_words_typed_with_marks_count_among_words_typed_without(engine: Engine) -> None:
    folded, meant = _entry("1", "Hoa bình minh"), _entry("2", "Tin tỉnh", body="HÒA BÌNH")
    assert _titles(engine, "hoà binh", folded, meant) == ["Tin tỉnh", "Hoa bình minh"]


def test_without_marks_a_title_stands_before_a_text_that_is_written_without(engine: Engine) -> None:
    title, bare = _entry("1", "Kế hoạch lao động"), _entry("2", "Gõ", body="ke hoach lao dong")
    assert _titles(engine, "ke hoach lao dong", bare, title)[0] == "Kế hoạch lao động"


@pytest.mark.parametrize(
    "typed",
    [
        "thu thập thông tin người lao động",
        "thu thap thong tin nguoi lao dong",
        "thông tin của người lao động",
        "thông tin về người lao động",
    ],
)
def test_a_word_that_only_joins_parts_no_phrase_of_a_title(engine: Engine, typed: str) -> None:
    """Bug: a campaign named without "về" stood before the plan that it carries out."""
    title, body = "Kế hoạch thu thập thông tin về người lao động năm 2024", "về, của"
    plan = _entry("1", title, body=body, weight=3)
    campaign = _entry("2", "Đợt thu thập thông tin người lao động", body=body)
    assert _titles(engine, typed, campaign, plan) == [plan.title, campaign.title]


def test_quotes_still_mean_the_words_side_by_side(engine: Engine) -> None:
    plan = _entry("1", "Kế hoạch thu thập thông tin về người lao động")
    assert _titles(engine, '"thông tin người lao động"', plan) == []


def test_what_a_short_form_stands_for_is_as_exact_as_itself(engine: Engine) -> None:
    """Bug: "UBND tỉnh" gave every paper that says so before the unit of that name."""
    unit, paper = _entry("1", "Ủy ban nhân dân tỉnh"), _entry("2", "Công văn", body="UBND tỉnh")
    engine.apply([Put(unit), Put(paper)])
    engine.refresh()
    asked = SearchQuery("UBND tỉnh", at=NOW, synonyms={"ubnd": ("uy ban nhan dan",)})
    assert [hit.title for hit in engine.search(asked).hits] == [unit.title, paper.title]


def test_a_question_finds_the_page_that_answers_it(engine: Engine) -> None:
    """Bug: a text that happened to hold "cách" too was all that was found."""
    page = _entry("1", "Đăng ký rà soát hộ nghèo")
    other = _entry("2", "Hướng dẫn", body="Cách rà soát: hộ nghèo đăng ký")
    found = _titles(engine, "cách đăng ký rà soát hộ nghèo", page, other)
    assert found == [page.title, other.title]


def test_a_title_that_is_the_question_itself_comes_first(engine: Engine) -> None:
    question, plan = _entry("1", "Hộ nghèo là gì?"), _entry("2", "Kế hoạch về hộ nghèo", weight=3)
    assert _titles(engine, "hộ nghèo là gì", plan, question)[0] == question.title


def test_a_document_meant_by_its_number_stands_before_exact_words(engine: Engine) -> None:
    plan = _entry("1", "Ke hoach", number="167/KH-UBND", meta={"kind_label": "Kế hoạch"})
    cites = _entry("2", "Kế hoạch 167 đi vào cuộc sống", body="Kế hoạch 167")
    assert _hits(engine, "kế hoạch 167", cites, plan)[0].number == "167/KH-UBND"


@pytest.mark.parametrize("typed", ["cv 640", "CV số 640", "640 cv", "công văn 640", "cong van 640"])
def test_an_official_letter_is_found_by_the_short_name_that_its_number_lacks(
    engine: Engine, typed: str
) -> None:
    kind = {"kind_label": "Công văn"}
    letter = _entry("1", "Chuẩn bị lễ hội", number="640/UBND-KGVX", body="Công văn", meta=kind)
    other = _entry("2", "Trả lời cv 640 về lễ hội, công văn")
    assert _hits(engine, typed, other, letter)[0].number == "640/UBND-KGVX"


def test_cv_means_nothing_for_other_documents(engine: Engine) -> None:
    plan = _entry("1", "Kế hoạch", number="640/KH-UBND", meta={"kind_label": "Kế hoạch"})
    assert _hits(engine, "cv 640", plan) == []


def _with_pages(summary: str, *texts: str) -> SearchEntry:
    pages = tuple(PageText(n, text, f"/tep.pdf#page={n}") for n, text in enumerate(texts, start=1))
    return _entry("1", "Công văn", summary=summary, body="\n".join(texts), pages=pages)


def test_the_summary_stands_beside_pages_that_say_the_rest(engine: Engine) -> None:
    (hit,) = _hits(engine, "mận na hang", _with_pages(SUMMARY, "Quốc hiệu", "Mận Na Hang chín sớm"))
    assert hit.snippet == SUMMARY
    assert [page.page for page in hit.pages] == [2]
    assert not hit.repeated


def test_a_place_that_no_page_shows_is_shown_instead_of_the_summary(engine: Engine) -> None:
    entry = _entry(
        "1",
        "Tin",
        summary=SUMMARY,
        body="Bà con trồng mận ở Na Hang từ lâu.\nMận Na Hang chín sớm",
        pages=(PageText(1, "Mận Na Hang chín sớm", "/tep.pdf#page=1"),),
    )
    (hit,) = _hits(engine, "mận na hang", entry)
    assert "trồng <mark>mận</mark>" in hit.snippet


def test_without_a_summary_the_repeated_place_is_known_as_such(engine: Engine) -> None:
    (hit,) = _hits(engine, "mận na hang", _with_pages("", "Mận Na Hang chín", "Hết"))
    assert hit.repeated
    assert hit.snippet.startswith("<mark>Mận</mark>")


def test_a_summary_with_the_words_is_shown_whatever_the_pages_say(engine: Engine) -> None:
    entry = _with_pages("Mận Na Hang chín", "Mận Na Hang chín")
    (hit,) = _hits(engine, "mận na hang", entry)
    assert (hit.snippet.count("<mark>"), hit.repeated) == (3, False)
