"""A first start without the demo was “Welcome to your new Wagtail site!” and 404 everywhere."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.models import GroupApprovalTask, Page, Site, Workflow

from portal.areas.models import User
from portal.home.models import GuideIndexPage, HomePage, OrganisationIndexPage, StandardPage
from portal.news.models import NewsIndexPage
from portal.start.groups import CONTRIBUTORS, EDITORS, OFFICERS
from portal.start.roles import ROLES
from portal.start.services import prepare_portal
from portal.start.tree import add_page
from tests.areas.builders import make_commune, make_province

pytestmark = [pytest.mark.once, pytest.mark.django_db]
ADDRESS = "https://caobang.example.vn"
MENU = ("/tin-tuc/", "/thong-bao/", "/van-ban/", "/danh-sach/")


@pytest.fixture(autouse=True)
def _production(settings: Any) -> None:
    settings.DEMO = False
    settings.PORTAL_BASE_URL = ADDRESS
    settings.PROVINCE_CODE = "04"
    settings.WAGTAIL_SITE_NAME = "Cổng thông tin điện tử tỉnh Cao Bằng"
    make_province("04", "Cao Bằng")


def _rows() -> tuple[int, ...]:
    models = (Page, Site, Group, Permission.group_set.through)
    return tuple(model._base_manager.count() for model in models)


def test_a_fresh_database_becomes_a_portal(client: Client) -> None:
    call_command("prepare_portal")
    home = client.get("/").content.decode()
    assert "Cổng thông tin điện tử tỉnh Cao Bằng" in home
    assert "Welcome" not in home
    assert all(f'href="{address}"' in home for address in MENU)
    assert [client.get(address).status_code for address in MENU] == [200] * len(MENU)
    assert "Danh sách niêm yết" in client.get("/tim-kiem/").content.decode()


STANDING = {
    "/to-chuc/": "người liên hệ của các cơ quan, đơn vị thuộc tỉnh sẽ được đăng tại đây",
    "/lich-cong-tac/": "Lịch làm việc hằng tuần của lãnh đạo tỉnh sẽ được đăng tại đây",
    "/huong-dan/": "Hướng dẫn từng bước những việc thường gặp sẽ được đăng tại đây",
}


def test_pages_that_a_province_fills_say_what_will_stand_there(client: Client) -> None:
    prepare_portal()
    home = client.get("/").content.decode()
    for address, sentence in STANDING.items():
        assert f'href="{address}"' in home, "a way leads there"
        assert sentence in client.get(address).content.decode()


def test_a_page_of_the_editors_is_not_doubled_nor_pushed_away() -> None:
    """A portal of before: organisation under another page, another page at the guides' address."""
    home = prepare_portal().home
    for kind in (OrganisationIndexPage, GuideIndexPage):
        kind.objects.get().delete()
    about = add_page(home, StandardPage(title="Giới thiệu", slug="gioi-thieu"))
    add_page(about, OrganisationIndexPage(title="Bộ máy", slug="bo-may"))
    add_page(home, StandardPage(title="Hướng dẫn cũ", slug="huong-dan"))
    assert prepare_portal().made == []
    assert OrganisationIndexPage.objects.get().title == "Bộ máy"
    assert not GuideIndexPage.objects.exists()


def test_english_addresses_are_english(client: Client) -> None:
    prepare_portal()
    page = client.get("/en/").content.decode()
    assert '<html lang="en"' in page
    assert "Cao Bằng Province" in page
    assert client.get("/en/tin-tuc/").status_code == 404


def test_the_site_map_names_the_base_url(client: Client) -> None:
    """Behind another port or name it listed http://localhost/…."""
    prepare_portal()
    body = client.get("/sitemap.xml", headers={"host": "localhost"}).content.decode()
    assert f"<loc>{ADDRESS}/</loc>" in body
    assert "localhost" not in body
    site = Site.objects.get()
    assert (site.hostname, site.port, site.is_default_site) == ("caobang.example.vn", 443, True)


def test_a_new_address_moves_the_site_and_nothing_else(settings: Any) -> None:
    prepare_portal()
    before = _rows()
    settings.PORTAL_BASE_URL = "http://localhost:9000"
    assert len(prepare_portal().made) == 1
    site = Site.objects.get()
    assert (site.hostname, site.port) == ("localhost", 9000)
    assert _rows() == before


def test_without_an_address_a_site_of_the_admin_is_left_alone(settings: Any) -> None:
    prepare_portal()
    settings.PORTAL_BASE_URL = ""
    Site.objects.update(hostname="cong.example.vn", port=443)
    assert prepare_portal().made == []
    assert Site.objects.get().hostname == "cong.example.vn"


def test_a_second_run_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("prepare_portal")
    before = _rows()
    capsys.readouterr()
    call_command("prepare_portal")
    assert _rows() == before
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_what_editors_changed_stays() -> None:
    """A page is known by its type: a renamed “Tin tức” must not get a twin."""
    prepare_portal()
    NewsIndexPage.objects.update(title="Tin tức - Sự kiện", draft_title="Tin tức - Sự kiện")
    HomePage.objects.filter(locale__language_code="vi").update(agency="Văn phòng UBND tỉnh")
    prepare_portal()
    assert NewsIndexPage.objects.get().title == "Tin tức - Sự kiện"
    assert HomePage.objects.get(locale__language_code="vi").agency == "Văn phòng UBND tỉnh"


def test_pages_of_an_older_site_are_not_thrown_away() -> None:
    """Only Wagtail's own page of welcome goes, and only when nothing stands below it."""
    Page.objects.get(depth=2).add_child(instance=Page(title="Có việc", slug="co-viec"))
    prepare_portal()
    assert Page.objects.filter(title="Có việc").exists()


def test_groups_are_those_of_the_portal(client: Client) -> None:
    """There were Moderators and Editors, and “Moderators approval”."""
    member = User.objects.create_user("duyet")
    member.groups.add(Group.objects.get(name="Moderators"))
    groups = prepare_portal().groups
    assert set(groups) == set(ROLES) > {EDITORS, CONTRIBUTORS, OFFICERS}
    assert set(Group.objects.values_list("name", flat=True)) == set(groups)
    assert groups[EDITORS] in member.groups.all()
    assert Workflow.objects.get().name == "Biên tập → Duyệt → Đăng"
    last = GroupApprovalTask.objects.get(name="Duyệt đăng")
    assert list(last.groups.all()) == [groups[EDITORS]]
    client.force_login(member, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/quan-tri/").status_code == 200


def test_contributors_write_and_do_not_publish() -> None:
    prepared = prepare_portal()
    writer = User.objects.create_user("viet")
    writer.groups.add(prepared.groups[CONTRIBUTORS])
    rights = prepared.indexes["news"].permissions_for_user(writer)
    assert rights.can_add_subpage()
    assert not rights.can_publish()
    assert not Page.get_first_root_node().permissions_for_user(writer).can_add_subpage()


def test_units_must_be_loaded_first(settings: Any) -> None:
    settings.PROVINCE_CODE = "46"
    make_commune()
    with pytest.raises(CommandError, match=r"PORTAL_PROVINCE: .*46.*load_units"):
        call_command("prepare_portal")
    assert not HomePage.objects.exists()


def test_the_address_is_needed_in_production(settings: Any) -> None:
    settings.PORTAL_BASE_URL = ""
    with pytest.raises(CommandError, match=r"^PORTAL_BASE_URL: "):
        call_command("prepare_portal")
