"""What programs read: list of pages, robots, security contact, previews, structured data."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Locale, Site

from portal.home import badge, web_files
from portal.home.models import HomePage, PortalImage, StandardPage
from portal.jobs import clock
from tests.home.test_open import close
from tests.home.trees import Portal
from tests.news.test_budget import an_image

pytestmark = [pytest.mark.once, pytest.mark.django_db]
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=clock.ZONE)


def data_of(client: Client, address: str) -> list[dict[str, Any]]:
    """The structured data of a page."""
    html = client.get(address).content.decode()
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    return [json.loads(text) for text in found]


def tags_of(client: Client, address: str) -> dict[str, str]:
    """The OpenGraph tags of a page."""
    html = client.get(address).content.decode()
    return dict(re.findall(r'<meta property="og:(\w+)" content="([^"]*)">', html))


def test_the_list_of_pages_names_dates_and_languages(portal: Portal, client: Client) -> None:
    portal.about.save_revision().publish()
    english = portal.home.copy_for_translation(Locale.objects.create(language_code="en"))
    english.save_revision().publish()
    close(portal.home.add_child(instance=StandardPage(title="Trang kín")))
    xml = client.get("/sitemap.xml").content.decode()
    entry = xml.partition("/gioi-thieu/</loc>")[2].partition("</url>")[0]
    assert f"<lastmod>{clock.today():%Y-%m-%d}</lastmod>" in entry
    front = xml.partition("localhost/</loc>")[2].partition("</url>")[0]
    assert 'hreflang="vi" href="http://localhost/"' in front
    assert 'hreflang="en" href="http://localhost/en/"' in front
    assert "localhost/en/</loc>" in xml
    assert "/so-do-cong/</loc>" in xml
    assert "trang-kin" not in xml


def test_too_many_pages_become_several_files(
    portal: Portal, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web_files.PageSitemap, "limit", 3)
    index = client.get("/sitemap.xml").content.decode()
    parts = re.findall(r"<loc>http://[^/]+([^<]+)</loc>", index)
    assert "/sitemap-trang.xml?p=2" in parts
    found = [client.get(part.replace("&amp;", "&")).content.decode() for part in parts]
    assert sum("/gioi-thieu/</loc>" in text for text in found) == 1


def test_security_contact_expires_within_the_year(portal: Portal, client: Client) -> None:
    with clock.frozen(NOW):
        assert client.get("/.well-known/security.txt").status_code == 404
        portal.home.email = "cong@example.vn"
        portal.home.save()
        text = client.get("/.well-known/security.txt").content.decode()
    fields = dict(line.split(": ", 1) for line in text.splitlines() if line)
    assert fields["Contact"] == "mailto:cong@example.vn"
    assert fields["Canonical"].endswith("/.well-known/security.txt")
    expires = datetime.fromisoformat(fields["Expires"])
    assert NOW + timedelta(days=100) < expires < NOW + timedelta(days=365)
    portal.home.security_email = "antoan@example.vn"
    portal.home.save()
    assert "mailto:antoan@example.vn" in client.get("/.well-known/security.txt").content.decode()


def test_the_home_page_says_whose_portal_it_is(portal: Portal, client: Client) -> None:
    HomePage.objects.update(telephone="0207 111 222", portal_name="Cổng tỉnh")
    (data,) = data_of(client, "/")
    assert data["@type"] == "GovernmentOrganization"
    assert (data["name"], data["telephone"]) == ("Cổng tỉnh", "0207 111 222")
    assert data["parentOrganization"]["name"] == "UBND tỉnh"
    assert "address" not in data


def test_every_page_names_the_way_to_it(portal: Portal, client: Client) -> None:
    Site.objects.update(hostname="cong.example.vn", port=443)
    article = portal.article("Bài")
    (data,) = (each for each in data_of(client, article.url) if each["@type"] == "BreadcrumbList")
    way = [(item["name"], item["item"]) for item in data["itemListElement"]]
    assert way[1:3] == [
        ("Tin tức", "https://cong.example.vn/tin-tuc/"),
        ("Đời sống xã hội", "https://cong.example.vn/tin-tuc/doi-song-xa-hoi/"),
    ]
    assert [item["position"] for item in data["itemListElement"]] == [1, 2, 3, 4]


def test_no_title_breaks_out_of_the_structured_data(portal: Portal, client: Client) -> None:
    """Attack: an editor's title ends the block of data and begins a script."""
    evil = "</script><script>alert(1)</script>&"
    portal.about.title = evil
    portal.about.save()
    assert "<script>alert" not in client.get("/gioi-thieu/").content.decode()
    assert data_of(client, "/gioi-thieu/")[0]["itemListElement"][-1]["name"] == evil


def test_a_shared_page_has_title_address_and_picture(portal: Portal, client: Client) -> None:
    Site.objects.update(hostname="cong.example.vn", port=443)
    tags = tags_of(client, "/gioi-thieu/")
    assert tags["title"] == "Giới thiệu"
    assert tags["url"] == "https://cong.example.vn/gioi-thieu/"
    assert tags["image"] == "https://cong.example.vn/static/portal/img/share.png"
    assert tags["locale"] == "vi_VN"


def test_a_mistyped_address_offers_its_words_to_the_search(portal: Portal, client: Client) -> None:
    html = client.get("/van-ban/ke-hoach-167/").content.decode()
    assert 'href="/tim-kiem/?q=ke%20hoach%20167"' in html
    assert 'href="/tim-kiem/?q=' not in client.get("/12345/").content.decode()


def test_the_trust_badge_is_a_picture_of_this_host(portal: Portal, client: Client) -> None:
    badge._rendered.cache_clear()
    assert 'class="badge"' not in client.get("/thong-bao/").content.decode()
    image = PortalImage.objects.create(title="Tín nhiệm mạng", file=an_image())
    home = portal.home
    home.badge_image, home.badge_url = image, "https://tinnhiemmang.vn/"
    home.save()
    foot = client.get("/thong-bao/").content.decode().partition('class="badge"')[2]
    assert 'src="/media/images/' in foot
    assert 'alt="Tín nhiệm mạng"' in foot
    assert 'href="https://tinnhiemmang.vn/" rel="external noopener"' in foot
