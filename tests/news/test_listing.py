"""The list of official documents and the feeds."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from django.test import Client

from portal.news.models import Field, Issuer
from tests.home.trees import Portal

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf(portal: Portal) -> Portal:
    """Four documents of two issuers, two fields, three types, two years."""
    labour = Field.objects.create(name="Lao động – Việc làm")
    commune = Issuer.objects.create(name="UBND xã Tân Trào")
    portal.document("167/KH-UBND", "Thu thập thông tin người lao động", field=labour)
    portal.document("168/QĐ-UBND", "Phê duyệt danh sách", abstract="hộ nghèo năm 2025")
    portal.document("20/KH-UBND", "Kế hoạch xã", issuer=commune, issued_on=date(2025, 3, 1))
    portal.document("9/TB-UBND", "Bản nháp", live=False)
    return portal


def numbers(client: Client, **query: str) -> list[str]:
    """The numbers that a list shows, in its order."""
    names = {key.replace("_", "-"): value for key, value in query.items()}
    return [page.number_text for page in client.get("/van-ban/", names).context["documents"]]


FILTERS: tuple[tuple[dict[str, str], list[str]], ...] = (
    ({}, ["20/KH-UBND", "168/QĐ-UBND", "167/KH-UBND"]),
    ({"q": "nguoi lao dong"}, ["167/KH-UBND"]),
    ({"q": "Hộ Nghèo"}, ["168/QĐ-UBND"]),
    ({"q": "167/KH-UBND"}, ["167/KH-UBND"]),
    ({"q": "lao động nghèo"}, []),
    ({"so": "167"}, ["167/KH-UBND"]),
    ({"so": "kh-ubnd"}, ["20/KH-UBND", "167/KH-UBND"]),
    ({"so": "168 qd ubnd"}, ["168/QĐ-UBND"]),
    ({"loai": "plan"}, ["20/KH-UBND", "167/KH-UBND"]),
    ({"co_quan": "ubnd-xa-tan-trao"}, ["20/KH-UBND"]),
    ({"linh_vuc": "lao-dong-viec-lam"}, ["167/KH-UBND"]),
    ({"nam": "2025"}, ["20/KH-UBND"]),
    ({"loai": "plan", "nam": "2024"}, ["167/KH-UBND"]),
    ({"hieu_luc": "xong"}, []),
    ({"sap_xep": "cu"}, ["167/KH-UBND", "168/QĐ-UBND", "20/KH-UBND"]),
    ({"sap_xep": "so"}, ["20/KH-UBND", "167/KH-UBND", "168/QĐ-UBND"]),
)
NONSENSE: tuple[dict[str, str], ...] = (
    {"nam": "năm nay"},
    {"nam": "99999999999999999999"},
    {"hieu_luc": "'; --"},
    {"trang": "-1"},
    {"trang": "x"},
    {"sap_xep": "-pk"},
    {"q": '%_*:"()[]'},
)
OVERLONG: tuple[dict[str, str], ...] = ({"so": "9" * 40}, {"q": "a" * 10_000}, {"q": "\x00null"})


def test_filters_in_the_address(shelf: Portal, client: Client) -> None:
    found = [(query, numbers(client, **query)) for query, _expected in FILTERS]
    assert found == list(FILTERS)


def test_nonsense_in_the_address_is_no_filter(shelf: Portal, client: Client) -> None:
    """Attack: meaningless and hostile values in the query string."""
    found = [(query, len(numbers(client, **query))) for query in NONSENSE]
    assert found == [(query, 3) for query in NONSENSE]


def test_overlong_values_find_nothing(shelf: Portal, client: Client) -> None:
    """Attack: values longer than any column."""
    assert [numbers(client, **query) for query in OVERLONG] == [[], [], []]


def options(client: Client, name: str, **query: str) -> dict[str, int]:
    """The counts beside one filter."""
    filters = client.get("/van-ban/", query).context["filters"]
    found = next(row for row in filters if row["name"] == name)
    return {option["value"]: option["count"] for option in found["options"]}


def test_counts_beside_the_filters(shelf: Portal, client: Client) -> None:
    assert options(client, "loai") == {"plan": 2, "decision": 1}
    assert options(client, "nam") == {"2025": 1, "2024": 2}


def test_a_filter_does_not_narrow_its_own_counts(shelf: Portal, client: Client) -> None:
    assert options(client, "loai", loai="plan") == {"plan": 2, "decision": 1}
    assert options(client, "nam", loai="decision") == {"2024": 1}


def test_twenty_a_page(portal: Portal, client: Client) -> None:
    [portal.document(f"{n}/KH-UBND") for n in range(1, 23)]
    first = client.get("/van-ban/").context
    second = client.get("/van-ban/?trang=2").context
    assert (len(first["documents"]), len(second["documents"])) == (20, 2)
    assert first["total"] == 22


def test_an_issuers_page_lists_its_own(shelf: Portal, client: Client) -> None:
    context = client.get("/van-ban/ubnd-xa-tan-trao/").context
    assert [page.number_text for page in context["documents"]] == ["20/KH-UBND"]
    assert "co-quan" not in [row["name"] for row in context["filters"]]


def items(response: Any) -> list[str]:
    """The titles of a feed."""
    return [item.findtext("title") or "" for item in ET.fromstring(response.content).iter("item")]


def test_the_feed_follows_the_filters(shelf: Portal, client: Client) -> None:
    assert len(items(client.get("/van-ban/rss/"))) == 3
    assert items(client.get("/van-ban/rss/?nam=2025")) == ["20/KH-UBND: Kế hoạch xã"]


def test_feeds_of_articles(portal: Portal, client: Client) -> None:
    portal.article("Tin <b>một</b>", lead="Lời dẫn")
    for_all = client.get("/tin-tuc/rss/")
    of_section = client.get("/tin-tuc/doi-song-xa-hoi/rss/")
    assert items(for_all) == items(of_section) == ["Tin <b>một</b>"]
    assert b"http://testserver/tin-tuc/doi-song-xa-hoi/tin-b-mot-b/" in for_all.content


def test_the_filtered_list_as_a_workbook(shelf: Portal, client: Client) -> None:
    """Attack: a title that a spreadsheet would run as a formula."""
    shelf.document("21/KH-UBND", "=1+1", issued_on=date(2025, 4, 1))
    response = client.get("/van-ban/xlsx/?nam=2025")
    sheet = openpyxl.load_workbook(BytesIO(response.content)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert [row[0] for row in rows] == ["21/KH-UBND", "20/KH-UBND"]
    assert (rows[0][1], sheet["B2"].data_type) == ("=1+1", "s")
    assert rows[1][6].date() == date(2025, 3, 1)


def test_the_export_costs_the_same_for_many(
    shelf: Portal, client: Client, django_assert_max_num_queries: Any
) -> None:
    [shelf.document(f"{n}/BC-UBND") for n in range(1, 12)]
    client.get("/van-ban/xlsx/")  # reads what all pages share
    with django_assert_max_num_queries(6):
        client.get("/van-ban/xlsx/")
