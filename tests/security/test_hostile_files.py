"""What a bad file holds reaches its owner as a sentence; a good one beside it loses nothing."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from portal.areas.models import User
from portal.home.models import PortalDocument
from portal.registration.models import ListEntry, ListImport, PublishedList
from search.files import TextState, text_of
from tests.home.trees import Portal
from tests.pdfs import locked_pdf, text_pdf, truncated_pdf
from tests.registration.conftest import Workbook
from tests.security.files import READ, REFUSED, SMALL

pytestmark = pytest.mark.once
CONVERTED = "đã được chuyển sang Unicode"
PEOPLE = ["Nguyễn Văn Ân", "Nguyễn Văn An", "Ma Thị Đức"]


@pytest.fixture(autouse=True)
def _small_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.tables.scan.LARGEST_UNPACKED", SMALL)


def write(case: str, folder: Path) -> Path:
    ending, writer, _words = REFUSED[case]
    return writer(folder / f"tep{ending}")


def names() -> list[str]:
    """The households as they are kept."""
    return list(ListEntry.objects.order_by("position").values_list("head_name", flat=True))


def upload(client: Client, item: PublishedList, path: Path) -> str:
    """The page that the officer sees after the upload."""
    with path.open("rb") as file:
        data = {"file": file, "version": item.version}
        response = client.post(reverse("registration_upload", args=[item.pk]), data, follow=True)
    assert response.status_code == 200
    page: str = response.content.decode()
    return page


@pytest.fixture
def staff(client: Client, officer: User) -> Client:
    """The officer of Tân Trào, logged in."""
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize("case", REFUSED)
def test_a_bad_file_is_explained_to_the_officer(
    staff: Client, draft: PublishedList, tmp_path: Path, case: str
) -> None:
    """Attack: a file that kills, fools or fills the reader of tables."""
    page = upload(staff, draft, write(case, tmp_path))
    missing = [word for word in REFUSED[case][2] if word not in page]
    assert missing == []
    assert names() == PEOPLE
    assert not ListImport.objects.exclude(state="refused").exists()


@pytest.mark.parametrize("case", REFUSED)
def test_a_bad_file_leaves_a_public_list_as_it_is(
    staff: Client, published: PublishedList, tmp_path: Path, case: str
) -> None:
    """Attack: the same against a list that everybody reads."""
    upload(staff, published, write(case, tmp_path))
    assert names() == PEOPLE
    assert PublishedList.objects.get().version == published.version


@pytest.mark.parametrize("case", REFUSED)
@pytest.mark.usefixtures("draft")
def test_a_bad_file_is_explained_to_the_operator(tmp_path: Path, case: str) -> None:
    """Attack: the same through the command."""
    out, told = io.StringIO(), io.StringIO()
    with pytest.raises(CommandError) as refused:
        call_command(
            "import_list",
            str(write(case, tmp_path)),
            "--list=ho-ngheo-2026",
            stdout=out,
            stderr=told,
        )
    said = f"{told.getvalue()}{refused.value}"
    assert [word for word in REFUSED[case][2] if word not in said] == []
    assert (out.getvalue(), names()) == ("", PEOPLE)


@pytest.mark.parametrize("encoding", READ)
def test_a_file_in_the_encodings_of_offices_is_read_whole(
    staff: Client, draft: PublishedList, tmp_path: Path, encoding: str
) -> None:
    path = tmp_path / "danh-sach.csv"
    path.write_bytes(READ[encoding])
    page = upload(staff, draft, path)
    assert "Lý Văn Sán" in page
    assert list(ListEntry.objects.values_list("head_name", "village_text")) == [
        ("Lý Văn Sán", "Thôn Bòng")
    ]


@pytest.mark.parametrize("encoding", ["TCVN3", "VNI"])
def test_the_owner_of_a_csv_file_in_an_old_font_is_told_of_the_change(
    staff: Client, draft: PublishedList, tmp_path: Path, encoding: str
) -> None:
    path = tmp_path / "danh-sach.csv"
    path.write_bytes(READ[encoding])
    page = upload(staff, draft, path)
    assert CONVERTED in page
    assert f"({encoding}" in page


def test_the_owner_of_a_workbook_in_an_old_font_is_told_of_the_change(
    staff: Client, draft: PublishedList, workbook: Workbook
) -> None:
    headings = ("STT", "Hä vµ tªn chñ hé", "Th«n", "X·", "DiÖn")
    old = [(1, "Lý V¨n S¸n", "Th«n Bßng", "T©n Trµo", "nghÌo")]
    page = upload(staff, draft, workbook(old, headings))
    assert CONVERTED in page
    assert names() == ["Lý Văn Sán"]


PDFS: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "empty"),
    "HTML": (b"<html><script>alert(1)</script>", "not_pdf"),
    "truncated": (truncated_pdf("Kế hoạch"), "damaged"),
    "locked": (locked_pdf("Kế hoạch"), "locked"),
}


@pytest.mark.parametrize("case", PDFS)
def test_a_bad_pdf_does_not_break_what_it_hangs_on(
    client: Client, portal: Portal, drain: Any, case: str
) -> None:
    """Attack: an unreadable file keeps its document, and all later ones, out of search."""
    content, state = PDFS[case]
    bad, good = PortalDocument(title="Hỏng"), PortalDocument(title="Tốt")
    bad.file.save("hong.pdf", ContentFile(content))
    good.file.save("tot.pdf", ContentFile(text_pdf("Toàn văn của kế hoạch trồng mận chín sớm")))
    page = portal.document("12/KH-UBND", "Kế hoạch có tệp hỏng")
    page.files.create(document=bad)
    page.files.create(document=good)
    page.save_revision().publish()
    drain()
    read = text_of(bad.known_digest(), lambda: bad.file.storage.open(bad.file.name))
    hits = client.get("/tim-kiem.json", {"q": "mận chín sớm"}).json()["hits"]
    assert (read.state, bool(read.sentence)) == (TextState(state), True)
    assert [hit["number"] for hit in hits] == ["12/KH-UBND"]
    assert client.get(page.url).status_code == 200
