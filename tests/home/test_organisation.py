"""Units, leaders, guides, contact and links as a reader meets them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from portal.home.models import LeaderPage, PortalImage, StandardPage
from portal.news.models import SectionPage
from tests.home.organised import Organised, add_unit, organise
from tests.home.test_open import close
from tests.home.trees import Portal
from tests.news.test_budget import BUDGET, an_image, queries

pytestmark = [pytest.mark.once, pytest.mark.django_db]


@pytest.fixture
def organised(portal: Portal) -> Organised:
    """One page of each kind."""
    return organise(portal)


def text(client: Client, address: str) -> str:
    """What a reader gets."""
    answer = client.get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_units_stand_with_those_below_them_in_the_order_of_the_tree(
    organised: Organised, client: Client
) -> None:
    add_unit(organised.unit, "Phòng Việc làm")
    other = add_unit(organised.units, "Sở Y tế")
    add_unit(other, "Chi cục Dân số")
    html = text(client, "/to-chuc/")
    places = [html.index(name) for name in ("Sở Nội vụ", "Phòng Việc làm", "Sở Y tế", "Chi cục")]
    assert places == sorted(places)
    assert "Quản lý lao động" in html


def test_closed_and_unpublished_units_are_not_named(organised: Organised, client: Client) -> None:
    close(add_unit(organised.units, "Phòng kín"))
    add_unit(organised.unit, "Phòng nháp").unpublish()
    assert "Phòng kín" not in text(client, "/to-chuc/")
    assert "Phòng nháp" not in text(client, "/to-chuc/so-noi-vu/")


def test_a_unit_names_its_functions_address_and_contact_officer(
    organised: Organised, client: Client
) -> None:
    unit = organised.unit
    unit.address, unit.telephone = "Phường Minh Xuân", "0207 000 0004"
    unit.save_revision().publish()
    html = text(client, "/to-chuc/so-noi-vu/")
    for shown in ("Giúp Ủy ban nhân dân tỉnh", "Phường Minh Xuân", "0207 000 0004"):
        assert shown in html
    assert "Triệu Văn Mẫu" in html
    assert 'href="mailto:mau@example.vn"' in html


def test_the_address_of_a_leader_names_the_post_and_nobody(organised: Organised) -> None:
    assert organised.leader.url == "/lanh-dao/chu-tich-ubnd-tinh/"


def test_a_leader_without_a_portrait_has_initials(organised: Organised, client: Client) -> None:
    assert '<span class="portrait" aria-hidden="true">LH</span>' in text(client, "/lanh-dao/")
    picture = PortalImage.objects.create(title="Chân dung", file=an_image())
    LeaderPage.objects.update(portrait=picture)
    shown = text(client, organised.leader.url)
    assert '<span class="portrait"' not in shown
    assert 'class="portrait" height="200"' in shown


def test_a_guide_numbers_its_steps(organised: Organised, client: Client) -> None:
    html = text(client, "/huong-dan/cach-khai/")
    steps = html.partition('<ol class="steps')[2].partition("</ol>")[0]
    assert "Mở trang" in steps
    assert "Bấm nút." in steps
    assert "/huong-dan/cach-khai/" in text(client, "/huong-dan/")


def test_a_guide_with_a_picture_at_every_step_stays_within_the_budget(
    organised: Organised, client: Client, settings: Any
) -> None:
    settings.PAGE_CACHE_SECONDS = 0
    pictures = [PortalImage.objects.create(title=f"{n}", file=an_image()) for n in range(15)]
    organised.guide.steps = [
        ("step", {"title": "Bước", "text": "<p>Làm.</p>", "image": picture}) for picture in pictures
    ]
    organised.guide.save()
    assert text(client, organised.guide.url).count("<figure>") == 15
    assert queries(client, organised.guide.url) <= BUDGET


def test_the_contact_page_shows_the_imprint_and_people(
    organised: Organised, portal: Portal, client: Client
) -> None:
    portal.home.telephone, portal.home.email = "0207 111 222", "cong@example.vn"
    portal.home.save()
    main = text(client, "/lien-he/").partition("<main")[2].partition("</main>")[0]
    assert "0207 111 222" in main
    assert "Hoàng Minh Mẫu" in main


def test_a_link_out_of_the_portal_says_where_it_leads(organised: Organised, client: Client) -> None:
    html = text(client, "/dich-vu-cong/")
    assert '<a href="https://dichvucong.gov.vn" rel="external noopener">' in html
    assert html.count("dichvucong.gov.vn") == 2


def test_the_footer_leads_to_the_pages_that_editors_chose(
    organised: Organised, client: Client
) -> None:
    foot = text(client, "/thong-bao/").partition("<footer")[2]
    assert '<a href="/lien-he/">Liên hệ</a>' in foot
    assert "/dich-vu-cong/" not in foot
    organised.contact.unpublish()
    assert "/lien-he/" not in text(client, "/thong-bao/").partition("<footer")[2]


def test_every_page_says_who_answers_for_it_and_when_it_changed(
    organised: Organised, portal: Portal, client: Client
) -> None:
    unit = organised.unit
    unit.owner_name, unit.review_on = "Văn phòng", "2027-03-01"
    unit.save_revision().publish()
    line = text(client, unit.url).partition('upkeep">')[2].partition("</p>")[0]
    assert "Văn phòng" in line
    assert "01/03/2027" in line
    assert unit.updated_on is not None
    other = text(client, "/thong-bao/").partition('upkeep">')[2].partition("</p>")[0]
    assert portal.home.title in other


def test_a_standard_page_lists_the_pages_below_it(portal: Portal, client: Client) -> None:
    portal.about.add_child(instance=StandardPage(title="Địa giới hành chính"))
    close(portal.about.add_child(instance=StandardPage(title="Trang kín")))
    html = text(client, "/gioi-thieu/")
    assert "/gioi-thieu/dia-gioi-hanh-chinh/" in html
    assert "Trang kín" not in html


@pytest.mark.parametrize(
    ("words", "kind", "address"),
    [
        ("trieu van mau", "unit", "/to-chuc/so-noi-vu/"),
        ("luong thi hoa", "leader", "/lanh-dao/chu-tich-ubnd-tinh/"),
        ("Chủ tịch UBND tỉnh", "leader", "/lanh-dao/chu-tich-ubnd-tinh/"),
        ("bam nut", "guide", "/huong-dan/cach-khai/"),
        ("hop giao ban", "schedule", "/lich-cong-tac/"),
    ],
)
def test_search_finds_all_of_them(
    organised: Organised,
    client: Client,
    drain: Callable[[], int],
    words: str,
    kind: str,
    address: str,
) -> None:
    drain()
    found = client.get("/tim-kiem.json", {"q": words, "loai": kind}).json()["hits"]
    assert [hit["url"].startswith(address) for hit in found] == [True]


def test_a_unit_is_found_by_its_telephone_number(
    organised: Organised, client: Client, drain: Callable[[], int]
) -> None:
    organised.unit.telephone = "0207 000 111"
    organised.unit.save()
    drain()
    found = client.get("/tim-kiem.json", {"q": "0207 000 111"}).json()["hits"]
    assert [hit["url"] for hit in found] == ["/to-chuc/so-noi-vu/"]


def test_a_post_means_who_holds_it(
    organised: Organised, client: Client, drain: Callable[[], int]
) -> None:
    """Bug: whatever names the post stood before the leader."""
    organised.unit.summary = "Chủ tịch UBND tỉnh ký"
    organised.unit.save()
    drain()
    first = client.get("/tim-kiem.json", {"q": "chủ tịch UBND tỉnh"}).json()["hits"][0]
    assert (first["kind"], first["title"]) == ("leader", "Lương Thị Họa – Chủ tịch UBND tỉnh")


def test_the_site_map_is_bounded_and_shows_public_pages_alone(
    organised: Organised, portal: Portal, client: Client
) -> None:
    for number in range(25):
        portal.news.add_child(instance=SectionPage(title=f"Mục {number:02}"))
    close(portal.about)
    organised.links.unpublish()
    tree = text(client, "/so-do-cong/").partition("<main")[2].partition("</main>")[0]
    assert "Mục 03" in tree
    assert "Mục 24" not in tree
    assert tree.count('href="/tin-tuc/"') == 2
    assert "/to-chuc/so-noi-vu/" in tree
    assert "/gioi-thieu/" not in tree
    assert "/dich-vu-cong/" not in tree


def test_all_feeds_are_listed_in_one_place_and_answer(portal: Portal, client: Client) -> None:
    html = text(client, "/rss/")
    feeds = ["/tin-tuc/rss/", "/tin-tuc/doi-song-xa-hoi/rss/", "/van-ban/rss/"]
    assert [address in html for address in feeds] == [True] * 3
    assert [client.get(address).status_code for address in feeds] == [200] * 3


@pytest.mark.once
def test_markup_typed_into_fields_is_shown_as_text(organised: Organised, client: Client) -> None:
    """Attack: an editor's field carries a script into a public page."""
    evil = "<script>alert(1)</script>"
    unit, leader = organised.unit, organised.leader
    unit.title = unit.summary = unit.address = evil
    leader.title = leader.post = leader.in_charge_of = evil
    for page in (unit, leader):
        page.save()
    for address in ("/to-chuc/", unit.url, "/lanh-dao/", leader.url, "/so-do-cong/"):
        assert "<script>alert" not in text(client, address)
