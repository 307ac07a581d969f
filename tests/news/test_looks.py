"""Where things stand on a page: filters folded on a phone, two columns, the emblem."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from tests.home.trees import Portal

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def html(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("address", ["/van-ban/", "/van-ban/ubnd-tinh/", "/tim-kiem/?q=ke+hoach"])
def test_filters_stand_before_the_results_and_are_folded(
    portal: Portal, client: Client, drain: Callable[[], int], address: str
) -> None:
    portal.document("167/KH-UBND")
    drain()
    text = html(client, address)
    folded = re.search(
        r'<details class="filters"><summary>.*?</summary>(.*?)</details>', text, re.S
    )
    assert folded
    assert '<form id="loc" method="get"' in folded.group(1)
    assert text.index("</details>") < text.index("<article class=")


@pytest.mark.parametrize(
    "address",
    ["/van-ban/?loai=plan", "/tim-kiem/?q=ke+hoach&nam=2024", "/tim-kiem/?q=ke+hoach&nam=1"],
)
def test_folded_filters_say_that_something_is_chosen(
    portal: Portal, client: Client, drain: Callable[[], int], address: str
) -> None:
    portal.document("167/KH-UBND")
    drain()
    summary = re.search(r"<summary>(.*?)</summary>", html(client, address))
    assert summary
    assert "đang lọc" in summary.group(1)
    plain = address.replace("?loai=plan", "").partition("&")[0]
    assert "đang lọc" not in html(client, plain)


def css() -> str:
    return Path(str(finders.find("portal/css/portal.css"))).read_text("utf-8")


def test_beside_the_list_the_filters_stand_open_where_the_browser_can() -> None:
    wide = css().partition("@media (min-width: 861px) {")[2].partition("\n}\n")[0]
    rule = wide.partition("@supports selector(::details-content) {")[2]
    assert ".side > .filters::details-content { content-visibility: visible; }" in rule
    assert ".side > .filters > summary { display: none; }" in rule


def test_each_column_of_the_home_page_goes_on_without_the_other(
    portal: Portal, client: Client
) -> None:
    portal.home.body = [
        ("services", {"title": "Dịch vụ", "services": [{"icon": "search", "title": "Tra cứu"}]}),
        ("newest_documents", {"title": "Văn bản mới", "most": 4}),
        ("lead_news", {"title": "Tin nổi bật", "most": 5}),
        ("cards", {"title": "", "names": []}),
    ]
    portal.home.save()
    text = html(client, "/")
    main, side = text.partition('<div class="home-main">')[2].split('<div class="home-side">')
    assert re.findall(r'"block-(\w+)"', text.partition('<div class="home-main">')[0]) == [
        "services"
    ]
    assert re.findall(r'"block-(\w+)"', main) == ["lead_news"]
    assert re.findall(r'"block-(\w+)"', side) == ["newest_documents", "cards"]


def test_browsers_that_ask_for_an_icon_unasked_get_the_emblem(client: Client) -> None:
    response = client.get("/favicon.ico")
    assert (response.status_code, response["Location"]) == (302, "/static/portal/img/emblem.svg")
    assert "max-age=86400" in response["Cache-Control"]
    assert client.post("/favicon.ico").status_code == 405
