"""Query budgets of lists, villages and search; no public page type is left without one.

News, notices, documents and plain pages have theirs in `tests/news/test_budget.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as configured
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import get_page_models

from portal.areas.models import Unit
from portal.dialogue.models import DraftIndexPage, DraftPage, QuestionIndexPage
from portal.home.base import BasePage
from portal.home.models import ComponentHomePage, FormPage
from portal.jobs import clock
from portal.labour.models import CampaignPage, LabourIndexPage
from portal.news.models import ArticlePage, NoticeIndexPage, NoticePage
from portal.registration import services
from portal.registration.models import PublishedList, PublishedListIndexPage
from portal.registration.rows import EntryRow
from tests.home.organised import VIEWS, organise
from tests.home.trees import Portal, plant
from tests.home.units import open_index, open_unit
from tests.news.test_budget import BUDGET, PATHS, copy_rows, fill, home_body, queries
from tests.registration.conftest import make_unit

# A page asks the same of either database.
pytestmark = [pytest.mark.django_db, pytest.mark.once]
# As settings say it without CACHE_URL; what a page asks of this cache are queries as well.
PRODUCTION_CACHE = configured.CACHES
SLUG = "ho-ngheo"
MORE = [
    "/danh-sach/",
    "/lao-dong/",
    "/lao-dong/dot-0/",
    "/ra-soat/",
    "/don-vi/",
    "/don-vi/xa-tan-trao/",
]
UNIT = [
    "/don-vi/",
    "/don-vi/xa-tan-trao/",
    "/don-vi/xa-tan-trao/gioi-thieu/",
    "/don-vi/xa-tan-trao/van-ban/",
    "/don-vi/xa-tan-trao/thong-bao/",
    "/don-vi/xa-tan-trao/tin-tuc/",
    "/don-vi/xa-tan-trao/tin-tuc/tin-trong-xa/bai-0/",
]
MORE += ["/hoi-dap/", "/gop-y/", "/gop-y/du-thao-0/"]
TEXT = [("heading", "Mục"), ("paragraph", "<p>Đoạn</p>")]
ADDRESSES = [
    "/",
    "/danh-sach/",
    f"/danh-sach/{SLUG}/",
    f"/danh-sach/{SLUG}/?xa=02545",
    f"/danh-sach/{SLUG}/?xa=02545&thon=thon-bong",
    "/lao-dong/",
    "/lao-dong/dot-0/",
    "/ra-soat/",
    "/hoi-dap/",
    "/hoi-dap/?linh-vuc=dat-dai&q=dat",
    "/gop-y/",
    "/gop-y/du-thao-0/",
    "/tim-kiem/",
    "/tim-kiem/?q=ma+thi+duc",
    "/tim-kiem/?q=hop+thon&loai=notice",
]


@pytest.fixture(autouse=True)
def _as_in_production(settings: Any, db: Any) -> None:
    """Pages are built anew, and the cache is the table that a small installation has."""
    settings.CACHES, settings.PAGE_CACHE_SECONDS = PRODUCTION_CACHE, 0
    call_command("createcachetable", verbosity=0)


@pytest.fixture
def portal(db: Any) -> Portal:
    """The small portal with a page of published lists, which the home page shows too."""
    made = plant()
    page = PublishedListIndexPage(title="Danh sách", slug="danh-sach", show_in_menus=True)
    made.home.add_child(instance=page)
    made.home.add_child(
        instance=FormPage(title="Rà soát", slug="ra-soat", form="household", body=TEXT)
    )
    index = LabourIndexPage(title="Lao động", slug="lao-dong", show_in_menus=True)
    made.home.add_child(instance=index)
    index.add_child(instance=campaign())
    unit = open_unit(open_index(made.home), "Xã Tân Trào")
    unit.article("Bài 0")
    made.home.add_child(instance=QuestionIndexPage(title="Hỏi đáp", slug="hoi-dap"))
    drafts = DraftIndexPage(title="Góp ý", slug="gop-y")
    made.home.add_child(instance=drafts)
    drafts.add_child(instance=draft())
    cards = ("cards", {"title": "", "names": ["published_lists", "campaigns", "drafts"]})
    made.home.body = [*home_body(made), cards]
    made.home.save()
    return made


def campaign() -> CampaignPage:
    """One that is under way."""
    today = clock.today()
    return CampaignPage(
        title="Đợt 0", slug="dot-0", starts_on=today, ends_on=today, target=100, body=TEXT
    )


def draft() -> DraftPage:
    """One that is open for comment."""
    today = clock.today()
    values = {"title": "Dự thảo 0", "slug": "du-thao-0", "agency": "Sở", "lead": "Tóm tắt"}
    return DraftPage(opens_on=today, closes_on=today, body=TEXT, **values)


@pytest.fixture
def commune(db: Any) -> Unit:
    """Xã Tân Trào."""
    return make_unit("02545", "Tân Trào", make_unit("08", "Tuyên Quang", None))


def publish(commune: Unit, count: int) -> None:
    """So many households of one village on a list, and so many lists."""
    rows = [EntryRow(f"Ma Thị Đức {n}", "Thôn Bòng", commune, "poor") for n in range(count)]
    made = services.create_list("Hộ nghèo năm 2026", SLUG, commune, None)
    today = clock.today()
    shown = services.publish_list(
        services.import_rows(made, rows, None), today, today + timedelta(days=3), None
    )
    PublishedList.objects.bulk_create(another(shown, n) for n in range(1, count))


def another(shown: PublishedList, number: int) -> PublishedList:
    """A list like this one; every second one is over."""
    made = copy(shown)
    made.pk, made.slug, made._state = None, f"{SLUG}-{number}", copy(shown._state)
    made._state.adding = True
    if number % 2 and shown.visible_from and shown.visible_until:
        made.visible_from = shown.visible_from - timedelta(days=number)
        made.visible_until = shown.visible_from - timedelta(days=number - 1)
    return made


@pytest.mark.parametrize("count", [1, 1000])
def test_lists_villages_and_search_stay_within_the_budget(
    portal: Portal, commune: Unit, client: Client, drain: Callable[[], int], count: int
) -> None:
    portal.notices.add_child(instance=NoticePage(title="Họp thôn", valid_from=clock.today()))
    publish(commune, count)
    copy_rows(CampaignPage.objects.get(), count - 1)
    copy_rows(DraftPage.objects.get(), count - 1)
    drain()
    spent = {address: queries(client, address) for address in ADDRESSES}
    assert {address: found for address, found in spent.items() if found > BUDGET} == {}


@pytest.mark.parametrize("count", [1, 1000])
def test_the_site_of_a_unit_stays_within_the_budget(
    portal: Portal, client: Client, count: int
) -> None:
    unit = ComponentHomePage.objects.get()
    article = ArticlePage.objects.descendant_of(unit).get()
    copy_rows(article, count - 1)
    notices = NoticeIndexPage.objects.descendant_of(unit).get()
    notices.add_child(instance=NoticePage(title="Họp thôn", valid_from=clock.today()))
    copy_rows(NoticePage.objects.descendant_of(unit).get(), count - 1)
    copy_rows(unit, count - 1)
    spent = {address: queries(client, address) for address in UNIT}
    assert {address: found for address, found in spent.items() if found > BUDGET} == {}


def test_the_budget_is_counted_where_the_names_are_shown(
    portal: Portal, commune: Unit, client: Client, drain: Callable[[], int]
) -> None:
    publish(commune, 1)
    drain()
    village = client.get(f"/danh-sach/{SLUG}/?xa=02545&thon=thon-bong").content.decode()
    assert "Ma Thị Đức 0" in village
    assert "Thôn Bòng" in client.get("/tim-kiem/?q=ma+thi+duc").content.decode()


def test_an_article_with_pictures_writes_nothing_when_it_is_shown(
    portal: Portal, client: Client
) -> None:
    """Wagtail keeps renditions in the cache; in a table of the database that is a lock a view."""
    fill(portal, 1)
    address = "/tin-tuc/doi-song-xa-hoi/bai-0/"
    for _visit in range(2):
        client.get(address)
    with CaptureQueriesContext(connection) as spent:
        client.get(address)
    statements = [query["sql"].split()[0] for query in spent.captured_queries]
    assert set(statements) == {"SELECT"}
    assert len(statements) <= BUDGET


@pytest.mark.parametrize("count", [1, 1000])
def test_the_organisation_stays_within_the_budget(
    portal: Portal, client: Client, count: int
) -> None:
    made = organise(portal)
    for page in (made.unit, made.leader, made.week, made.guide):
        copy_rows(page, count - 1)
    addresses = [*made.addresses, *VIEWS]
    spent = {address: queries(client, address) for address in addresses}
    assert {address: found for address, found in spent.items() if found > BUDGET} == {}


def test_every_public_page_type_has_a_budget(portal: Portal, client: Client) -> None:
    fill(portal, 1)
    paths = [*PATHS, *MORE, *organise(portal).addresses]
    shown = [client.get(path).context["page"] for path in paths]
    asked = {type(page) for page in shown}
    assert asked == {model for model in get_page_models() if issubclass(model, BasePage)}
