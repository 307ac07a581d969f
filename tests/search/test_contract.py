"""The contract of search: the same answers from either engine, whichever serves this pass."""

from __future__ import annotations

import html
import re
import unicodedata
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from search.contract import (
    SNIPPET_CHARS,
    Engine,
    EngineDownError,
    PageText,
    Put,
    Remove,
    SearchEntry,
    SearchQuery,
    SearchResult,
)
from search.engines import get_engine

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
PLAN = SearchEntry(
    kind="official_document",
    key="1",
    version=1,
    title="Kế hoạch thu thập thông tin về người lao động năm 2024",
    url="/van-ban/167/",
    number="167/KH-UBND",
    body="Chỉ tiêu 31.369 người. Công an xã nhập dữ liệu.",
    date=date(2024, 9, 23),
    facets={"issuer": ("Ủy ban nhân dân tỉnh",), "year": ("2024",)},
    meta={"kind_label": "Kế hoạch"},
    pages=(
        PageText(1, "Kế hoạch số 167/KH-UBND", "/tep/167.pdf#page=1"),
        PageText(2, "Chỉ tiêu 31.369 người", "/tep/167.pdf#page=2"),
        PageText(3, "Công an xã nhập dữ liệu", "/tep/167.pdf#page=3"),
    ),
)
NEWS = SearchEntry(
    kind="article",
    key="1",
    version=1,
    title="Triển khai kế hoạch 167",
    url="/tin-tuc/167/",
    body="Thực hiện Kế hoạch số 167/KH-UBND, công an xã nhập phiếu.",
    date=date(2024, 9, 24),
    facets={"section": ("Lao động",), "year": ("2024",)},
)


def _entry(key: str, title: str, **values: Any) -> SearchEntry:
    return SearchEntry(
        **{"kind": "article", "version": 1, "url": f"/{key}/", "key": key, "title": title} | values
    )


def _put(engine: Engine, *entries: SearchEntry) -> None:
    engine.apply([Put(entry) for entry in entries])
    engine.refresh()


def _ask(engine: Engine, text: str, **values: Any) -> SearchResult:
    return engine.search(SearchQuery(**{"text": text, "at": NOW} | values))


def _titles(result: SearchResult) -> list[str]:
    return [hit.title for hit in result.hits]


@pytest.mark.parametrize(
    "typed",
    [
        "167/KH-UBND",
        "167 KH UBND",
        "KH 167",
        "KH 0167",
        "kế hoạch số 167",
        "ke hoach 167",
        "ke hoach 167 2024",
        "167 kế hoạch",
    ],
)
def test_a_document_comes_before_what_cites_it(engine: Engine, typed: str) -> None:
    _put(engine, NEWS, PLAN)
    assert _ask(engine, typed).hits[0].number == "167/KH-UBND"


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Đường Nguyễn Huệ", "duong nguyen hue"),
        ("Duong Nguyen Hue", "đường nguyễn huệ"),
        ("Hoà Bình thuỷ điện", "hòa bình thủy điện"),
        ("Hòa Bình thủy điện", "hoà bình thuỷ điện"),
        ("Lý Thường Kiệt", "li thuong kiet"),
        ("CHỈ THỊ SỐ 9", "chỉ thị số 9"),
    ],
)
def test_accents_rank_and_never_exclude(
    engine: Engine, written: str, typed: str, form: str
) -> None:
    _put(engine, _entry("1", unicodedata.normalize(form, written)))
    assert _ask(engine, unicodedata.normalize(form, typed)).total == 1


def test_the_exact_name_comes_first(engine: Engine) -> None:
    _put(engine, _entry("1", "Nguyễn Văn An"), _entry("2", "Nguyễn Văn Ân"))
    assert _titles(_ask(engine, "nguyễn văn ân")) == ["Nguyễn Văn Ân", "Nguyễn Văn An"]
    assert _titles(_ask(engine, "nguyễn văn an")) == ["Nguyễn Văn An", "Nguyễn Văn Ân"]
    assert _ask(engine, "nguyen van an").total == 2


def test_words_of_two_pages_find_the_document_and_show_both_pages(engine: Engine) -> None:
    _put(engine, PLAN)
    result = _ask(engine, "31.369 công an")
    assert result.total == 1
    assert [page.page for page in _ask(engine, "người công").hits[0].pages] == [2, 3]
    assert result.hits[0].pages[0].url in {"/tep/167.pdf#page=2", "/tep/167.pdf#page=3"}


@pytest.mark.parametrize("typed", ["5/UBND-KGVX", "05/UBND-KGVX", "UBND 5"])
def test_a_leading_zero_is_the_offices_habit_not_the_visitors(engine: Engine, typed: str) -> None:
    _put(engine, _entry("1", "Công văn về lễ hội", number="05/UBND-KGVX"))
    assert _ask(engine, typed).hits[0].number == "05/UBND-KGVX"


def test_every_word_must_occur(engine: Engine) -> None:
    _put(engine, PLAN)
    assert _ask(engine, "kế hoạch trồng rừng").total == 0


def test_an_older_version_changes_nothing(engine: Engine) -> None:
    _put(engine, _entry("1", "Bản mới", version=5))
    _put(engine, _entry("1", "Bản cũ", version=4))
    assert _titles(_ask(engine, "bản")) == ["Bản mới"]


def test_a_late_put_revives_nothing(engine: Engine) -> None:
    _put(engine, _entry("1", "Đã gỡ", version=1))
    engine.apply([Remove("article", "1", 2)])
    _put(engine, _entry("1", "Đã gỡ", version=1))
    assert _ask(engine, "đã gỡ").total == 0
    assert list(engine.versions()) == [("article", "1", 2, False)]
    assert engine.purge(datetime.now(UTC) + timedelta(days=1)) == 1
    engine.refresh()
    assert list(engine.versions()) == []


@pytest.mark.parametrize(
    ("start", "end", "seen"),
    [
        (None, None, 1),
        (NOW, None, 1),
        (NOW + timedelta(seconds=1), None, 0),
        (None, NOW, 0),
        (None, NOW + timedelta(seconds=1), 1),
    ],
)
def test_the_window_is_half_open_and_part_of_the_query(
    engine: Engine, start: datetime | None, end: datetime | None, seen: int
) -> None:
    _put(engine, _entry("1", "Danh sách niêm yết", visible_from=start, visible_until=end))
    assert _ask(engine, "danh sách").total == seen


def test_counts_are_counts_of_objects(engine: Engine) -> None:
    _put(engine, PLAN, NEWS, _entry("2", "Kế hoạch khác"))
    result = _ask(engine, "kế hoạch", kinds=("official_document",))
    assert result.total == 1
    assert result.facets["kind"] == {"official_document": 1, "article": 2}
    assert result.facets["issuer"] == {"Ủy ban nhân dân tỉnh": 1}
    assert "section" not in result.facets
    assert engine.counts() == {"official_document": 1, "article": 2}


def test_a_facets_own_filter_does_not_narrow_its_counts(engine: Engine) -> None:
    _put(
        engine,
        _entry("1", "Tin xã", facets={"year": ("2025",), "section": ("A",)}),
        _entry("2", "Tin xã", facets={"year": ("2026",), "section": ("B",)}),
    )
    result = _ask(engine, "tin", filters={"year": ("2026",)})
    assert result.total == 1
    assert result.facets["year"] == {"2025": 1, "2026": 1}
    assert result.facets["section"] == {"B": 1}


def test_a_kind_can_be_left_out(engine: Engine) -> None:
    _put(engine, NEWS, PLAN)
    result = _ask(engine, "kế hoạch", without=("article",))
    assert result.facets["kind"] == {"official_document": 1}


def test_pages_of_hits_are_disjoint_and_complete(engine: Engine) -> None:
    _put(engine, *(_entry(f"{number:02d}", "Tin cùng tên") for number in range(45)))
    pages = [_ask(engine, "tin", page=page) for page in (1, 2, 3, 4)]
    assert [len(page.hits) for page in pages] == [20, 20, 5, 0]
    keys = [hit.key for page in pages for hit in page.hits]
    assert keys == sorted(set(keys))


def test_sorting_by_date(engine: Engine) -> None:
    _put(engine, PLAN, NEWS, _entry("3", "Kế hoạch không ngày"))
    days = [hit.date for hit in _ask(engine, "kế hoạch", sort="date").hits]
    assert days == [date(2024, 9, 24), date(2024, 9, 23), None]


def test_a_script_in_a_text_is_shown_as_text(engine: Engine) -> None:
    """Somebody puts a script into a title, a body and a page of a PDF."""
    attack = "<script>alert('lúa')</script> & giá lúa"
    _put(engine, _entry("1", attack, body=attack, pages=(PageText(1, attack, "/x#page=1"),)))
    hit = _ask(engine, "giá lúa").hits[0]
    for piece in (hit.snippet, hit.pages[0].snippet):
        assert set(re.findall(r"<[^>]*>", piece)) == {"<mark>", "</mark>"}
        assert "&lt;script&gt;" in piece


def test_a_snippet_is_short_and_shows_the_place(engine: Engine) -> None:
    _put(engine, _entry("1", "Dài", body="đầu " * 500 + "mận Na Hang chín sớm" + " cuối" * 500))
    piece = _ask(engine, "mận na hang").hits[0].snippet
    text = html.unescape(re.sub(r"</?mark>", "", piece))
    assert len(text) <= SNIPPET_CHARS
    assert "<mark>mận</mark> <mark>Na</mark> <mark>Hang</mark>" in piece


@pytest.mark.parametrize(
    "typed",
    [
        '"',
        "''\"\"",
        "()[]{}<>",
        "%_*:",
        "AND OR NOT",
        "title:kế",
        "a* b~2 c^3",
        "\\",
        "-",
        "--x",
        "NEAR(a b)",
        "\x00kế",
        "😀",
        "\u0301\u0301",
        "' OR 1=1 --",
        "kế " * 400,
        "x" * 10_000,
    ],
)
def test_nothing_typed_is_an_error(engine: Engine, typed: str) -> None:
    _put(engine, PLAN)
    result = _ask(engine, typed)
    assert len(result.hits) == min(result.total, 20)


def test_separators_alone_find_nothing(engine: Engine) -> None:
    _put(engine, PLAN)
    assert _ask(engine, "()*:%_ -").total == 0


def test_a_rebuild_serves_the_old_index_until_the_swap(engine: Engine) -> None:
    _put(engine, _entry("1", "Bản cũ của chỉ mục"))
    building = engine.rebuild()
    building.apply([Put(_entry("2", "Bản mới của chỉ mục"))])
    assert _titles(_ask(engine, "chỉ mục")) == ["Bản cũ của chỉ mục"]
    assert building.counts() == {"article": 1}
    building.swap()
    engine.refresh()
    assert _titles(_ask(engine, "chỉ mục")) == ["Bản mới của chỉ mục"]


def test_an_interrupted_rebuild_is_taken_up_again(engine: Engine) -> None:
    _put(engine, _entry("1", "Đang phục vụ"))
    engine.rebuild().apply([Put(_entry("2", "Làm dở"))])
    again = engine.rebuild()
    assert again.counts() == {"article": 1}
    again.abandon()
    assert _titles(_ask(engine, "đang phục vụ")) == ["Đang phục vụ"]


def test_an_engine_that_cannot_be_asked_says_so(settings: Any, tmp_path: Any) -> None:
    (tmp_path / "garbage.sqlite3").write_bytes(b"not a database at all" * 200)
    settings.SEARCH_EMBEDDED_PATH = str(tmp_path / "garbage.sqlite3")
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    with pytest.raises(EngineDownError):
        get_engine().search(SearchQuery("kế hoạch", at=NOW))
