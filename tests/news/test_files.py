"""Files of pages: what is said of them, images of their pages, and who may see those."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.formats import date_format
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from portal.areas.models import User
from portal.home.models import PortalDocument
from portal.news import files
from portal.news.models import (
    ArticleAttachment,
    DocumentFile,
    Field,
    NoticeAttachment,
    NoticePage,
    OfficialDocumentPage,
    Relation,
)
from portal.news.searchable import official_document
from search.files import FileFacts, TextState, text_of
from tests import pdfs
from tests.home.trees import Portal
from tests.news.test_budget import BUDGET, home_body, queries

pytestmark = [pytest.mark.once, pytest.mark.django_db]
SCANNED = "bản quét, chưa tìm được theo nội dung"


def stored(content: bytes, name: str = "167.pdf") -> PortalDocument:
    """A file that the worker has read."""
    file = ContentFile(content, name)
    document: PortalDocument = PortalDocument.objects.create(title="167 KH-UBND.pdf", file=file)
    text_of(document.digest, lambda: io.BytesIO(content))
    return document


def with_file(page: OfficialDocumentPage, document: PortalDocument) -> OfficialDocumentPage:
    """The same page with a file on it."""
    page.files = [DocumentFile(document=document)]
    page.save()
    return page


@pytest.fixture
def plan(portal: Portal) -> OfficialDocumentPage:
    """A plan with a PDF of five pages."""
    page = portal.document("167/KH-UBND", "Kế hoạch thu thập thông tin", abstract="Tóm tắt")
    texts = (f"{word} phần của kế hoạch" for word in ("một", "hai", "ba", "bốn", "năm"))
    return with_file(page, stored(pdfs.text_pdf(*texts)))


def html(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return unescape(response.content.decode())


def words(text: str) -> str:
    """The text of a page without its tags, single spaces."""
    return " ".join(re.sub(r"<[^>]*>", " ", text).split())


def images(client: Client, page: Page) -> list[str]:
    return re.findall(r'<img src="([^"]*/hinh/[^"]*)"', html(client, page.url))


def test_the_panel_says_what_is_downloaded(plan: OfficialDocumentPage, client: Client) -> None:
    size = re.escape(str(plan.files.get().document.get_file_size() // 1024))
    assert re.search(rf"Tải về PDF, 5 trang, {size},\d KB", words(html(client, plan.url)))


def test_a_line_to_cite_the_document_by(plan: OfficialDocumentPage, client: Client) -> None:
    day = date_format(plan.issued_on, "d/m/Y")
    line = f"Kế hoạch số 167/KH-UBND ngày {day} của UBND tỉnh Tuyên Quang: “{plan.title}”"
    assert line in words(html(client, plan.url))
    assert f"http://testserver{plan.url}" in html(client, plan.url)


def test_a_document_of_which_little_is_known_can_be_cited(portal: Portal, client: Client) -> None:
    page = portal.document("", "Thư chúc mừng")
    line = "Văn bản ngày 23/09/2024 của UBND tỉnh Tuyên Quang: “Thư chúc mừng”"
    assert line in words(html(client, page.url))


def test_the_first_pages_are_shown_and_open_the_file_at_their_page(
    plan: OfficialDocumentPage, client: Client
) -> None:
    text = html(client, plan.url)
    file = plan.files.get().document
    for number in range(1, 5):
        pattern = rf'<a href="{re.escape(file.url)}#page={number}"><img src="([^"]*)" alt="([^"]*)"'
        match = re.search(pattern, text)
        assert match
        assert match.group(2) == f"Trang {number} của 167 KH-UBND.pdf"
    assert len(images(client, plan)) == 4
    assert text.count('loading="lazy" decoding="async"') == 4


def test_an_image_is_small_private_and_no_page_of_the_cache(
    plan: OfficialDocumentPage, client: Client, settings: Any
) -> None:
    settings.PAGE_CACHE_SECONDS = 300
    response = client.get(images(client, plan)[1])
    content = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    assert (response.status_code, response["Content-Type"]) == (200, "image/webp")
    assert content[8:12] == b"WEBP"
    assert len(content) < 40_000
    assert response["Cache-Control"] == "private, max-age=86400"
    assert "X-Cache" not in response
    assert "default-src 'self'" in response["Content-Security-Policy"]


def refused(client: Client, address: str) -> bool:
    response = client.get(address)
    return response.status_code in {302, 404} or b"WEBP" not in response.getvalue()[:16]


def test_images_go_with_the_document(plan: OfficialDocumentPage, client: Client) -> None:
    """Attack: the image of a withdrawn document, by the address it had."""
    address = images(client, plan)[0]
    assert not refused(client, address)
    plan.unpublish()
    assert refused(client, address)


def test_no_images_of_a_draft(portal: Portal, client: Client) -> None:
    """Attack: the address of a draft's image is put together by hand."""
    draft = with_file(portal.document("168/KH-UBND", live=False), stored(pdfs.text_pdf("Mật")))
    assert files.with_pictures(files.shown(draft.files), draft)[0]["pictures"] == []
    key = files.key_of(draft.files.get().document)
    assert refused(client, f"{draft.url}hinh/{key}/1/")


def test_no_images_of_a_page_for_few(plan: OfficialDocumentPage, client: Client) -> None:
    """Attack: the page is behind a login, its image is asked for."""
    address = images(client, plan)[0]
    PageViewRestriction.objects.create(page=plan, restriction_type="login")
    assert refused(client, address)


def test_no_images_of_a_file_for_few(plan: OfficialDocumentPage, client: Client) -> None:
    """Attack: the file lies in a private collection, its page is public."""
    address = images(client, plan)[0]
    closed = Collection.get_first_root_node().add_child(name="Nội bộ")
    inside = closed.add_child(name="Bên trong")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    PortalDocument.objects.update(collection=inside)
    assert images(client, plan) == []
    assert refused(client, address)


def test_no_images_of_other_files(plan: OfficialDocumentPage, client: Client) -> None:
    """Attack: a public page is asked for the image of a file that hangs elsewhere."""
    other = stored(pdfs.text_pdf("Danh sách nội bộ"), "khac.pdf")
    for key in (files.key_of(other), "0" * 16, files.key_of(plan.files.get().document)[:4], "x"):
        assert refused(client, f"{plan.url}hinh/{key}/1/")
    for number in ("0", "6", "21", "99999999999999999999"):
        key = files.key_of(plan.files.get().document)
        assert refused(client, f"{plan.url}hinh/{key}/{number}/")


@pytest.mark.parametrize("content", [b"%PDF-1.4", pdfs.locked_pdf("Mật")], ids=["broken", "locked"])
def test_a_file_without_pages_has_no_images(portal: Portal, client: Client, content: bytes) -> None:
    page = with_file(portal.document("169/KH-UBND"), stored(content))
    assert images(client, page) == []


@pytest.fixture
def scan(portal: Portal) -> OfficialDocumentPage:
    """A document that was scanned."""
    file = stored(pdfs.scanned_pdf("Quyết định"), "221.pdf")
    return with_file(portal.document("221/QĐ-SNNMT", "Quyết định"), file)


def test_the_state_of_a_scan_is_said_to_the_reader(
    scan: OfficialDocumentPage, client: Client
) -> None:
    assert SCANNED in words(html(client, scan.url))


def test_nothing_is_said_of_a_file_that_is_found(
    plan: OfficialDocumentPage, client: Client
) -> None:
    assert "theo nội dung" not in words(html(client, plan.url))


def test_the_state_is_said_to_the_editor(
    scan: OfficialDocumentPage, plan: OfficialDocumentPage, client: Client
) -> None:
    client.force_login(User.objects.create_superuser("quantri", password="Demo-2026"))
    shown = words(html(client, f"/quan-tri/pages/{scan.pk}/edit/"))
    assert f"PDF, 1 trang – {SCANNED}" in shown
    assert "PDF, 5 trang – tìm được" in words(html(client, f"/quan-tri/pages/{plan.pk}/edit/"))


def test_attachments_of_articles_and_notices_say_the_same(portal: Portal, client: Client) -> None:
    file = stored(pdfs.scanned_pdf("Quét"), "quet.pdf")
    article = portal.article("Bài", attachments=[ArticleAttachment(document=file)])
    notice = NoticePage(title="Họp", attachments=[NoticeAttachment(document=file)])
    portal.notices.add_child(instance=notice)
    for page in (article, notice):
        assert SCANNED in words(html(client, page.url))
        assert "Tải về PDF, 1 trang" in words(html(client, page.url))


@pytest.mark.parametrize(
    ("state", "pages", "said"),
    [
        (TextState.TEXT, 3, ""),
        (TextState.SCANNED, 3, SCANNED),
        (TextState.LOCKED, 0, "có mật khẩu"),
        (TextState.TOO_LARGE, 0, "quá lớn"),
        (TextState.TOO_LARGE, 2000, "chỉ tìm được nội dung phần đầu"),
        (TextState.INTERRUPTED, 0, "quá lớn"),
        (TextState.INTERRUPTED, 200, "chỉ tìm được nội dung phần đầu"),
        (TextState.DAMAGED, 0, "tệp hỏng"),
        (TextState.EMPTY, 0, "tệp hỏng"),
        (TextState.FAILED, 0, "chưa đọc được"),
    ],
)
def test_every_state_has_its_words(state: TextState, pages: int, said: str) -> None:
    note = FileFacts(state, pages).note
    assert said in note
    assert bool(said) == bool(note)


def test_rows_say_how_long_the_file_is(
    plan: OfficialDocumentPage, scan: OfficialDocumentPage, portal: Portal, client: Client
) -> None:
    portal.home.body = [("newest_documents", {"title": "", "most": 6})]
    portal.home.save()
    for address in ("/", "/van-ban/", "/van-ban/ubnd-tinh/"):
        text = words(html(client, address))
        assert "PDF, 5 trang" in text
        assert "PDF, 1 trang" in text


def test_rows_cost_the_same_for_many(plan: OfficialDocumentPage, portal: Portal) -> None:
    for number in range(1, 8):
        with_file(portal.document(f"{number}/KH-UBND"), stored(b"%PDF-1.4"))
    with CaptureQueriesContext(connection) as spent:
        rows = files.pages_beside(OfficialDocumentPage.objects.all())
    assert len(rows) == 8
    assert len(spent) == 3


def test_pages_with_files_stay_within_the_budget(
    plan: OfficialDocumentPage, scan: OfficialDocumentPage, portal: Portal, client: Client
) -> None:
    Relation.objects.create(page=plan, target=scan, kind="guides")
    plan.field = Field.objects.create(name="Lao động")
    plan.save()
    file = plan.files.get().document
    article = portal.article("Bài", attachments=[ArticleAttachment(document=file)])
    notice = NoticePage(title="Họp", attachments=[NoticeAttachment(document=file)])
    portal.notices.add_child(instance=notice)
    portal.home.body = home_body(portal)
    portal.home.save()
    rows = ("/", "/van-ban/", "/van-ban/ubnd-tinh/")
    spent = {path: queries(client, path) for path in (*rows, plan.url, article.url, notice.url)}
    assert {path: count for path, count in spent.items() if count > BUDGET} == {}
    assert spent[plan.url] < BUDGET


def test_a_row_before_the_worker_came_names_the_kind_alone(portal: Portal, client: Client) -> None:
    file = PortalDocument.objects.create(title="Tệp", file=ContentFile(b"%PDF-", "a.pdf"))
    with_file(portal.document("7/KH-UBND"), file)
    assert re.search(r"· PDF(?!,)", words(html(client, "/van-ban/")))


def test_the_name_of_a_file_does_not_begin_what_is_shown(
    plan: OfficialDocumentPage, drain: Callable[[], int], client: Client
) -> None:
    assert official_document(plan).body.startswith("một")
    assert "167 KH-UBND.pdf" in official_document(plan).body
    OfficialDocumentPage.objects.update(abstract="")
    drain()
    hit = client.get("/tim-kiem.json", {"q": "167"}).json()["hits"][0]
    assert not hit["snippet"].startswith("167 KH-UBND.pdf")


def test_the_page_of_results_shows_the_abstract_beside_the_pages(
    plan: OfficialDocumentPage, drain: Callable[[], int], client: Client
) -> None:
    plan.abstract = "Thu thập từ 01/10 đến 31/10"
    plan.save()
    drain()
    text = words(html(client, "/tim-kiem/?q=bon+nam"))
    assert "Thu thập từ 01/10 đến 31/10" in text
    assert "Trang 4" in text


def test_a_place_is_not_shown_twice(
    plan: OfficialDocumentPage, drain: Callable[[], int], client: Client
) -> None:
    plan.abstract = ""
    plan.save()
    drain()
    assert html(client, "/tim-kiem/?q=bon").count("<mark>bốn</mark>") == 1


def test_the_time_of_reading_is_not_the_readers(plan: OfficialDocumentPage, client: Client) -> None:
    """Attack: every view of the page opens the file once more."""
    plan.files.get().document.file.storage.delete(plan.files.get().document.file.name)
    assert "5 trang" in words(html(client, plan.url))
