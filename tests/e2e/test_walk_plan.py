"""Walk 1: a plan is published in the back office and found by words inside its PDF."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from portal.demo.seeding.pages import seed_home, seed_tree
from portal.demo.seeding.people import seed_people
from portal.jobs import clock
from portal.news.models import Issuer, IssuerIndexPage, OfficialDocumentPage
from tests.e2e.steps import choose_new_file, log_in, search_for
from tests.pdfs import text_pdf

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

TITLE = "Kế hoạch thu thập thông tin về người lao động"
PAGES = (
    "Ủy ban nhân dân tỉnh. Kế hoạch số 167/KH-UBND. Mục đích, yêu cầu.",
    "Đối tượng là người từ đủ mười lăm tuổi; chỉ tiêu toàn tỉnh và thành phố.",
    "Kế hoạch 167: Công an xã tiếp nhận phiếu và cập nhật cơ sở dữ liệu dân cư.",
)


@pytest.fixture
def issuer_page(ground: None) -> IssuerIndexPage:
    """The page tree with one issuer, and the accounts of the demo."""
    home = seed_home()
    seed_tree(home)
    seed_people(home, clock.today())
    Issuer.objects.create(
        name="Ủy ban nhân dân tỉnh", abbreviation="UBND", slug="ubnd-tinh", level="province"
    )
    return IssuerIndexPage.objects.get()


@pytest.fixture
def plan_file(tmp_path: Path) -> Path:
    """The plan as the office scanned nothing and typed everything: three pages of text."""
    path = tmp_path / "167-KH-UBND.pdf"
    path.write_bytes(text_pdf(*PAGES))
    return path


@pytest.fixture
def published(
    desk: Page, issuer_page: IssuerIndexPage, plan_file: Path, drain: Callable[[], int]
) -> OfficialDocumentPage:
    """The editor's part of the walk, in the real back office, and the worker's."""
    log_in(desk, "bientap")
    desk.goto(f"/quan-tri/pages/add/news/officialdocumentpage/{issuer_page.pk}/")
    desk.locator("#id_number_text").fill("167/KH-UBND")
    desk.locator("#id_title").fill(TITLE)
    desk.locator("#id_issued_on").fill(f"{clock.today():%d/%m/%Y}")
    choose_new_file(desk, "files", plan_file)
    publish(desk)
    drain()
    return OfficialDocumentPage.objects.get()


def publish(desk: Page) -> None:
    """The menu beside the save button."""
    desk.locator("footer [data-w-dropdown-target=toggle]").click()
    desk.locator("button[name=action-publish]").click()
    expect(desk.locator(".messages .success")).to_be_visible()


def test_a_resident_finds_the_plan_by_its_number_and_by_words_of_two_pages(
    published: OfficialDocumentPage, phone: Page
) -> None:
    """One publication, asked three times: publishing in a browser is what takes long."""
    the_number_leads_to_a_page_of_the_file(phone)
    words_of_two_pages_find_both(phone)
    the_document_page_leads_to_the_file(phone)


def the_number_leads_to_a_page_of_the_file(phone: Page) -> None:
    search_for(phone, "ke hoach 167")
    first = phone.locator("article.hit").first
    expect(first.locator("h2")).to_have_text(TITLE)
    expect(first.locator(".number")).to_have_text("167/KH-UBND")
    link = first.locator("li a").first
    address = link.get_attribute("href") or ""
    assert re.search(r"\.pdf#page=[13]$", address)
    answer = phone.request.get(address.partition("#")[0])
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF")


def words_of_two_pages_find_both(phone: Page) -> None:
    search_for(phone, "muoi lam tuoi cong an xa")
    first = phone.locator("article.hit").first
    expect(first.locator("h2")).to_have_text(TITLE)
    shown = first.locator("li a").all_inner_texts()
    assert sorted(shown) == ["Trang 2", "Trang 3"]


def the_document_page_leads_to_the_file(phone: Page) -> None:
    search_for(phone, "167/KH-UBND")
    phone.locator("article.hit h2 a").first.click()
    expect(phone).to_have_url(re.compile(rf"/van-ban/ubnd-tinh/167-kh-ubnd-{clock.today():%Y}/$"))
    expect(phone.locator("h1")).to_contain_text(TITLE)
    expect(phone.locator(".files")).to_contain_text("3 trang")
