"""Header, footer, display settings, security headers, small views."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.test import Client
from wagtail.models import Locale, Site

from portal.areas.models import User
from portal.home import visits
from portal.home.models import HomePage, ReadersNow, VisitDay
from portal.jobs import clock
from portal.news.models import NoticePage
from tests.home.trees import Portal

pytestmark = [pytest.mark.once, pytest.mark.django_db]
BROWSER = {"user-agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/130.0"}


def test_the_date_is_in_words(portal: Portal, client: Client) -> None:
    with clock.frozen(datetime(2026, 11, 24, 8, 0, tzinfo=clock.ZONE)):
        html = client.get("/gioi-thieu/").content.decode()
    assert "24/11/2026" in html


def test_menu_and_imprint(portal: Portal, client: Client) -> None:
    html = client.get("/gioi-thieu/").content.decode()
    assert 'href="/tin-tuc/"' in html
    assert "UBND tỉnh" in html


def test_a_running_urgent_notice_stands_on_every_page(portal: Portal, client: Client) -> None:
    with clock.frozen(datetime(2026, 11, 24, 8, 0, tzinfo=clock.ZONE)):
        for_days(portal, "Cảnh báo lũ", date(2026, 11, 24), date(2026, 11, 25))
        for_days(portal, "Đã qua", date(2026, 11, 1), date(2026, 11, 23))
        html = client.get("/gioi-thieu/").content.decode()
    assert "Cảnh báo lũ" in html
    assert "Đã qua" not in html


def for_days(portal: Portal, title: str, start: date, end: date) -> None:
    """An urgent notice for some days."""
    page = NoticePage(title=title, urgent=True, valid_from=start, valid_until=end)
    portal.notices.add_child(instance=page)


def test_english_pages_have_their_own_home(portal: Portal, client: Client) -> None:
    english = portal.home.copy_for_translation(Locale.objects.create(language_code="en"))
    english.title = "Home of the province"
    english.save_revision().publish()
    response = client.get("/en/")
    assert (response.status_code, response["Content-Language"]) == (200, "en")
    assert english.url == "/en/"
    assert "Home of the province" in response.content.decode()


def test_the_browsers_wish_does_not_choose_the_language(portal: Portal, client: Client) -> None:
    response = client.get("/gioi-thieu/", headers={"accept-language": "en"})
    assert response["Content-Language"] == "vi"


def test_a_site_of_its_own_host_has_its_own_home(portal: Portal, client: Client) -> None:
    root = portal.home.get_parent()
    other = root.add_child(instance=HomePage(title="Sở Nội vụ", slug="so-noi-vu"))
    Site.objects.create(hostname="127.0.0.1", root_page=other)
    html = client.get("/", headers={"host": "127.0.0.1"}).content.decode()
    assert "Sở Nội vụ" in html
    assert "Sở Nội vụ" not in client.get("/").content.decode()


def test_display_choice_is_kept_and_goes_back(portal: Portal, client: Client) -> None:
    response = client.get("/hien-thi/?co=lon&tuong-phan=cao&ve=/tin-tuc/")
    assert response["Location"] == "/tin-tuc/"
    assert client.cookies["hien-thi"].value == "lon.cao"


@pytest.mark.parametrize(
    "back", ["https://ke-xau.example/", "//ke-xau.example/", "/\\ke-xau.example", "javascript:1"]
)
def test_display_goes_back_to_local_pages_only(client: Client, back: str) -> None:
    """Attack: a link to the portal that sends the reader on to a foreign site."""
    assert client.get("/hien-thi/", {"co": "lon", "ve": back})["Location"] == "/"


def test_an_unknown_size_is_not_kept(client: Client) -> None:
    client.get("/hien-thi/?co=khong-lo")
    assert "hien-thi" not in client.cookies


def test_the_public_policy_is_strict_on_new_and_kept_pages(portal: Portal, client: Client) -> None:
    """Attack: a script smuggled into a page must not run."""
    policies = [client.get("/tin-tuc/")["Content-Security-Policy"] for _time in range(2)]
    assert all("unsafe-inline" not in policy for policy in policies)
    assert all("default-src 'self'" in policy for policy in policies)
    assert all("script-src" not in policy for policy in policies), "the default is the strictest"


def test_only_the_back_office_may_use_inline_script(portal: Portal, client: Client) -> None:
    policy = client.get("/quan-tri/login/")["Content-Security-Policy"]
    assert "script-src 'self' 'unsafe-inline'" in policy
    client.force_login(User.objects.create_superuser("quantri", password="Demo-2026"))
    assert "unsafe-inline" in client.get("/quan-tri/")["Content-Security-Policy"]


def test_views_are_counted_without_a_row_each(portal: Portal, client: Client) -> None:
    with clock.frozen(datetime(2026, 11, 24, 8, 0, tzinfo=clock.ZONE)):
        [client.get("/tin-tuc/", headers=BROWSER) for _view in range(visits.BATCH - 1)]
        assert not VisitDay.objects.exists()
        client.get("/tin-tuc/", headers=BROWSER)
    assert VisitDay.objects.get().count == visits.BATCH


def test_half_a_minute_writes_what_waits(portal: Portal, client: Client) -> None:
    with clock.frozen(datetime(2026, 11, 24, 8, 0, 0, tzinfo=clock.ZONE)):
        client.get("/tin-tuc/", headers=BROWSER)
    with clock.frozen(datetime(2026, 11, 24, 8, 0, 31, tzinfo=clock.ZONE)):
        client.get("/tin-tuc/", headers=BROWSER)
    assert VisitDay.objects.get().count == 2


@pytest.mark.parametrize("agent", ["", "Googlebot/2.1", "curl/8.0", "python-requests/2.32"])
def test_robots_are_not_counted(portal: Portal, client: Client, agent: str) -> None:
    client.get("/tin-tuc/", headers={"user-agent": agent})
    assert visits.counter.flush() == 0


def test_figures_add_up(portal: Portal) -> None:
    days = [(date(2026, 11, 24), 5), (date(2026, 11, 1), 7), (date(2026, 1, 1), 11)]
    days += [(date(2026, 11, 23), 2), (date(2026, 11, 22), 3)]
    VisitDay.objects.bulk_create([VisitDay(day=day, count=count) for day, count in days])
    VisitDay.objects.create(day=date(2025, 12, 31), count=100)
    figures = visits.read_figures(datetime(2026, 11, 24, 8, tzinfo=clock.ZONE))
    assert (figures.online, figures.today, figures.week) == (0, 5, 7)
    assert (figures.month, figures.year, figures.total) == (17, 28, 128)


@pytest.mark.once
def test_large_figures_part_their_thousands() -> None:
    assert visits.Figures(online=7, total=1234567).shown["total"] == "1.234.567"


@pytest.mark.once
def test_bug_nobody_was_reading_the_page_that_said_so() -> None:
    assert [visits.Figures(online=count).shown["online"] for count in (0, 3)] == ["1", "3"]


def test_readers_of_the_last_minutes_are_counted_and_nothing_of_them_is_kept(
    portal: Portal, client: Client
) -> None:
    morning = datetime(2026, 11, 24, 8, 0, tzinfo=clock.ZONE)
    with clock.frozen(morning):
        for address in ("203.0.113.1", "203.0.113.1", "203.0.113.2"):
            client.get("/tin-tuc/", headers=BROWSER, REMOTE_ADDR=address)
        visits.counter.flush()
        assert visits.read_figures(morning).online == 2
    later = morning + visits.ONLINE
    assert visits.read_figures(later).online == 0
    with clock.frozen(later):
        client.get("/tin-tuc/", headers=BROWSER, REMOTE_ADDR="203.0.113.3")
        visits.counter.flush()
        assert visits.read_figures(later).online == 1
    kept = str(list(ReadersNow.objects.values()))
    assert "203.0.113" not in kept


def test_a_second_process_adds_to_the_same_day(portal: Portal) -> None:
    first, second = visits.Counter(), visits.Counter()
    first.count()
    second.count()
    first.flush()
    second.flush()
    assert VisitDay.objects.get().count == 2


def test_health(portal: Portal, client: Client) -> None:
    assert client.get("/suc-khoe/live").json() == {"state": "ok"}
    assert client.get("/suc-khoe/ready").json()["state"] == "ok"


def test_robots_and_sitemap(portal: Portal, client: Client) -> None:
    portal.article("Bài trong sơ đồ")
    assert "Disallow: /quan-tri/" in client.get("/robots.txt").content.decode()
    sitemap = client.get("/sitemap.xml").content.decode()
    assert "/tin-tuc/doi-song-xa-hoi/bai-trong-so-do/</loc>" in sitemap


def test_an_error_page_needs_no_frame(portal: Portal, client: Client) -> None:
    from portal.home.views import broken

    assert broken(client.get("/").wsgi_request).status_code == 500
