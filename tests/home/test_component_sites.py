"""Sites of departments and communes inside the one design, on one host and on their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.models import Collection, Site

from portal.home.component_models import ComponentSite
from portal.home.models import ComponentHomePage
from portal.jobs import clock
from portal.news.models import NoticePage, OfficialDocumentPage
from tests.home.trees import Portal
from tests.home.units import OWN_HOST, UnitSite, open_index, open_unit

pytestmark = [pytest.mark.once, pytest.mark.django_db]
ROOT = "/don-vi/xa-tan-trao/"


@pytest.fixture(autouse=True)
def _hosts(settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["localhost", "testserver", OWN_HOST]


@pytest.fixture
def unit(portal: Portal) -> UnitSite:
    """Xã Tân Trào beside the portal's own pages."""
    return open_unit(open_index(portal.home), "Xã Tân Trào", agency="UBND xã Tân Trào")


def own_host(unit: UnitSite) -> ComponentHomePage:
    """The unit's site under its own name."""
    page: ComponentHomePage = unit.home
    page.host_name = OWN_HOST
    page.save_revision().publish()
    return page


def read(client: Client, path: str, host: str = "localhost") -> str:
    """A page as this host gives it."""
    response = client.get(path, headers={"host": host})
    assert response.status_code == 200
    return str(response.content.decode())


def test_a_unit_has_its_own_name_menu_and_way_back(client: Client, unit: UnitSite) -> None:
    html = read(client, ROOT)
    assert "<strong>Xã Tân Trào</strong>" in html
    assert f'href="{ROOT}gioi-thieu/"' in html
    assert '<li><a href="/van-ban/">' not in html
    assert 'class="upward" href="/"' in html
    assert "Xã Tân Trào" in read(client, "/don-vi/")


def test_the_imprint_falls_back_to_the_portals_line_by_line(
    client: Client, portal: Portal, unit: UnitSite
) -> None:
    portal.home.telephone = "0207 000 001"
    portal.home.save()
    foot = read(client, f"{ROOT}gioi-thieu/").partition("<footer")[2]
    assert "UBND xã Tân Trào" in foot
    assert "0207 000 001" in foot


def test_pages_of_every_kind_stand_below_a_unit(client: Client, unit: UnitSite) -> None:
    unit.article("Đường thôn mới")
    unit.notices.add_child(instance=NoticePage(title="Họp thôn", valid_from=clock.today()))
    register = unit.home.get_children().get(slug="van-ban").specific
    document = OfficialDocumentPage(
        title="Thông báo họp", number_text="5/TB-UBND", issued_on=clock.today()
    )
    register.add_child(instance=document)
    below = [
        f"{ROOT}tin-tuc/tin-trong-xa/duong-thon-moi/",
        f"{ROOT}thong-bao/hop-thon/",
        document.url,
    ]
    assert [client.get(path).status_code for path in below] == [200, 200, 200]
    assert document.url.startswith(f"{ROOT}van-ban/05-tb-ubnd-")
    assert "5/TB-UBND" in read(client, f"{ROOT}van-ban/")


def test_news_of_a_unit_stands_on_its_own_front_page_alone(
    client: Client, portal: Portal, unit: UnitSite
) -> None:
    portal.home.body = [("lead_news", {"title": "Tin", "most": 5})]
    portal.home.save()
    portal.article("Tin của tỉnh")
    unit.article("Tin của xã")
    front = read(client, "/")
    assert ("Tin của tỉnh" in front, "Tin của xã" in front) == (True, False)
    own = read(client, ROOT)
    assert ("Tin của tỉnh" in own, "Tin của xã" in own) == (False, True)
    article = read(client, f"{ROOT}tin-tuc/tin-trong-xa/tin-cua-xa/")
    assert "Tin của tỉnh" not in article


def test_an_urgent_notice_of_a_unit_stays_in_its_site(
    client: Client, portal: Portal, unit: UnitSite
) -> None:
    unit.notices.add_child(instance=NoticePage(title="Sạt đường", urgent=True))
    portal.notices.add_child(instance=NoticePage(title="Bão số 9", urgent=True))
    assert "Sạt đường" not in read(client, "/gioi-thieu/")
    inside = read(client, f"{ROOT}gioi-thieu/")
    assert "Sạt đường" in inside
    assert "Bão số 9" in inside


def test_a_host_name_opens_a_site_and_links_fit_both_addresses(
    client: Client, unit: UnitSite
) -> None:
    unit.article("Đường thôn mới")
    own_host(unit)
    site = Site.objects.get(hostname=OWN_HOST)
    assert (site.root_page_id, site.is_default_site) == (unit.home.pk, False)
    there = read(client, "/", OWN_HOST)
    assert 'href="/gioi-thieu/"' in there
    assert 'class="upward" href="http://localhost/"' in there
    assert 'href="/tin-tuc/tin-trong-xa/duong-thon-moi/"' in there
    here = read(client, ROOT)
    assert f'href="{ROOT}gioi-thieu/"' in here
    article = read(client, f"{ROOT}tin-tuc/tin-trong-xa/duong-thon-moi/")
    whole = f"http://{OWN_HOST}/tin-tuc/tin-trong-xa/duong-thon-moi/"
    assert f'rel="canonical" href="{whole}"' in article
    assert f'rel="canonical" href="{whole}"' in read(
        client, "/tin-tuc/tin-trong-xa/duong-thon-moi/", OWN_HOST
    )


def test_the_cache_keeps_the_same_path_of_two_hosts_apart(client: Client, unit: UnitSite) -> None:
    own_host(unit)
    unit.about.get_parent()
    province = read(client, "/gioi-thieu/")
    commune = read(client, "/gioi-thieu/", OWN_HOST)
    assert "<strong>Xã Tân Trào</strong>" in commune
    assert "<strong>Xã Tân Trào</strong>" not in province
    assert read(client, "/gioi-thieu/") == province
    assert "<strong>Xã Tân Trào</strong>" in read(client, "/gioi-thieu/", OWN_HOST)


def test_the_site_goes_with_the_host_name_and_with_the_page(unit: UnitSite) -> None:
    page = own_host(unit)
    page.host_name = ""
    page.save_revision()
    assert Site.objects.filter(hostname=OWN_HOST).exists()  # a draft changes nothing
    page.get_latest_revision().publish()
    assert not Site.objects.filter(hostname=OWN_HOST).exists()
    own_host(unit)
    ComponentHomePage.objects.get().unpublish()
    assert not Site.objects.filter(hostname=OWN_HOST).exists()


@pytest.mark.parametrize("name", ["localhost", "http://tantrao.example.vn", "khac.example.vn"])
def test_a_host_name_that_is_not_the_units_is_refused(unit: UnitSite, name: str) -> None:
    """Attack: a unit asks for the portal's own name, and all visitors land on its page."""
    unit.home.host_name = name
    with pytest.raises(ValidationError) as refused:
        unit.home.full_clean()
    assert "host_name" in refused.value.message_dict


def test_two_units_do_not_share_a_host(portal: Portal, unit: UnitSite) -> None:
    own_host(unit)
    other = open_unit(unit.home.get_parent().specific, "Xã Yên Sơn").home
    other.host_name = OWN_HOST
    with pytest.raises(ValidationError):
        other.full_clean()


def test_an_older_revision_takes_nothing_of_the_unit_away(unit: UnitSite) -> None:
    old = unit.home.save_revision()
    own_host(unit)
    before = ComponentSite.objects.values("editors", "collection").get()
    old.publish()
    assert ComponentSite.objects.values("editors", "collection").get() == before
    assert Collection.objects.filter(name="Xã Tân Trào").count() == 1


def test_search_says_and_filters_by_the_unit(
    client: Client, portal: Portal, unit: UnitSite, drain: Callable[[], int]
) -> None:
    portal.article("Mùa cam ở tỉnh")
    unit.article("Mùa cam ở xã")
    drain()
    both = read(client, "/tim-kiem/?q=mua+cam")
    assert 'name="don-vi" value="Xã Tân Trào"' in both
    only = read(client, "/tim-kiem/?q=mua+cam&don-vi=X%C3%A3+T%C3%A2n+Tr%C3%A0o")
    assert ("Mùa cam ở xã" in only, "Mùa cam ở tỉnh" in only) == (True, False)
    unit.home.title = "Xã Tân Trào mới"
    unit.home.save_revision().publish()
    drain()
    assert 'value="Xã Tân Trào mới"' in read(client, "/tim-kiem/?q=mua+cam")


def test_a_portal_without_units_offers_no_filter_of_units(
    client: Client, portal: Portal, drain: Callable[[], int]
) -> None:
    portal.article("Mùa cam ở tỉnh")
    drain()
    assert 'name="don-vi"' not in read(client, "/tim-kiem/?q=mua+cam")
