"""`import_documents`: good rows, bad rows, files of every kind, resume."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import DataError

from portal.home.models import PortalDocument
from portal.news import importing
from portal.news.models import DocumentType, Issuer, OfficialDocumentPage
from search.files import ReadText, TextState
from search.queries import ask
from tests import office
from tests.home.trees import Portal
from tests.pdfs import locked_pdf, scanned_pdf, text_pdf, truncated_pdf

pytestmark = pytest.mark.django_db
HEADING = ["file", "number", "type", "issuer", "issued_on", "title", "abstract"]
GOOD = ["a.pdf", "167/KH-UBND", "", "UBND tỉnh Tuyên Quang", "2024-09-23", "Kế hoạch", "Trích yếu"]


class KilledError(BaseException):
    """Stands for kill -9: nobody catches it."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one good PDF."""
    (tmp_path / "a.pdf").write_bytes(text_pdf("Ủy ban nhân dân tỉnh ban hành kế hoạch này"))
    return tmp_path


def manifest(folder: Path, *rows: list[str], encoding: str = "utf-8-sig", mark: str = ",") -> Path:
    """A manifest with these rows."""
    path = folder / "manifest.csv"
    with path.open("w", encoding=encoding, newline="") as target:
        csv.writer(target, delimiter=mark).writerows([HEADING, *rows])
    return path


def but(**changes: str) -> list[str]:
    """The good row with other values."""
    return [changes.get(name, value) for name, value in zip(HEADING, GOOD, strict=True)]


def run(path: Path, capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, str]:
    """(exit code, report) of the command."""
    code = 0
    try:
        call_command("import_documents", str(path), *options)
    except SystemExit as ending:
        code = int(ending.code or 0)
    return code, capsys.readouterr().out


def test_a_row_becomes_a_live_page(
    portal: Portal, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, report = run(manifest(folder, GOOD), capsys)
    page = OfficialDocumentPage.objects.get()
    assert code == 0
    assert "167/KH-UBND" in report
    assert page.url == "/van-ban/ubnd-tinh/167-kh-ubnd-2024/"
    assert (page.live, page.abstract, page.type.code) == (True, "Trích yếu", "plan")
    assert page.files.get().document.file.read() == (folder / "a.pdf").read_bytes()


def test_draft_publishes_nothing(
    portal: Portal, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(manifest(folder, GOOD), capsys, "--draft")[0] == 0
    assert not OfficialDocumentPage.objects.get().live


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("decision", "decision"),
        ("QĐ", "decision"),
        ("Quyết định (cá biệt)", "decision"),
        ("quyết định", "decision"),
        ("Kế hoạch", "plan"),
        ("", "plan"),
    ],
)
def test_the_type_by_code_abbreviation_or_name(
    portal: Portal, folder: Path, capsys: pytest.CaptureFixture[str], given: str, code: str
) -> None:
    run(manifest(folder, but(type=given)), capsys)
    assert OfficialDocumentPage.objects.get().type == DocumentType.objects.get(code=code)


def test_a_number_whole_as_the_standing_committee_writes_it(
    portal: Portal, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    row = but(number="1684/NQ-UBTVQH15", issuer="Ủy ban Thường vụ Quốc hội", issued_on="16/06/2025")
    code, report = run(manifest(folder, row), capsys)
    page = OfficialDocumentPage.objects.get()
    assert code == 0
    assert (page.number, page.symbol, page.type.code) == (1684, "NQ-UBTVQH15", "ubtvqh_resolution")
    assert Issuer.objects.filter(name="Ủy ban Thường vụ Quốc hội").exists()
    assert "Ủy ban Thường vụ Quốc hội" in report


@pytest.mark.parametrize(
    ("row", "named"),
    [
        (but(file="khong-co.pdf"), "khong-co.pdf"),
        (but(file=""), "file"),
        (but(file="../../../etc/passwd"), "file"),
        (but(file="/etc/passwd"), "file"),
        (but(issued_on="31/02/2024"), "issued_on"),
        (but(issued_on=""), "issued_on"),
        (but(title=" "), "title"),
        (but(issuer=""), "issuer"),
        (but(type="Loại lạ"), "Loại lạ"),
        (but(file="html.pdf"), "file"),
        (but(file="empty.pdf"), "file"),
        (but(file="broken.pdf"), "file"),
    ],
)
def test_a_bad_row_fails_alone(
    portal: Portal,
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    row: list[str],
    named: str,
) -> None:
    """Attack among them: a manifest that names files outside its own folder."""
    (folder / "html.pdf").write_text("<html><body>Không tìm thấy</body></html>")
    (folder / "empty.pdf").write_bytes(b"")
    (folder / "broken.pdf").write_bytes(truncated_pdf("Hỏng"))
    good = but(number="168/KH-UBND")
    code, report = run(manifest(folder, row, good), capsys)
    assert code == 1
    assert [page.number_text for page in OfficialDocumentPage.objects.all()] == ["168/KH-UBND"]
    assert named in next(line for line in report.splitlines() if " 2: " in line)
    assert PortalDocument.objects.count() == 1


def test_a_failed_row_leaves_no_issuer(
    portal: Portal, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "empty.pdf").write_bytes(b"")
    run(manifest(folder, but(issuer="Sở mới", file="empty.pdf")), capsys)
    assert not Issuer.objects.filter(name="Sở mới").exists()


@pytest.mark.parametrize("make", [locked_pdf, scanned_pdf])
def test_a_file_without_readable_text_is_kept_with_a_warning(
    portal: Portal, folder: Path, capsys: pytest.CaptureFixture[str], make: Any
) -> None:
    (folder / "a.pdf").write_bytes(make("Nội dung"))
    code, report = run(manifest(folder, GOOD), capsys)
    assert code == 0
    assert OfficialDocumentPage.objects.get().live
    assert "[" in report


@pytest.mark.parametrize(("encoding", "mark"), [("utf-8", ","), ("utf-16", "\t"), ("utf-8", ";")])
def test_manifests_as_spreadsheets_write_them(
    portal: Portal, folder: Path, capsys: pytest.CaptureFixture[str], encoding: str, mark: str
) -> None:
    assert run(manifest(folder, GOOD, encoding=encoding, mark=mark), capsys)[0] == 0
    assert OfficialDocumentPage.objects.get().title == "Kế hoạch"


@pytest.mark.parametrize(
    "content", [b"", b"file;number\n", b"\xff\xfe\x00", "file,là".encode("cp1258")]
)
def test_a_manifest_that_is_none_ends_with_a_sentence(
    portal: Portal, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "manifest.csv"
    path.write_bytes(content)
    with pytest.raises(CommandError):
        call_command("import_documents", str(path))


def test_a_missing_manifest_ends_with_a_sentence(portal: Portal, tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        call_command("import_documents", str(tmp_path / "khong-co.csv"))


def test_an_issuer_without_room_fails_its_row_and_no_later_one(
    portal: Portal, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """PostgreSQL ended the whole run with a traceback."""
    rows = [but(issuer="Ban Chỉ đạo " * 20), but(number="168/KH-UBND")]
    code, report = run(manifest(folder, *rows), capsys)
    assert code == 1
    assert "issuer: " in next(line for line in report.splitlines() if " 2: " in line)
    assert [page.number_text for page in OfficialDocumentPage.objects.all()] == ["168/KH-UBND"]
    assert Issuer.objects.count() == 1


def test_what_the_database_refuses_fails_its_row_and_no_later_one(
    portal: Portal,
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    create = importing.create_official_document

    def refuses_the_first(*args: Any, **kwargs: Any) -> OfficialDocumentPage:
        if kwargs["data"]["number_text"] == "167/KH-UBND":
            raise DataError("value too long")
        return create(*args, **kwargs)

    monkeypatch.setattr(importing, "create_official_document", refuses_the_first)
    code, report = run(manifest(folder, GOOD, but(number="168/KH-UBND")), capsys)
    assert (code, OfficialDocumentPage.objects.count()) == (1, 1)
    assert "value too long" not in report


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (but(issuer="X" * 500), "issuer"),
        (but(number="4" * 300 + "/KH-UBND"), "number"),
        (but(number="49/KH-" + "U" * 300), "number"),
        (but(file="f" * 300 + ".pdf"), "file"),
        (but(issued_on="0001-01-01"), "issued_on"),
        (but(issued_on="9999-12-31"), "issued_on"),
        (but(issued_on="01/01/1899"), "issued_on"),
        (but(abstract="x" * 120_000), "abstract"),
    ],
)
def test_a_row_that_fails_names_the_column(
    portal: Portal,
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    row: list[str],
    column: str,
) -> None:
    """Attack among them: days at the ends of the calendar, a cell beyond measure."""
    code, report = run(manifest(folder, row, but(number="168/KH-UBND")), capsys)
    line = next(line for line in report.splitlines() if " 2: " in line)
    assert code == 1
    assert f": {column}: " in line
    assert column != "file" or "“ffff" in line
    assert [page.number_text for page in OfficialDocumentPage.objects.all()] == ["168/KH-UBND"]


def test_another_document_under_a_taken_number_is_pointed_out(
    portal: Portal, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its file was thrown away with the words «was there already»."""
    (folder / "b.pdf").write_bytes(text_pdf("Một văn bản khác hẳn"))
    rows = [GOOD, GOOD, but(title="Kế hoạch khác"), but(file="b.pdf")]
    code, report = run(manifest(folder, *rows), capsys)
    lines = [line for line in report.splitlines() if re.search(r" [2-5]: ", line)]
    assert code == 0
    assert [line.count("[") for line in lines] == [0, 0, 1, 1]
    assert ("title: " in lines[2], "file: " in lines[3]) == (True, True)
    assert OfficialDocumentPage.objects.count() == 1


def test_a_pdf_of_scans_with_a_signature_is_warned_of(
    portal: Portal,
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A text with a sentence about it: part of the pages cannot be read."""
    read = ReadText(TextState.TEXT, ("Điều 1", ""), 2, "1 của 2 trang là ảnh")
    monkeypatch.setattr(importing, "text_of", lambda *_args: read)
    assert "[1 của 2 trang là ảnh]" in run(manifest(folder, GOOD), capsys)[1]


def test_what_was_not_read_of_a_manifest_is_said(
    portal: Portal, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = folder / "manifest.csv"
    rows = [[*HEADING[:-1], "abstrakt"], GOOD]
    with path.open("w", encoding="utf-8", newline="") as target:
        csv.writer(target).writerows(rows)
    call_command("import_documents", str(path))
    assert "abstrakt" in capsys.readouterr().err


def test_commas_in_titles_do_not_split_a_manifest(
    portal: Portal, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    title = (
        "Quy định mức thu, chế độ thu, nộp, quản lý, sử dụng phí, lệ phí, tiền, vé, giá, tem, số"
    )
    assert run(manifest(folder, but(title=title), mark=";"), capsys)[0] == 0
    assert OfficialDocumentPage.objects.get().title == title


def test_office_files_are_taken_in_and_found_by_their_words(
    portal: Portal,
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    drain: Callable[[], int],
) -> None:
    (folder / "hoa-giai.docx").write_bytes(office.docx("Tổ hòa giải thôn Khuổi Phát"))
    (folder / "html.docx").write_bytes(b"<html>Khong tim thay</html>")
    rows = [
        but(file="hoa-giai.docx", number="77/BC-STP"),
        but(file="html.docx", number="78/BC-STP"),
    ]
    code, report = run(manifest(folder, *rows), capsys)
    assert code == 1
    assert "78/BC-STP: lỗi: file" in report
    drain()
    assert [hit.number for hit in ask("khuoi phat").hits] == ["77/BC-STP"]


def test_a_second_run_changes_nothing(
    portal: Portal, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = manifest(folder, GOOD, GOOD)
    run(path, capsys)
    code, _report = run(path, capsys)
    assert code == 0
    assert OfficialDocumentPage.objects.count() == PortalDocument.objects.count() == 1


def state() -> list[tuple[str, str, str]]:
    """What a run leaves behind, as far as a reader can tell."""
    return sorted(
        (page.url, page.title, page.files.get().document.file.name)
        for page in OfficialDocumentPage.objects.live()
    )


def test_a_killed_run_is_resumed_to_the_same_result(
    portal: Portal,
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = [but(number=f"{n}/KH-UBND") for n in range(1, 7)]
    path = manifest(folder, *rows)
    create = importing.create_official_document

    def dies_at_the_fourth(*args: Any, **kwargs: Any) -> OfficialDocumentPage:
        assert_not_killed(kwargs["data"]["number_text"])
        return create(*args, **kwargs)

    monkeypatch.setattr(importing, "create_official_document", dies_at_the_fourth)
    with pytest.raises(KilledError):
        run(path, capsys)
    monkeypatch.undo()
    assert OfficialDocumentPage.objects.count() == 3
    assert run(path, capsys)[0] == 0
    resumed = state()
    wipe()
    run(path, capsys)
    assert resumed == state()


def assert_not_killed(number: str) -> None:
    """End the run at the fourth row, after its file has been stored."""
    if number == "4/KH-UBND":
        raise KilledError


def wipe() -> None:
    """Forget all documents and their files."""
    for page in OfficialDocumentPage.objects.all():
        page.delete()
    for document in PortalDocument.objects.all():
        default_storage.delete(document.file.name)
        document.delete()


def test_an_overlong_title_is_cut_and_kept_as_the_abstract(
    portal: Portal, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    title = "Kế hoạch rất dài " * 30
    run(manifest(folder, but(title=title, abstract="")), capsys)
    page = OfficialDocumentPage.objects.get()
    assert len(page.title) <= 255
    assert page.abstract == title.strip()


def test_without_a_list_page_the_command_says_so(folder: Path, db: Any) -> None:
    with pytest.raises(CommandError):
        call_command("import_documents", str(manifest(folder, GOOD)))
