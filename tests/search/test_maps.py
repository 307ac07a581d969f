"""Old districts, towns and communes are found under today's units, and the page says so."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from portal.areas.models import UNKNOWN_START, Kind, Level, Unit, UnitSuccession
from search import maps
from search.contract import LIST_ENTRY, Engine, Put, SearchEntry
from tests.areas.builders import LAST_OLD_DAY, make_commune, make_province

pytestmark = pytest.mark.django_db
END = {"valid_from": UNKNOWN_START, "valid_to": LAST_OLD_DAY, "area_type": "rural"}


def _old(code: str, name: str, kind: str, level: str, parent: Unit, *new: Unit) -> Unit:
    given = {"code": code, "name": name, "kind": kind, "level": level, "parent": parent}
    unit = Unit.objects.create(**given | END)
    for one in new:
        UnitSuccession.objects.create(old=unit, new=one, part="whole", people="all")
    return unit


@pytest.fixture
def _old_map() -> None:
    """Two districts that ended, with a town each and a commune of the same name in both."""
    province = make_province()
    yen_son, ham_yen = make_commune("02473", "Yên Sơn"), make_commune("02374", "Hàm Yên")
    thai_binh, tan_tien = make_commune("02494", "Thái Bình"), make_commune("02398", "Tân Tiến")
    before = Unit.objects.create(
        code="08", name="Tuyên Quang", kind=Kind.TINH, level=Level.PROVINCE, **END
    )
    UnitSuccession.objects.create(old=before, new=province, part="whole", people="all")
    east = _old("075", "Yên Sơn", Kind.HUYEN, Level.DISTRICT, before)
    west = _old("074", "Hàm Yên", Kind.HUYEN, Level.DISTRICT, before)
    _old("02473", "Yên Sơn", Kind.THI_TRAN, Level.COMMUNE, east, yen_son)
    _old("02476", "Phúc Ninh", Kind.XA, Level.COMMUNE, east, thai_binh)
    _old("02374", "Tân Yên", Kind.THI_TRAN, Level.COMMUNE, west, ham_yen)
    _old("02398", "Tân Tiến", Kind.XA, Level.COMMUNE, west, tan_tien)
    _old("02499", "Tân Tiến", Kind.XA, Level.COMMUNE, east, thai_binh)


def _entry(key: str, title: str, **values: Any) -> SearchEntry:
    given: dict[str, Any] = {"kind": "article", "version": 1, "url": f"/{key}/", "key": key}
    return SearchEntry(**given | {"title": title} | values)


@pytest.fixture
def _index(engine: Engine, _old_map: None) -> None:
    """What belongs to communes of both districts, by their names of today."""
    person = {"kind": LIST_ENTRY, "title": "Nguyễn Văn An"}
    entries = [
        _entry("district", "Chợ phiên huyện Yên Sơn ngày ấy", date=date(2020, 1, 1)),
        _entry("yen-son", "Xã Yên Sơn trồng bưởi", date=date(2026, 1, 1)),
        _entry("thai-binh", "Làm đường", body="Ủy ban nhân dân xã Thái Bình"),
        _entry("ham-yen", "Cam sành của xã Hàm Yên"),
        _entry("east", summary="Thôn 1, xã Thái Bình", **person),
        _entry("west", summary="Thôn 2, xã Hàm Yên", **person),
    ]
    engine.apply([Put(entry) for entry in entries])
    engine.refresh()


def _found(client: Client, typed: str) -> tuple[list[str], dict[str, Any]]:
    answer = client.get("/tim-kiem.json", {"q": typed}).json()
    read = answer.get("places", {"found": [], "choices": []})
    return [hit["url"].strip("/") for hit in answer["hits"]], read


@pytest.mark.usefixtures("_index")
@pytest.mark.parametrize(
    ("typed", "hits"),
    [
        ("huyện Yên Sơn", {"district", "yen-son", "thai-binh"}),
        ("HUYEN YEN SON", {"district", "yen-son", "thai-binh"}),
        ("h. Yên  Sơn", {"yen-son", "thai-binh"}),
        ("thị trấn Tân Yên", {"ham-yen"}),
        ("tt tân yên", {"ham-yen"}),
        ("cam sành huyện Hàm Yên", {"ham-yen"}),
        ("nguyen van an huyen yen son", {"east"}),
        ("nguyễn văn an thị trấn Tân Yên", {"west"}),
        ("xã Tân Tiến huyện Yên Sơn", {"thai-binh"}),
    ],
)
def test_an_older_place_finds_what_belongs_to_its_successors(
    client: Client, typed: str, hits: set[str]
) -> None:
    found, read = _found(client, typed)
    assert set(found) == hits
    assert len(read["found"]) == 1
    assert not read["choices"]


@pytest.mark.usefixtures("_index")
def test_the_page_and_the_json_say_what_the_place_is_now(client: Client) -> None:
    first, read = _found(client, "huyện Yên Sơn")
    assert first[0] == "district"
    (found,) = read["found"]
    assert (found["name"], found["within"]) == ("huyện Yên Sơn", "tỉnh Tuyên Quang")
    assert found["today"] == ["xã Thái Bình", "xã Yên Sơn"]
    page = client.get("/tim-kiem/", {"q": "thị trấn Tân Yên"}).content.decode()
    notes = [part.partition("</p>")[0] for part in page.split('role="status">')[1:]]
    assert any("thị trấn Tân Yên" in note and "xã Hàm Yên" in note for note in notes)


@pytest.mark.usefixtures("_index")
@pytest.mark.parametrize(
    ("typed", "choices"),
    [
        ("Yên Sơn", ["xã Yên Sơn", "huyện Yên Sơn"]),
        ("tan yen", ["thị trấn Tân Yên"]),
        ("xã Tân Tiến", ["xã Tân Tiến", "xã Tân Tiến huyện Yên Sơn"]),
        ("họp xã tân tiến", ["họp xã Tân Tiến", "họp xã Tân Tiến huyện Yên Sơn"]),
    ],
)
def test_an_ambiguous_name_asks_which(client: Client, typed: str, choices: list[str]) -> None:
    _hits, read = _found(client, typed)
    assert not read["found"]
    assert [choice["q"] for choice in read["choices"]] == choices
    page = client.get("/tim-kiem/", {"q": typed}).content.decode()
    assert page.count('<li><a href="/tim-kiem/?q=', page.index('id="noi-nao"')) >= len(choices)


@pytest.mark.usefixtures("_index")
def test_a_choice_is_not_asked_again(client: Client) -> None:
    _hits, read = _found(client, "Yên Sơn")
    hits, then = _found(client, read["choices"][1]["q"])
    assert {"yen-son", "thai-binh"} <= set(hits)
    assert (len(then["found"]), then["choices"]) == (1, [])


@pytest.mark.usefixtures("_old_map")
@pytest.mark.parametrize(
    "typed", ["", "thôn Tân Lập", "xã Yên Sơn", "huyện", "huyện Không Có", "hộ nghèo Tân Yên", "h"]
)
def test_what_is_no_older_place_is_plain_text(typed: str) -> None:
    assert maps.read(typed) == maps.Reading()


@pytest.mark.usefixtures("_index")
def test_a_district_is_no_way_to_drain_its_lists(client: Client) -> None:
    """Attack: one word of a name, or none, and a whole district in place of a commune."""
    for typed in ("huyện Yên Sơn", "an huyện Yên Sơn", "thị trấn Tân Yên"):
        assert not {"east", "west"} & set(_found(client, typed)[0])
