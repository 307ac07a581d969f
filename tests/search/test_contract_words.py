"""What a query may mean beyond its words: the same from either engine."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from search.contract import (
    LIST_ENTRY,
    Engine,
    Put,
    SearchEntry,
    SearchQuery,
    SearchResult,
    TitleRule,
)

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
PROVINCE, DEPARTMENT, COMMUNE = 3, 2, 1


def _entry(key: str, title: str, **values: Any) -> SearchEntry:
    given = {"kind": "article", "version": 1, "url": f"/{key}/", "key": key, "title": title}
    return SearchEntry(**given | values)


def _plan(key: str, title: str, weight: int, year: int = 2024, **values: Any) -> SearchEntry:
    given = {
        "kind": "official_document",
        "number": "167/KH-UBND",
        "date": date(year, 9, 23),
        "meta": {"kind_label": "Kế hoạch"},
        "weight": weight,
    }
    return _entry(key, title, **given | values)


def _put(engine: Engine, *entries: SearchEntry) -> None:
    engine.apply([Put(entry) for entry in entries])
    engine.refresh()


def _ask(engine: Engine, text: str, **values: Any) -> SearchResult:
    return engine.search(SearchQuery(**{"text": text, "at": NOW} | values))


def _keys(result: SearchResult) -> list[str]:
    return [hit.key for hit in result.hits]


def test_a_whole_title_in_the_query_comes_before_scattered_words(engine: Engine) -> None:
    scattered = "Tân binh họ Nguyễn lập thôn, văn hóa an toàn"
    _put(
        engine,
        _entry("guide", "Hướng dẫn", body=scattered, weight=4, date=date(2026, 1, 1)),
        _entry("title", scattered),
        _entry("person", "Nguyễn Văn An", kind="list_entry", summary="Thôn Tân Lập"),
    )
    assert _keys(_ask(engine, "nguyen van an thon tan lap")) == ["person", "title", "guide"]
    assert _keys(_ask(engine, "thon tan lap nguyen van an"))[0] == "person"


def test_one_word_that_is_a_title_says_nothing_in_a_longer_query(engine: Engine) -> None:
    _put(engine, _entry("1", "Lao", body="động"), _entry("2", "Người lao động"))
    assert _keys(_ask(engine, "lao dong")) == ["2", "1"]


@pytest.mark.parametrize(
    "typed", ["kh167", "KH167", "167KH", "167kh-ubnd", "kế hoạch số 167", "kh167 2024"]
)
def test_numbers_written_together_mean_the_document(engine: Engine, typed: str) -> None:
    cites = _entry("2", "Kế hoạch 167 và KH167, 167KH đi vào cuộc sống", body="UBND năm 2024")
    _put(engine, _plan("1", "Thu thập thông tin", PROVINCE), cites)
    assert _keys(_ask(engine, typed))[0] == "1"


def test_a_text_that_writes_a_number_together_is_found_too(engine: Engine) -> None:
    _put(engine, _entry("1", "Thực hiện KH167"))
    assert _keys(_ask(engine, "kh167")) == ["1"]
    assert _ask(engine, "kh168").total == 0


@pytest.mark.parametrize("typed", ["167/KH-UBND", "kh 167", "kế hoạch 167", "167", "KH167"])
def test_of_one_number_the_province_comes_before_department_and_commune(
    engine: Engine, typed: str
) -> None:
    _put(
        engine,
        _plan("commune", "Kế hoạch 167 của xã", COMMUNE, 2026, body="kế hoạch 167, KH 167"),
        _plan("department", "Kế hoạch của sở", DEPARTMENT, 2025),
        _plan("province", "Thu thập thông tin", PROVINCE),
        _entry("cites", "Kế hoạch 167/KH-UBND, KH 167"),
    )
    assert _keys(_ask(engine, typed)) == ["province", "department", "commune", "cites"]


@pytest.mark.parametrize("typed", ["ke hoach 167 2024", "kh 167 năm 2024", "167/KH-UBND 2024"])
def test_a_year_beside_the_number_means_the_document_of_that_year(
    engine: Engine, typed: str
) -> None:
    later = _plan("2025", "Theo năm 2024", PROVINCE + 1, 2025, body="Căn cứ năm 2024")
    _put(engine, later, _plan("2024", "Thu thập", COMMUNE))
    assert _keys(_ask(engine, typed)) == ["2024", "2025"]


def test_quotes_hold_words_together(engine: Engine) -> None:
    _put(
        engine,
        _entry("1", "Hộ nghèo"),
        _entry("2", "Nghèo nhưng hộ vui"),
        _entry("3", "x", body="hộ nghèo"),
    )
    assert set(_keys(_ask(engine, '"ho ngheo"'))) == {"1", "3"}
    assert set(_keys(_ask(engine, "“hộ nghèo” x"))) == {"3"}
    assert set(_keys(_ask(engine, 'hộ "nghèo'))) == {"1", "2", "3"}


def test_a_minus_leaves_out(engine: Engine) -> None:
    _put(engine, _entry("1", "Hộ nghèo"), _entry("2", "Hộ cận nghèo"), _entry("3", "Hộ Nguyễn Ân"))
    assert set(_keys(_ask(engine, "hộ -cận"))) == {"1", "3"}
    assert set(_keys(_ask(engine, 'hộ -"can ngheo"'))) == {"1", "3"}
    assert set(_keys(_ask(engine, "hộ -an"))) == {"1", "2"}
    assert set(_keys(_ask(engine, "hộ -ăn"))) == {"1", "2", "3"}


@pytest.mark.parametrize("typed", ["-cận", "hộ - cận", "KH-cận hộ kh", "hộ --cận"])
def test_a_minus_that_makes_no_sense_is_plain(engine: Engine, typed: str) -> None:
    _put(engine, _entry("1", "Hộ cận nghèo KH"))
    assert _ask(engine, typed).total == 1


def test_what_may_stand_for_a_word_or_for_several_is_found(engine: Engine) -> None:
    _put(
        engine,
        _entry("long", "Ủy ban nhân dân tỉnh"),
        _entry("short", "UBND tỉnh"),
        _entry("mixed", "Nhân dân tỉnh bầu ủy viên ban bầu cử"),
    )
    both = {"ubnd": ("uy ban nhan dan",), "uy ban nhan dan": ("ubnd",)}
    assert _keys(_ask(engine, "ubnd tỉnh", synonyms=both)) == ["short", "long"]
    found = _keys(_ask(engine, "ủy ban nhân dân tỉnh", synonyms=both))
    assert (found[0], set(found)) == ("long", {"long", "short", "mixed"})
    assert _keys(_ask(engine, "ubnd tỉnh")) == ["short"]
    hit = _ask(engine, "ubnd", synonyms=both, kinds=("article",)).hits
    assert {h.key for h in hit} == {"long", "short"}


def test_days_narrow_the_answer_and_its_counts(engine: Engine) -> None:
    _put(
        engine,
        _entry("a", "Tin", date=date(2024, 8, 31), facets={"year": ("2024",)}),
        _entry("b", "Tin", date=date(2024, 9, 1), facets={"year": ("2024",)}),
        _entry("c", "Tin", date=date(2024, 9, 30), facets={"year": ("2024",)}),
        _entry("d", "Tin", facets={"year": ("2023",)}),
    )
    result = _ask(engine, "tin", since=date(2024, 9, 1), until=date(2024, 9, 30))
    assert set(_keys(result)) == {"b", "c"}
    assert (result.total, result.facets["year"]) == (2, {"2024": 2})
    assert _keys(_ask(engine, "tin", until=date(2024, 8, 31))) == ["a"]


def test_fewer_words_are_enough_when_asked_for(engine: Engine) -> None:
    _put(engine, _entry("1", "Lao động xã"), _entry("2", "Khác", body="lao động"), _entry("3", "x"))
    assert _ask(engine, "lao động quên").total == 0
    assert _keys(_ask(engine, "lao động quên", least=2)) == ["1", "2"]
    assert _ask(engine, "lao động quên", least=9).total == 0


def test_a_page_may_begin_earlier_than_its_number_says(engine: Engine) -> None:
    _put(engine, *(_entry(f"{number:02d}", "Tin") for number in range(45)))
    assert _keys(_ask(engine, "tin", page=2, back=5))[0] == "15"


def test_states_and_classes_are_shown_and_not_searched(engine: Engine) -> None:
    _put(engine, _entry("1", "Tin", facets={"list_class": ("Hộ nghèo",), "field": ("Đất đai",)}))
    assert _ask(engine, "hộ nghèo").total == 0
    assert _ask(engine, "đất đai").facets["list_class"] == {"Hộ nghèo": 1}


def test_an_index_of_this_version_is_not_outdated(engine: Engine) -> None:
    assert not engine.outdated()


@pytest.mark.parametrize("typed", ["88/KHSGDĐT", "88 khsgddt", "KHSGDĐT", "88/KH-SGDĐT"])
def test_a_symbol_may_be_written_together(engine: Engine, typed: str) -> None:
    plan = _plan("1", "Kế hoạch tuyển sinh", DEPARTMENT, number="88/KH-SGDĐT")
    _put(engine, plan, _entry("2", "Tin", body="Theo 88/KH-SGDĐT"))
    assert _keys(_ask(engine, typed))[0] == "1"


def test_a_joining_word_need_not_be_found(engine: Engine) -> None:
    _put(engine, _entry("1", "Kế hoạch của tỉnh"), _entry("2", "Kế hoạch tỉnh"), _entry("3", "Cua"))
    assert _keys(_ask(engine, "kế hoạch của tỉnh")) == ["1", "2"]
    assert _ask(engine, "kế hoạch cua tỉnh").total == 1, "without its mark it may be another word"
    assert set(_keys(_ask(engine, "của"))) == {"1", "3"}, "alone it is what is looked for"


def test_a_name_that_ends_in_a_joining_word_is_not_everybody(engine: Engine) -> None:
    _put(engine, _entry("1", "Nguyễn Văn Với"), _entry("2", "Nguyễn Văn An"))
    assert _keys(_ask(engine, "nguyễn văn với")) == ["1"]


@pytest.mark.parametrize("typed", ["ông Nguyễn Văn An", "ho ba nguyen van an"])
def test_a_form_of_address_stands_before_a_household(engine: Engine, typed: str) -> None:
    rules = {LIST_ENTRY: (TitleRule(2),)}
    _put(engine, _entry("1", "Nguyễn Văn An", kind=LIST_ENTRY), _entry("2", "Nguyễn Văn An"))
    assert _keys(_ask(engine, typed, rules=rules)) == ["1"]
    assert _ask(engine, "hộ ông bà", rules=rules).total == 0, "they are nobody's name"
