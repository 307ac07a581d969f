"""A script or a formula in what people type stays a text, wherever it is shown or exported."""

from __future__ import annotations

import csv
import io
from typing import Any

import openpyxl
import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from portal.areas.models import User
from portal.home.models import PortalDocument
from portal.jobs import clock
from portal.news.attachments import DocumentFile
from portal.news.models import NoticePage
from portal.registration import services
from portal.registration.models import ListImport, PublishedList
from tests.home.trees import Portal
from tests.registration.conftest import ROWS, Units, row
from tests.security.world import WINDOW

pytestmark = pytest.mark.once
SCRIPT = "<script>alert(1)</script>"
SHOWN = "&lt;script&gt;alert(1)"
FEEDS = ("/tin-tuc/rss/", "/van-ban/rss/")
PUBLIC = {
    "home": "/",
    "news": "/tin-tuc/",
    "section": "/tin-tuc/doi-song-xa-hoi/",
    "article": "{article}",
    "notices": "/thong-bao/",
    "notice": "{notice}",
    "documents": "/van-ban/",
    "document": "{document}",
    "lists": "/danh-sach/",
    "list": "/danh-sach/doc/?xa=02545&thon=thon-bong",
}
BACK_OFFICE = {
    "lists": "/quan-tri/danh-sach/",
    "list": "/quan-tri/danh-sach/{list}/",
    "publish": "/quan-tri/danh-sach/{draft}/dang/",
    "withdraw": "/quan-tri/danh-sach/{list}/go/",
    "import": "/quan-tri/danh-sach/{list}/nhap/{import}/",
    "files": "/quan-tri/documents/",
    "file": "/quan-tri/documents/edit/{file}/",
    "pages": "/quan-tri/pages/{section}/",
    "page": "/quan-tri/pages/{page}/edit/",
}


@pytest.fixture
def places(portal: Portal, units: Units) -> dict[str, Any]:
    """A portal with a script in every title and name; the addresses of its records."""
    return {**_lists(units), **_pages(portal)}


def _lists(units: Units) -> dict[str, Any]:
    title = f"Hộ nghèo {SCRIPT}"
    item = services.create_list(title, "doc", units.tan_trao, None)
    services.import_rows(item, [row(f"An {SCRIPT}", "Thôn Bòng", units.tan_trao)], None)
    services.publish_list(item, *WINDOW, None)
    made = ListImport.objects.create(
        published_list=item,
        file_name=f"{SCRIPT}.xlsx",
        at=clock.now(),
        state="ready",
        ignored=[SCRIPT],
        warnings=[{"sheet": SCRIPT, "row": 2, "column": SCRIPT, "message": SCRIPT}],
        preview={"totals": [], "rows": [[f"An {SCRIPT}", SCRIPT, SCRIPT, "poor"]]},
    )
    draft = services.create_list(title, "doc-2", units.tan_trao, None)
    return {"list": item.pk, "import": made.pk, "draft": draft.pk}


def _pages(portal: Portal) -> dict[str, Any]:
    title = f"Tin {SCRIPT}"
    article = portal.article(title, lead=title, byline=title, source=title)
    notice = NoticePage(title=title, urgent=True, valid_from=WINDOW[0], agency=title)
    portal.notices.add_child(instance=notice)
    page = portal.document("12/KH-UBND", title, abstract=title, signer=title)
    file = PortalDocument(title=title)
    file.file.save("ke-hoach.pdf", ContentFile(b"%PDF-"))
    page.files.add(DocumentFile(document=file, label=title))
    page.save_revision().publish()
    return {
        "article": article.url,
        "notice": notice.url,
        "document": page.url,
        "page": page.pk,
        "section": portal.section.pk,
        "file": file.pk,
    }


@pytest.mark.parametrize("name", PUBLIC)
def test_a_script_is_text_on_every_public_page(
    client: Client, places: dict[str, Any], name: str
) -> None:
    """Attack: markup in a title, a household's name or the name of a file."""
    html = client.get(PUBLIC[name].format(**places)).content.decode()
    assert SHOWN in html
    assert "<script>alert" not in html


@pytest.mark.parametrize("name", BACK_OFFICE)
def test_a_script_is_text_in_the_back_office(
    client: Client, places: dict[str, Any], name: str
) -> None:
    """Attack: the same, to run with the rights of the officer who looks at it."""
    client.force_login(User.objects.create_superuser("quantri"))
    response = client.get(BACK_OFFICE[name].format(**places))
    html = response.content.decode()
    assert response.status_code == 200
    assert SHOWN in html
    assert "<script>alert" not in html


@pytest.mark.parametrize("place", FEEDS)
def test_a_script_is_text_in_a_feed(client: Client, places: dict[str, Any], place: str) -> None:
    """Attack: the same, in a reader of feeds."""
    feed = client.get(place).content.decode()
    assert "&lt;script&gt;" in feed or "&amp;lt;script" in feed
    assert "<script>" not in feed


@pytest.fixture
def errors(client: Client, officer: User, draft: PublishedList, workbook: Any) -> str:
    """A refused file whose sheet and commune are formulas; the address of its errors."""
    path = workbook([(1, "Lý A", "Bòng", "=HYPERLINK", "nghèo"), *ROWS])
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    sheet.title = "=cmd|' /C calc'!A0"[:5]
    sheet["D2"].value, sheet["D2"].data_type = "=2+2", "s"
    book.save(path)
    client.force_login(officer)
    with path.open("rb") as file:
        data = {"file": file, "version": draft.version}
        client.post(reverse("registration_upload", args=[draft.pk]), data)
    made = ListImport.objects.get()
    assert made.state == "refused"
    return reverse("registration_import", args=[draft.pk, made.pk])


def test_no_error_of_a_file_is_a_formula_in_csv(client: Client, errors: str) -> None:
    """Attack: a sheet is named so that the list of errors runs a program in a spreadsheet."""
    text = client.get(f"{errors}loi.csv").content.decode("utf-8-sig")
    cells = [cell for line in csv.reader(io.StringIO(text)) for cell in line]
    assert "'=cmd|" in cells
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []


def test_no_error_of_a_file_is_a_formula_in_a_workbook(client: Client, errors: str) -> None:
    """Attack: the same in a workbook."""
    content = client.get(f"{errors}loi.xlsx").content
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    cells = [cell for line in sheet.iter_rows() for cell in line]
    assert "=cmd|" in [cell.value for cell in cells]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
