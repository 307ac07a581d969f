"""Every public page of the demo: axe, phones, large text, keyboard, paper, own host only."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Request, expect

from tests.databases import FILE
from tests.e2e.conftest import DESKTOP, OF_SIGHT, PHONE, no_sideways_scrolling
from tests.e2e.declaring import declare
from tests.e2e.reading import Reader
from tests.e2e.steps import log_in
from tools.migrated import VARIABLE
from tools.screenshots import prepare_desk, seeded_portal
from tools.shots import DRAFT, FORM, QUESTION

pytestmark = [pytest.mark.e2e, pytest.mark.once, pytest.mark.xdist_group("access")]

ARTICLE = (
    "/tin-tuc/giam-ngheo/"
    "cac-xa-vung-cao-hoan-thanh-hop-thon-lay-y-kien-ve-ket-qua-ra-soat-ho-ngheo/"
)
NOTICE = "/thong-bao/canh-bao-gia-danh-can-bo-ra-soat-de-thu-tien/"
LIST = "/danh-sach/ho-ngheo-ho-can-ngheo-dot-cuoi-nam-khu-vuc-tan-trao/"
PLAN = "/van-ban/ubnd-tinh/167-kh-ubnd-2024/"
PUBLIC = (
    "/",
    "/tin-tuc/",
    "/tin-tuc/giam-ngheo/",
    ARTICLE,
    "/tin-tuc/the/ra-soat-ho-ngheo/",
    "/thong-bao/",
    "/thong-bao/?loc=het",
    NOTICE,
    "/van-ban/",
    "/van-ban/?q=khong-co-van-ban-nay",
    PLAN,
    "/van-ban/ubnd-tinh/",
    "/danh-sach/",
    LIST,
    f"{LIST}?xa=02545",
    f"{LIST}?xa=02545&thon=thon-tan-lap",
    "/tim-kiem/",
    "/tim-kiem/?q=ke+hoach+167",
    "/tim-kiem/?q=nguyen+van+an",
    "/tim-kiem/?q=khongcogi+hetthay",
    "/tim-kiem/?q=nguyen&loai=list_entry",
    "/gioi-thieu/",
    "/to-chuc/",
    "/to-chuc/so-noi-vu/",
    "/lanh-dao/",
    "/lanh-dao/chu-tich-hoi-dong-nhan-dan-tinh-nhan-vat-minh-hoa/",
    "/lich-cong-tac/",
    "/huong-dan/",
    "/don-vi/",
    "/don-vi/xa-tan-trao/",
    "/huong-dan/khai-ra-soat-ho-ngheo/",
    "/lien-he/",
    "/dich-vu-cong/",
    "/kha-nang-tiep-can/",
    "/du-lieu-ca-nhan/",
    "/so-do-cong/",
    "/rss/",
    "/lao-dong/",
    "/lao-dong/thu-thap-2024/",
    "/lao-dong/phieu/",
    "/ra-soat-ho-ngheo/",
    f"/y-kien{ARTICLE}",
    f"/danh-gia{ARTICLE}",
    "/hoi-dap/",
    QUESTION,
    "/gop-y/",
    DRAFT,
    "/bien-nhan/",
    "/bien-nhan/?so=RS-26&dau=x",
    "/en/",
    "/en/organisation/",
    "/en/household-review/",
    "/en/worker-sheet/khai/",
    "/en/tim-kiem/?q=ke+hoach",
    "/khong-co-trang-nay/",
)

# Pages of the back office that the portal's rooms wrote; what is around them is Wagtail's.
DESK = tuple(
    f"/quan-tri/{address}"
    for address in (
        "",
        "hom-nay/",
        "ho-so/",
        "ho-so/1/",
        "ho-so/nhap/",
        "danh-sach/",
        "danh-sach/tao/",
        "danh-sach/1/",
        "danh-sach/1/thoi-han/",
        "danh-sach/1/go/",
        "y-kien/",
        "hoi-dap/",
        "hoi-dap/1/",
        "du-lieu-ca-nhan/",
        "de-nghi-dang/",
        "de-nghi-dang/?trang-thai=taken",
        "lich-dang/",
        "hen-gio/",
        "hen-gio/?trang-thai=da-het-han",
        "lien-ket-hong/",
        "tep-va-van-ban/",
        "dia-chi-cu/",
        "tim-kiem/",
        "tim-kiem/tu-khoa/",
        "viec-cho-toi/sap-het-han/",
        "viec-cho-toi/ra-soat/",
        "viec-cho-toi/thong-bao/",
        "danh-muc/issuer/nhap/",
        "danh-muc/village/nhap/",
        "de-nghi-dang/1/lay/",
        "de-nghi-dang/1/tu-choi/",
        "ho-so/1/ma-moi/",
        "ho-so/xuat/",
        "du-lieu-ca-nhan/1/",
        "thong-ke-tin-bai/",
        "nhap-noi-dung/",
    )
)
# Lists and forms that the rooms filled, in the frame of Wagtail's and modeladmin's templates.
FILLED = tuple(
    f"/quan-tri/{address}"
    for address in (
        "users/",
        "don-vi-hanh-chinh/",
        "thon-to-dan-pho/",
        "thon-to-dan-pho/create/",
        "thon-to-dan-pho/edit/1/",
        "thon-to-dan-pho/inspect/1/",
        "phan-cong/",
        "phan-cong/create/",
        "workdays/holiday/",
        "workdays/holiday/create/",
        "news/issuer/",
        "reports/xem-lai/",
        "nhat-ky-doc/",
    )
)
# What the portal wrote on such a page: its own block, or the list on the first page.
OWN = ".desk, section[aria-labelledby=portal-waiting]"
# Forms that are sent empty, beside those of the questionnaires (test_access_forms.py).
FORMS = (
    "/hoi-dap/gui/",
    "/hoi-dap/tra-cuu/",
    "/du-lieu-ca-nhan/",
    "/du-lieu-ca-nhan/tra-cuu/",
    f"/y-kien{ARTICLE}",
    f"/y-kien{DRAFT}",
    f"/danh-gia{ARTICLE}",
    "/bien-nhan/",
    "/ra-soat-ho-ngheo/tra-cuu/",
    "/ra-soat-ho-ngheo/khai/tiep-tuc/",
    "/lao-dong/phieu/khai/",
)

CODE_FILES = {
    "a good file": ("unit,name,kind", "02545,Thôn Cây Trám,thôn"),
    "a file with errors": ("unit,name,kind", "99999,Thôn Lạ,thôn"),
}

# Bytes of a first page over the wire, without pictures and the font of the headings.
LIGHT = 60_000
# Bytes of a whole declaration: headers, style sheets and emblem too, but not the font of the
# headings, which a browser may leave out.
WHOLE = 150 * 1024
# How far what stands already moves while the rest comes, as browsers count it.
SHIFTS = """window.shifted = 0;
new PerformanceObserver(list => list.getEntries().forEach(entry => { shifted += entry.value; }))
    .observe({ type: "layout-shift", buffered: true });"""
# Less than one line of text that moves by its own height.
UNSEEN = 0.001
FIRST = ("/", ARTICLE, "/van-ban/", PLAN, LIST, FORM, f"{FORM}khai/", "/tim-kiem/?q=ke+hoach+167")
# Found on a page that shows pieces side by side, and on no page that uses them.
ASIDE = ("heading-order", "landmark", "region")

Faults = Callable[..., list[str]]


@pytest.fixture(scope="session")
def base() -> Iterator[str]:
    """The whole demo behind a real server, made once."""
    migrated = os.environ.get(VARIABLE)
    with seeded_portal(Path(migrated.removeprefix(FILE)) if migrated else None) as address:
        yield address


@pytest.fixture
def reader(browser: Browser, base: str) -> Iterator[Reader]:
    """A visitor with a phone of 360 px."""
    context = browser.new_context(viewport=PHONE, locale="vi-VN", base_url=base)
    yield Reader(context.new_page(), base)
    context.close()


@pytest.fixture(scope="module")
def window(browser: Browser, base: str) -> Iterator[Reader]:
    """One window for pages that are only read."""
    context = browser.new_context(viewport=PHONE, locale="vi-VN", base_url=base)
    yield Reader(context.new_page(), base)
    context.close()


@pytest.fixture
def visitor(window: Reader) -> Reader:
    """Somebody who comes for the first time, with a phone of 360 px."""
    window.forget()
    return window


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_page_is_for_everybody(visitor: Reader, faults: Faults, address: str) -> None:
    """As it comes, and with the largest letters in strong contrast."""
    page = visitor.open(address)
    assert no_sideways_scrolling(page)
    assert (visitor.foreign, visitor.complaints) == ([], [])
    assert faults(page) == []
    cookie = {"name": "hien-thi", "value": "rat-lon.cao", "url": visitor.base}
    page.context.add_cookies([cookie])  # type: ignore[list-item]
    visitor.open(address)
    expect(page.locator("html")).to_have_class("co-rat-lon tuong-phan-cao")
    assert no_sideways_scrolling(page)
    assert faults(page, rules=OF_SIGHT) == []


def test_the_pieces_of_the_design_are_for_everybody(reader: Reader, faults: Faults) -> None:
    reader.page.set_viewport_size({"width": 1280, "height": 900})
    log_in(reader.page, "bientap")
    reader.page.set_viewport_size(PHONE)
    page = reader.open("/quan-tri/giao-dien/")
    assert page.locator(".sample").count() > 25
    assert no_sideways_scrolling(page)
    # Samples lead nowhere and stand outside the order of the page.
    page.evaluate("document.querySelectorAll('[inert]').forEach(piece => piece.inert = false)")
    assert [fault for fault in faults(page) if not fault.startswith(ASIDE)] == []


@pytest.mark.timeout(600)  # many pages behind one login
def test_the_own_pages_of_the_back_office_are_for_everybody(reader: Reader, faults: Faults) -> None:
    """One login, each page at its two widths: what axe finds, and what stands out of the window."""
    reader.page.set_viewport_size(DESKTOP)
    log_in(reader.page, "quantri")
    places = prepare_desk(reader.page.context)
    made = [places[name] for name in ("preview", "publish", "errors", "undo")]
    found: list[str] = []
    for address in (*DESK, *made, *FILLED):
        reader.page.set_viewport_size(DESKTOP)
        page = reader.open(address)
        part = "main" if address in FILLED else OWN
        found += [f"{address}: nothing of its own"] * (page.locator(part).count() == 0)
        found += [f"{address}: {fault}" for fault in faults(page, part)]
        page.set_viewport_size(PHONE)
        found += [f"{address}: scrolls sideways"] * (not no_sideways_scrolling(page))
    for name, lines in CODE_FILES.items():
        page = reader.open("/quan-tri/danh-muc/village/nhap/")
        file = {"name": "thon.csv", "mimeType": "text/csv", "buffer": "\n".join(lines).encode()}
        page.locator("main input[type=file]").set_input_files(file)  # type: ignore[arg-type]
        page.locator("main form[enctype] button[type=submit]").click()
        expect(page.locator("main table.listing")).to_have_count(1)
        found += [f"{name}: {fault}" for fault in faults(page, OWN)]
    assert found == []


@pytest.mark.parametrize("address", FIRST)
def test_a_first_page_weighs_little_and_waits_for_no_script(reader: Reader, address: str) -> None:
    finished: list[Request] = []

    def note(request: Request) -> None:
        finished.append(request)

    reader.page.on("requestfinished", note)
    reader.page.add_init_script(SHIFTS)
    page = reader.open(address)
    page.wait_for_load_state("networkidle")
    answers = [
        (request.resource_type, sizes["responseBodySize"] + sizes["responseHeadersSize"])
        for request in finished
        for sizes in [request.sizes()]
    ]
    assert {"document", "stylesheet"} <= {kind for kind, _size in answers}
    assert sum(size for kind, size in answers if kind not in {"image", "font"}) <= LIGHT
    assert page.locator("script[src]:not([defer]):not([async]):not([type=module])").count() == 0
    assert page.evaluate("shifted") < UNSEEN


def test_bug_the_emblem_moved_when_the_name_came_after_it(reader: Reader) -> None:
    """A page may be drawn when it has come as far as the emblem."""
    page = reader.open("/van-ban/")
    emblem = page.locator(".brand img")
    before = emblem.bounding_box()
    page.evaluate("document.querySelector('.brand span').remove()")
    assert emblem.bounding_box() == before


def test_a_whole_declaration_costs_little_on_a_weak_line(reader: Reader) -> None:
    """Over the server that people use: one that packs style sheets."""
    finished: list[Request] = []

    def note(request: Request) -> None:
        finished.append(request)

    reader.page.on("requestfinished", note)
    declare(reader.page)
    sizes = [request.sizes() for request in finished if request.resource_type != "font"]
    assert len(sizes) > 40
    assert sum(one["responseBodySize"] + one["responseHeadersSize"] for one in sizes) <= WHOLE


def test_forms_for_everybody_and_their_errors_are_for_everybody(
    reader: Reader, faults: Faults
) -> None:
    found: list[str] = []
    for address in FORMS:
        page = reader.open(address)
        found += [f"{address}: {fault}" for fault in faults(page)]
        page.locator("main form button").first.click()
        expect(page.locator("#loi")).to_be_focused()
        assert no_sideways_scrolling(page)
        found += [f"{address}, errors: {fault}" for fault in faults(page)]
    for address in ("/hoi-dap/tra-cuu/", "/du-lieu-ca-nhan/tra-cuu/"):
        page = reader.open(address)
        page.locator("main [name=reference]").fill("HD-26-000001")
        page.locator("main [name=code]").fill("ABCD-EFGH")
        page.locator("main form button").first.click()
        expect(page.locator("#loi")).to_be_focused()
        found += [f"{address}, guessed: {fault}" for fault in faults(page)]
    assert (found, reader.foreign, reader.complaints) == ([], [], [])


def test_bug_a_wide_page_began_below_its_header(reader: Reader) -> None:
    """The menu that rolls sideways on a phone stands whole on a desk, where nothing may roll."""
    reader.page.set_viewport_size(DESKTOP)
    try:
        for address in ("/", "/van-ban/"):
            reader.page.goto(address)
            reader.page.wait_for_timeout(200)  # the browser rolls after the page has come
            assert reader.page.evaluate("scrollY") == 0, address
            expect(reader.page.locator("header input[type=search]")).to_be_in_viewport()
    finally:
        reader.page.set_viewport_size(PHONE)


def test_the_first_key_leads_past_the_header(reader: Reader) -> None:
    page = reader.open("/")
    page.keyboard.press("Tab")
    skip = page.locator("a.skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_paper_shows_the_article_and_nothing_around_it(reader: Reader) -> None:
    page = reader.open(ARTICLE)
    page.emulate_media(media="print")
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".prose")).to_be_visible()
    shown = [page.locator(each).first.is_visible() for each in (".menu", ".bar", ".find", ".foot")]
    assert shown == [False] * 4


def test_size_and_contrast_are_chosen_without_scripts(browser: Browser, base: str) -> None:
    context = browser.new_context(viewport=PHONE, java_script_enabled=False, base_url=base)
    page = context.new_page()
    page.goto(PLAN)
    page.get_by_role("link", name="Tương phản cao").click()
    expect(page).to_have_url(f"{base}{PLAN}")
    expect(page.locator("html")).to_have_class("co-vua tuong-phan-cao")
    context.close()


@pytest.mark.parametrize("path", ["/tim-kiem/", "/tim-kiem.json"])
def test_a_search_of_ten_thousand_letters_reaches_the_portal(base: str, path: str) -> None:
    """The server's own limit on an address gave an English page before anybody was asked."""
    query = urlencode({"q": "ễ" * 10_000})
    with urlopen(f"{base}{path}?{query}", timeout=30) as response:
        assert response.status == 200
