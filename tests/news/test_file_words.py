"""A published page is found by the words of its files: scans, DOCX, XLSX; on either engine."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils.translation import gettext as _
from wagtail.models import ReferenceIndex

from portal.home.models import PortalDocument
from portal.news.attachments import DocumentFile
from portal.news.models import OfficialDocumentPage
from portal.news.reading_files import marks_on
from search import scans
from search.models import FileText
from tests import office, pdfs
from tests.home.trees import Portal

pytestmark = pytest.mark.django_db
WORDS = "Kế hoạch trồng mận chín sớm của xã Tân Trào năm nay."


def publish(portal: Portal, number: str, *contents: tuple[str, bytes]) -> OfficialDocumentPage:
    """A document with files, each with its name."""
    page = portal.document(number, "Văn bản thử")
    page.files = [
        DocumentFile(
            document=PortalDocument.objects.create(title=name, file=ContentFile(content, name))
        )
        for name, content in contents
    ]
    page.save_revision().publish()
    ReferenceIndex.create_or_update_for_object(page)  # after the commit, which a test never has
    return page


def recognise(drain: Callable[[], int]) -> int:
    """What the worker does: index, recognise a scan, index again."""
    drain()
    done = scans.recognise_one()
    drain()
    return done


def hits(client: Client, text: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get("/tim-kiem.json", {"q": text}).json()["hits"]
    return found


def html(client: Client, address: str, **query: str) -> str:
    return unescape(client.get(address, query).content.decode())


def test_a_scan_is_found_by_its_words_and_says_how_they_were_read(
    portal: Portal, client: Client, drain: Callable[[], int], recognising: None
) -> None:
    page = publish(portal, "12/KH-UBND", ("12.pdf", pdfs.scanned_pdf("Quốc hiệu trang một", WORDS)))
    assert recognise(drain) == 1
    (hit,) = hits(client, "mận chín sớm")
    url = page.files.get().document.url
    assert [(each["page"], each["url"]) for each in hit["pages"]] == [(2, f"{url}#page=2")]
    assert set(hit["pages"][0]) == {"page", "snippet", "url"}
    note = _("recognised from a scan")
    assert f'<span class="tag">{note}</span>' in html(client, "/tim-kiem/", q="mận chín sớm")
    assert f'<span class="state">{note}</span>' in html(client, page.url)


def test_a_scan_of_a_row_that_is_older_than_its_digest_is_found_too(
    portal: Portal, client: Client, drain: Callable[[], int], recognising: None
) -> None:
    """What is recognised is found again by the digest of its bytes."""
    page = publish(portal, "12/KH-UBND", ("12.pdf", pdfs.scanned_pdf(WORDS)))
    PortalDocument.objects.update(digest="")
    page.save_revision().publish()
    assert recognise(drain) == 1
    assert len(hits(client, "mận chín sớm")) == 1


def test_without_the_program_a_scan_is_not_found_by_its_words_and_says_so(
    portal: Portal, client: Client, drain: Callable[[], int]
) -> None:
    page = publish(portal, "12/KH-UBND", ("12.pdf", pdfs.scanned_pdf(WORDS)))
    assert recognise(drain) == 0
    assert hits(client, "mận chín sớm") == []
    assert "bản quét, chưa tìm được" in html(client, page.url)


def test_words_of_an_unsure_page_stand_behind_the_same_words_elsewhere(
    portal: Portal, client: Client, drain: Callable[[], int], settings: Any
) -> None:
    """Both files say the same; the newer one would stand first."""
    settings.SEARCH_OCR_CONFIDENCE = 60
    sure = publish(portal, "11/KH-UBND", ("1.pdf", pdfs.text_pdf(WORDS)))
    bad = publish(portal, "22/KH-UBND", ("2.pdf", pdfs.text_pdf(f"{WORDS} Hết.")))
    bad.issued_on = bad.issued_on.replace(year=2025)
    bad.save_revision().publish()
    drain()
    numbers = [hit["number"] for hit in hits(client, "mận chín sớm")]
    assert numbers == ["22/KH-UBND", "11/KH-UBND"]
    digest = bad.files.get().document.digest
    for confidence, first in ((59, sure), (60, bad)):
        FileText.objects.filter(digest=digest).update(confidence={"1": confidence})
        bad.save()
        drain()
        for typed in ("mận chín sớm", "man chin som"):
            found = hits(client, typed)
            assert [hit["number"] for hit in found[:1]] == [first.number_text]
            assert len(found) == 2


def test_docx_and_xlsx_are_found_and_open_the_file(
    portal: Portal, client: Client, drain: Callable[[], int]
) -> None:
    letter = office.docx("Về việc", cells=("Nhà văn hóa", "cọn nước Nà Hang"))
    table = office.xlsx(("Hộ trồng", [["Thôn", "Giống"], ["Tân Lập", "hồng không hạt"]]))
    page = publish(portal, "3/UBND", ("3.docx", letter), ("3.xlsx", table))
    drain()
    files = {each.title: each.document.url for each in page.files.select_related("document")}
    for words, name in (("cọn nước nà hang", "3.docx"), ("hồng không hạt", "3.xlsx")):
        (hit,) = hits(client, words)
        assert [(each["page"], each["url"]) for each in hit["pages"]] == [(1, files[name])]
        assert "<mark>" in hit["pages"][0]["snippet"]
    shown = html(client, "/tim-kiem/", q="cọn nước nà hang")
    assert _("Part %(number)s") % {"number": 1} in shown
    assert "trang" not in shown.split("</h2>")[1].split("</article>")[0].lower()


def test_a_secrecy_mark_in_a_docx_is_seen(portal: Portal, drain: Callable[[], int]) -> None:
    page = publish(portal, "4/UBND", ("4.docx", office.docx("Nội dung", box="MẬT")))
    drain()
    assert marks_on([page.files.get().document]) == [("4.docx", "MẬT")]


def test_the_index_of_an_annex_is_no_secret_of_a_private_collection(
    portal: Portal, client: Client, drain: Callable[[], int]
) -> None:
    """What nobody may open is not found by its words either, whatever its kind."""
    from wagtail.models import Collection, CollectionViewRestriction

    closed = Collection.get_first_root_node().add_child(name="Nội bộ")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    page = publish(portal, "5/UBND", ("5.docx", office.docx("cọn nước Nà Hang")))
    PortalDocument.objects.update(collection=closed)
    page.save_revision().publish()
    drain()
    assert hits(client, "cọn nước nà hang") == []
