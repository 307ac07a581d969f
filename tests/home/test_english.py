"""The English tree: which page the switch leads to, and that nothing Vietnamese is left around."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from wagtail.models import Locale, Page, Site

from portal.home.models import HomePage
from portal.home.views import broken
from tests.home.organised import Organised, organise
from tests.home.test_open import close
from tests.home.trees import Portal

pytestmark = [pytest.mark.once, pytest.mark.django_db]
# Letters that only Vietnamese writes; the demo's own names are not in these pages.
VIETNAMESE = re.compile(r"[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉĩịọỏốồổỗộớờởỡợụủũứừửữựỳỵỷỹ]", re.IGNORECASE)


def translated(page: Page, title: str, slug: str) -> Any:
    """The page in English, published."""
    made = page.copy_for_translation(Locale.objects.get_or_create(language_code="en")[0])
    made.title, made.slug = title, slug
    made.save_revision().publish()
    return made


@pytest.fixture
def organised(portal: Portal) -> Organised:
    """Pages in Vietnamese, of which home, index and unit are in English too."""
    made = organise(portal)
    home = translated(portal.home, "The province", "home-en")
    HomePage.objects.filter(pk=home.pk).update(portal_name="E-portal", agency="Committee")
    translated(made.units, "Organisation", "organisation")
    return made


def switch(client: Client, address: str, language: str) -> list[str]:
    """Where the link to the other language leads."""
    html = client.get(address).content.decode().partition("<main")[0]
    return re.findall(rf'<a href="([^"]*)" lang="{language}" hreflang="{language}">', html)


def alternates(client: Client, address: str) -> dict[str, str]:
    """The languages that the head names."""
    head = client.get(address).content.decode().partition("</head>")[0]
    return dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', head))


def test_the_switch_leads_to_the_same_page(organised: Organised, client: Client) -> None:
    assert switch(client, "/to-chuc/", "en") == ["/en/organisation/"]
    assert switch(client, "/en/organisation/", "vi") == ["/to-chuc/"]
    assert switch(client, "/", "en") == ["/en/"]


def test_without_a_translation_the_switch_leads_home(organised: Organised, client: Client) -> None:
    assert switch(client, "/lanh-dao/", "en") == ["/en/"]


def test_a_translation_nobody_may_see_is_not_linked(organised: Organised, client: Client) -> None:
    close(Page.objects.get(title="Organisation"))
    assert switch(client, "/to-chuc/", "en") == ["/en/"]
    assert alternates(client, "/to-chuc/") == {}


def test_the_head_names_the_languages_of_a_page(organised: Organised, client: Client) -> None:
    Site.objects.update(hostname="cong.example.vn", port=443)
    vi, en = "https://cong.example.vn/to-chuc/", "https://cong.example.vn/en/organisation/"
    for address in ("/to-chuc/", "/en/organisation/"):
        assert alternates(client, address) == {"vi": vi, "en": en, "x-default": vi}
    assert alternates(client, "/lanh-dao/") == {}
    assert set(alternates(client, "/")) == {"vi", "en", "x-default"}


@pytest.mark.parametrize("address", ["/en/", "/en/organisation/", "/en/so-do-cong/", "/en/khong/"])
def test_an_english_page_has_nothing_vietnamese_around_it(
    organised: Organised, client: Client, address: str
) -> None:
    html = client.get(address).content.decode()
    assert '<html lang="en"' in html
    around = re.sub(r"<main.*</main>", "", html, flags=re.DOTALL)
    said = re.sub(r'<a [^>]*lang="vi"[^>]*>[^<]*</a>', "", around)
    assert VIETNAMESE.findall(said) == []


def test_search_from_an_english_page_stays_english(
    organised: Organised, client: Client, drain: Any
) -> None:
    assert 'action="/en/tim-kiem/"' in client.get("/en/").content.decode()
    found = client.get("/en/tim-kiem/?q=nothing").content.decode()
    assert '<html lang="en"' in found
    assert "Nothing fits" in found
    assert 'action="/tim-kiem/"' not in found


def test_a_fault_is_told_in_the_language_of_the_address(client: Client) -> None:
    request = client.get("/en/").wsgi_request
    for language, action in (("vi", "/tim-kiem/"), ("en", "/en/tim-kiem/")):
        with translation.override(language):
            page = broken(request).content.decode()
        assert f'<html lang="{language}">' in page
        assert f'action="{action}"' in page


def test_kept_pages_of_one_language_are_not_served_in_another(
    organised: Organised, client: Client
) -> None:
    for _time in range(2):
        assert 'lang="vi"' in client.get("/so-do-cong/").content.decode()[:120]
        assert 'lang="en"' in client.get("/en/so-do-cong/").content.decode()[:120]


def test_each_site_map_shows_its_own_language(organised: Organised, client: Client) -> None:
    english = client.get("/en/so-do-cong/").content.decode().partition("<main")[2]
    assert "/en/organisation/" in english
    assert "/to-chuc/" not in english.partition("</main>")[0]
