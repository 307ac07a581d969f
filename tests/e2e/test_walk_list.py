"""Walk 4: a list is imported, published for its window, found by name, and gone afterwards."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from portal.demo.seeding.pages import seed_home, seed_tree
from portal.demo.seeding.people import seed_people
from portal.home.models import HomePage
from portal.jobs import clock
from portal.registration import services, window
from portal.registration.models import ListEntry, PublishedList
from portal.tables import write_table
from search.engines import get_engine
from tests.areas.builders import make_commune
from tests.e2e.steps import found, log_in, search_for

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

TITLE = "Danh sách hộ nghèo xã Tân Trào"
LIST = "/danh-sach/danh-sach-ho-ngheo-xa-tan-trao/"
VILLAGE = f"{LIST}?xa=02545&thon=thon-bong"
SEARCH = "/tim-kiem.json?q=nguyen+van+an"
NAME = "Nguyễn Văn An"
HEADINGS = ("STT", "Họ và tên chủ hộ", "Thôn", "Xã", "Diện")
GOOD: tuple[tuple[Any, ...], ...] = (
    (1, NAME, "Thôn Bòng", "Tân Trào", "hộ nghèo"),
    (2, "Nguyễn Văn Ân", "Thôn Bòng", "Tân Trào", "hộ cận nghèo"),
    (3, "Ma Thị Đức", "Thôn Tân Lập", "Tân Trào", "hộ nghèo"),
)
BAD = (*GOOD, (4, "Lý Thị Hoa", "Thôn Bòng", "Tân Trào", "khá giả"))
EACH_WAY = ("/", "/danh-sach/", LIST, VILLAGE, "/tim-kiem/?q=nguyen+van+an", SEARCH)

Clock = Callable[[datetime], None]


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Move the clock of the whole process; the server answers in other threads."""

    def put(moment: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: moment)

    return put


@pytest.fixture
def home(ground: None) -> HomePage:
    """The page tree, xã Tân Trào and the accounts of the demo."""
    make_commune()
    home = seed_home()
    seed_tree(home)
    seed_people(home, clock.today())
    return home


def workbook(folder: Path, rows: tuple[tuple[Any, ...], ...]) -> Path:
    """A real XLSX file with one sheet."""
    path = folder / f"danh-sach-{len(rows)}.xlsx"
    write_table(path, HEADINGS, rows, title="Tân Trào")
    return path


def upload(desk: Page, path: Path) -> None:
    """From the page of the list to the result of the check."""
    desk.locator("input[type=file]").set_input_files(path)
    desk.get_by_role("button", name="Tải lên và kiểm tra").click()


@pytest.fixture
def draft(desk: Page, home: HomePage) -> Page:
    """The officer of the commune makes a list; the browser stands on its page."""
    log_in(desk, "canbo-tantrao")
    desk.goto("/quan-tri/danh-sach/")
    desk.get_by_role("link", name="Danh sách mới").click()
    desk.locator("#id_title").fill(TITLE)
    desk.get_by_role("button", name="Tạo bản nháp").click()
    expect(desk.locator("input[type=file]")).to_be_visible()
    return desk


@pytest.fixture
def published(draft: Page, tmp_path: Path, drain: Callable[[], int]) -> PublishedList:
    """Uploaded, looked at, posted until the end of today; the worker's work is done."""
    upload(draft, workbook(tmp_path, GOOD))
    draft.locator("main a[href$='/dang/']").click()
    today = f"{clock.today():%Y-%m-%d}"
    draft.locator("#id_last").fill(today)
    draft.get_by_role("button", name="Tiếp tục").click()
    draft.locator("button[name=confirm]").click()
    expect(draft.locator(".messages .success")).to_be_visible()
    drain()
    return PublishedList.objects.get()


def everywhere(page: Page) -> str:
    """The text of every public way to the names, and what the cache holds."""
    answers = [page.request.get(address).text() for address in EACH_WAY]
    kept = b"".join(cache._cache.values()).decode(errors="ignore")  # type: ignore[attr-defined]
    return "\n".join([*answers, kept])


@pytest.mark.once
def test_a_bad_row_is_named_by_sheet_row_and_column(draft: Page, tmp_path: Path) -> None:
    upload(draft, workbook(tmp_path, BAD))
    row = draft.locator("table.listing tbody tr").first
    expect(row.locator("td").nth(0)).to_have_text("Tân Trào")
    expect(row.locator("td").nth(1)).to_have_text("5")
    expect(row.locator("td").nth(2)).to_have_text("Diện")
    expect(row.locator("td").nth(3)).to_contain_text("hộ cận nghèo")
    assert not ListEntry.objects.exists()


@pytest.mark.once
def test_the_preview_shows_name_village_commune_and_class(draft: Page, tmp_path: Path) -> None:
    upload(draft, workbook(tmp_path, GOOD))
    row = draft.locator("tr", has_text=NAME)
    expect(row.locator("td")).to_have_text([NAME, "Thôn Bòng", "xã Tân Trào", "hộ nghèo"])
    assert PublishedList.objects.get().state == "draft"


def test_a_resident_finds_the_name_without_accents(published: PublishedList, phone: Page) -> None:
    search_for(phone, "nguyen van an")
    assert set(found(phone)) == {NAME, "Nguyễn Văn Ân"}
    phone.get_by_role("link", name=NAME).click()
    expect(phone).to_have_url(re.compile(re.escape(VILLAGE)))
    expect(phone.locator("main")).to_contain_text("Thôn Bòng")
    expect(phone.locator("main")).to_contain_text(NAME)
    expect(phone.locator("main")).not_to_contain_text("Ma Thị Đức")


def test_the_name_is_gone_at_the_end_of_the_window(
    published: PublishedList, phone: Page, set_clock: Clock, drain: Callable[[], int]
) -> None:
    """The schedule has not run yet: pages, search, JSON and caches ask the clock themselves."""
    end = window.end_of(clock.today())
    set_clock(end - timedelta(seconds=1))
    assert everywhere(phone).count(NAME) >= 3
    set_clock(end)
    phone.wait_for_timeout(1100)
    assert NAME not in everywhere(phone)
    phone.goto(LIST)
    expect(phone.locator("main")).to_contain_text("xã Tân Trào")
    assert ListEntry.objects.count() == 3
    services.withdraw_expired()
    drain()
    nothing_but_totals_is_kept(phone)


def nothing_but_totals_is_kept(phone: Page) -> None:
    """The schedule and the worker were there."""
    held = PublishedList.objects.get()
    assert not ListEntry.objects.exists()
    assert get_engine().counts().get("list_entry", 0) == 0
    assert (held.state, held.total_poor, held.total_near_poor) == ("withdrawn", 2, 1)
    assert held.events.latest("pk").by is None
    assert NAME not in everywhere(phone)
    phone.goto("/danh-sach/")
    expect(phone.get_by_role("row", name=TITLE)).to_contain_text("2")
