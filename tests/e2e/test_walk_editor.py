"""An editor's whole day: written, handed in, returned, corrected, scheduled, public, taken down."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from wagtail.models import Page as TreePage

from portal.demo.seeding.pages import seed_home, seed_tree
from portal.demo.seeding.people import seed_people
from portal.home.models import PortalDocument
from portal.jobs import clock
from portal.news.models import (
    ArticlePage,
    Issuer,
    IssuerIndexPage,
    OfficialDocumentIndexPage,
)
from tests.e2e.conftest import DESKTOP
from tests.e2e.steps import choose_new_file, found, log_in, search_for
from tests.pdfs import text_pdf

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.once,
    pytest.mark.timeout(600),
    pytest.mark.django_db(transaction=True),
]

SECTION = "Giảm nghèo"
TITLE = "Lớp dạy nghề trồng nấm khai giảng tại vùng cao"
WRONG = "Ba mươi học viên dự lớp học đầu tiên."
LEAD = "Hai mươi tám học viên dự lớp học đầu tiên."
BODY = "Học viên được thực hành ngay tại trại nấm của hợp tác xã."
REMARK = "Đề nghị kiểm tra lại số học viên."
AHEAD = timedelta(hours=3)

Desks = Callable[[str], Page]


@pytest.fixture
def section(ground: None) -> TreePage:
    """The tree of pages, the roles as every portal has them, and one account for each."""
    home = seed_home()
    tree = seed_tree(home)
    seed_people(home, clock.today())
    return tree[SECTION]


@pytest.fixture
def desks(browser: Browser, live_server: object) -> Iterator[Desks]:
    """A desk with a browser of its own for each person, logged in at the first visit."""
    open_now: dict[str, Page] = {}

    def desk_of(name: str) -> Page:
        if name not in open_now:
            context = browser.new_context(
                viewport=DESKTOP, locale="vi-VN", base_url=str(live_server)
            )
            context.set_default_timeout(20_000)
            open_now[name] = context.new_page()
            log_in(open_now[name], name)
        return open_now[name]

    yield desk_of
    for page in open_now.values():
        page.context.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """What the writer has to attach."""
    path = tmp_path / "lich-hoc.pdf"
    path.write_bytes(text_pdf("Lịch học nghề trồng nấm. Buổi đầu tiên tại nhà văn hóa."))
    return path


def act(desk: Page, button: str) -> None:
    """One of the actions beside the save button; the page that answers says that it is done."""
    desk.locator("footer [data-w-dropdown-target=toggle]").click()
    with desk.expect_navigation():
        desk.locator(f"button[name={button}]").click()
    expect(desk.locator(".messages .success")).to_be_visible()


def decide(desk: Page, action: str, remark: str = "") -> None:
    """A decision of the workflow; one with a remark is made in a dialog."""
    dialog = "[data-workflow-action-modal-url]"
    kind = dialog if remark else f":not({dialog})"
    button = desk.locator(f"footer [data-workflow-action-name={action}]{kind}").first
    if not button.is_visible():
        desk.locator("footer [data-w-dropdown-target=toggle]").click()
    if remark:
        button.click()
        desk.locator(".modal-body textarea[name=comment]").fill(remark)
        button = desk.locator(".modal-body form [type=submit]")
    with desk.expect_navigation():
        button.click()
    expect(desk.locator(".messages .success")).to_be_visible()


def schedule(desk: Page) -> None:
    """The hour of publication, in the dialog of the page's state.

    By keyboard: the open calendar may lie over the dialog's button, depending on its height.
    """
    moment = timezone.localtime(clock.now() + AHEAD - timedelta(hours=1))
    desk.locator(
        "button[data-side-panel-toggle=status], [aria-controls*=side-panel-status]"
    ).first.click()
    desk.locator("[data-a11y-dialog-show=schedule-publishing-dialog]").first.click()
    field = desk.locator("#id_go_live_at")
    field.fill(f"{moment:%d/%m/%Y %H:%M}")
    with desk.expect_navigation():
        desk.locator("#schedule-publishing-dialog button[type=submit]").press("Enter")


def write(desk: Page, section: TreePage, path: Path) -> str:
    """The writer's article, handed in; the address of its editor."""
    desk.goto(f"/quan-tri/pages/add/news/articlepage/{section.pk}/")
    desk.locator("#id_title").fill(TITLE)
    desk.locator("#id_lead").fill(WRONG)
    choose_new_file(desk, "attachments", path)
    act(desk, "action-submit")
    return f"/quan-tri/pages/{ArticlePage.objects.get(title=TITLE).pk}/edit/"


def where_it_shows(visitor: Page, address: str, drain: Callable[[], int]) -> list[bool]:
    """Page, home page, feed of the section, search: whether each shows the article."""
    drain()
    page = visitor.request.get(address)
    home = visitor.request.get("/").text()
    feed = visitor.request.get(f"{address.rpartition('/')[0].rpartition('/')[0]}/rss/")
    search_for(visitor, "lop day nghe trong nam")
    return [page.status == 200, TITLE in home, TITLE in feed.text(), TITLE in found(visitor)]


def test_from_the_first_word_to_the_last_trace(
    section: TreePage,
    desks: Desks,
    phone: Page,
    file: Path,
    drain: Callable[[], int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    editor = write(desks("congtacvien"), section, file)
    address = ArticlePage.objects.get(title=TITLE).url
    assert where_it_shows(phone, address, drain) == [False] * 4

    desks("bientap-muc").goto(editor)
    decide(desks("bientap-muc"), "approve")
    desks("bientap").goto(editor)
    decide(desks("bientap"), "reject", REMARK)

    writer = desks("congtacvien")
    writer.goto(editor)
    expect(writer.get_by_text(REMARK).first).to_be_attached()
    writer.locator("#id_lead").fill(LEAD)
    act(writer, "action-submit")

    publisher = desks("bientap")
    publisher.goto(editor)
    expect(publisher.locator("#id_lead")).to_have_value(LEAD)
    schedule(publisher)
    publisher.goto(editor)
    decide(publisher, "approve")
    call_command("publish_scheduled", verbosity=0)
    assert where_it_shows(phone, address, drain) == [False] * 4

    real = timezone.now
    monkeypatch.setattr(timezone, "now", lambda: real() + AHEAD)
    call_command("publish_scheduled", verbosity=0)
    assert where_it_shows(phone, address, drain) == [True] * 4
    phone.goto(address)
    expect(phone.locator("main")).to_contain_text(LEAD)
    expect(phone.locator(".files")).to_contain_text("1 trang")

    publisher.goto(editor.replace("/edit/", "/unpublish/"))
    with publisher.expect_navigation():
        publisher.locator("main form [type=submit]").first.click()
    assert where_it_shows(phone, address, drain) == [False] * 4


DROP = """([selector, name, body]) => {
  const bytes = Uint8Array.from(atob(body), (sign) => sign.charCodeAt(0));
  const data = new DataTransfer();
  data.items.add(new File([bytes], name, { type: "application/pdf" }));
  const event = new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: data });
  document.querySelector(selector).dispatchEvent(event);
}"""
PLAN = (
    "Số: 431/KH-UBND\nTuyên Quang, ngày 05 tháng 3 năm 2026\nKẾ HOẠCH\n"
    "Dạy nghề cho lao động nông thôn năm 2026"
)


def test_a_pdf_dropped_on_the_form_becomes_a_row_and_says_what_it_holds(
    section: TreePage, desks: Desks
) -> None:
    issuer = Issuer.objects.create(name="UBND tỉnh", level="province")
    index = OfficialDocumentIndexPage(title="Văn bản", slug="van-ban-thu")
    section.get_parent().get_parent().add_child(instance=index)
    parent = index.add_child(instance=IssuerIndexPage(title=issuer.name, issuer=issuer))
    desk = desks("bientap")
    desk.goto(f"/quan-tri/pages/add/news/officialdocumentpage/{parent.pk}/")
    body = base64.b64encode(text_pdf(PLAN, "Trang hai")).decode()
    desk.evaluate(DROP, ["[data-drop=files]", "ke-hoach-431.pdf", body])
    expect(desk.locator("#id_files-0-document")).to_have_value(re.compile(r"\d+"))
    expect(desk.locator("#id_files-0-document-chooser")).to_contain_text("ke-hoach-431")

    call_command("worker", "--once", verbosity=0)
    told = desk.locator("[data-told]")
    expect(told).to_contain_text("2 trang")
    expect(desk.locator("#id_abstract")).to_have_value(re.compile("Kế hoạch dạy nghề"))
    told.locator("[data-fill=number_text]").click()
    expect(desk.locator("#id_number_text")).to_have_value("431/KH-UBND")
    told.locator("[data-fill=issued_on]").click()
    expect(desk.locator("#id_issued_on")).to_have_value("05/03/2026")


def test_a_line_that_drops_under_way_is_told_and_costs_nothing_but_the_file(
    section: TreePage, desks: Desks
) -> None:
    """Offline before it is sent, then cut off while it is on its way; at last it arrives."""
    desk = desks("congtacvien")
    desk.goto(f"/quan-tri/pages/add/news/articlepage/{section.pk}/")
    desk.locator("#id_title").fill(TITLE)
    told = desk.locator("[data-drop=attachments] [data-told] .help-critical")
    file = base64.b64encode(text_pdf("Lịch học")).decode()
    drop = ["[data-drop=attachments]", "lich-hoc.pdf", file]

    desk.context.set_offline(True)
    desk.evaluate(DROP, drop)
    expect(told).to_have_count(1)
    desk.context.set_offline(False)
    desk.route("**/quan-tri/tep-tha/", lambda route: route.abort("connectionreset"), times=1)
    desk.evaluate(DROP, drop)
    expect(told).to_have_count(2)
    for sentence in told.all_inner_texts():
        assert "lich-hoc.pdf: " in sentence
        assert "kiểm tra kết nối" in sentence.lower()
    expect(desk.locator("#id_attachments-TOTAL_FORMS")).to_have_value("0")
    assert not PortalDocument.objects.exists()

    desk.evaluate(DROP, drop)
    expect(desk.locator("#id_attachments-0-document")).to_have_value(re.compile(r"\d+"))
    act(desk, "action-submit")
    written = ArticlePage.objects.get(title=TITLE)
    assert [each.document.title for each in written.attachments.all()] == ["lich-hoc"]
