"""Lists are no phone book: what a script gets of 20,000 households in ten minutes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice, product
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from portal.jobs import clock
from portal.registration import searchable, services
from portal.registration.models import ListEntry, PublishedList, PublishedListIndexPage
from portal.registration.names import village_key
from portal.registration.rows import EntryRow
from search.contract import Put
from search.engines import get_engine
from tests.registration.conftest import MONDAY, Units

pytestmark = [pytest.mark.django_db, pytest.mark.once]
FAMILIES = ("Nguyễn", "Trần", "Lê", "Hoàng", "Ma", "Nông", "Triệu", "Đặng", "Bàn", "Lý")
MIDDLES = ("Văn", "Thị", "Đức", "Minh", "Hữu", "Quang", "Xuân", "Thanh")
GIVEN = ("An", "Bình", "Chung", "Dung", "Đạt", "Giang", "Hà", "Hoa", "Huệ", "Khánh", "Lan", "Mai")
HOUSEHOLDS, VILLAGES, BATCH = 20_000, 25, 2_000
YIELD = HOUSEHOLDS // 20
SECONDS = 600
ADDRESS = "203.0.113.9"


@pytest.fixture
def posted(units: Units, index_page: PublishedListIndexPage) -> PublishedList:
    """One list of a whole commune, as large as lists of a province become, and indexed."""
    names = product(FAMILIES, MIDDLES, GIVEN, range(VILLAGES))
    rows = [
        EntryRow(f"{family} {middle} {given}", f"Thôn {village}", units.tan_trao, "poor")
        for family, middle, given, village in islice(names, HOUSEHOLDS)
    ]
    made = services.create_list("Hộ nghèo năm 2026", "ho-ngheo-2026", units.tan_trao, None)
    made = services.import_rows(made, rows, None)
    made = services.publish_list(made, date(2026, 11, 23), date(2026, 11, 26), None)
    keys = iter([str(pk) for pk in ListEntry.objects.values_list("pk", flat=True)])
    while batch := list(islice(keys, BATCH)):
        get_engine().apply([Put(entry) for entry in searchable.load_entries(batch).values()])
    return made


def _questions(slug: str) -> Iterator[tuple[str, dict[str, str]]]:
    """What the script asks for: surnames on the page and in JSON, with a second word or the
    commune, page by page and in another order, and the villages of the list's own page."""
    for number, (family, middle) in enumerate(product(FAMILIES, MIDDLES[:3])):
        name, page = f"{family} {middle}", str(1 + number % 3)
        yield "/tim-kiem/", {"q": name, "loai": "list_entry"}
        yield "/tim-kiem.json", {"q": family, "xa": "02545", "trang": page}
        yield "/tim-kiem.json", {"q": f"{name} tan trao", "xep": "moi"}
        village = village_key(f"Thôn {number % VILLAGES}")
        yield f"/danh-sach/{slug}/", {"xa": "02545", "thon": village, "trang": page}


def _shown(response: Any) -> set[tuple[str, str]]:
    """Name and village of each household in an answer, whichever shape it has."""
    if response["Content-Type"].startswith("application/json"):
        hits = response.json()["hits"]
    elif "hits" in response.context:
        hits = response.context["hits"]
    else:
        return {(row.head_name, row.village_key) for row in response.context["entries"]}
    households = [hit for hit in hits if hit["kind"] == "list_entry"]
    return {(hit["title"], parse_qs(urlsplit(hit["url"]).query)["thon"][0]) for hit in households}


def test_ten_minutes_of_surnames_yield_little(posted: PublishedList, client: Client) -> None:
    """Attack: one address asks search, JSON and list pages in turns until the window is over."""
    questions = list(_questions(posted.slug))
    got: set[tuple[str, str]] = set()
    for number, (address, asked) in enumerate(questions):
        with clock.frozen(MONDAY + timedelta(seconds=SECONDS * number // len(questions))):
            response = client.get(address, asked, REMOTE_ADDR=ADDRESS)
        assert response.status_code == 200
        got |= _shown(response)
    assert ListEntry.objects.count() == HOUSEHOLDS
    assert 100 < len(got) <= YIELD
    last = client.get("/tim-kiem.json", {"q": "le van an"}, REMOTE_ADDR=ADDRESS).json()
    assert (last["state"], last["reason"]) == ("limited", "list_limit")
