"""Reading PDFs: every bad file ends in a state and a sentence, never in an exception."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    RectangleObject,
)

from portal.jobs import clock
from search import files
from search.files import TextState, read_file
from search.models import FileText
from tests import pdfs


def _file(folder: Path, content: bytes) -> Path:
    path = folder / "tep.pdf"
    path.write_bytes(content)
    return path


def test_each_page_is_read_in_nfc(tmp_path: Path) -> None:
    text = read_file(_file(tmp_path, pdfs.text_pdf("Kế hoạch số 167", "Chỉ tiêu 31.369 người")))
    assert text.state == TextState.TEXT
    assert text.page_count == 2
    assert "Kế hoạch số 167" in text.pages[0]
    assert "31.369 người" in text.pages[1]


@pytest.mark.parametrize(
    ("content", "state", "word"),
    [
        (b"", TextState.EMPTY, "0 byte"),
        (b"<!doctype html><title>404</title>", TextState.NOT_PDF, "PDF"),
        (pdfs.truncated_pdf("Thông báo"), TextState.DAMAGED, "hỏng"),
        (pdfs.locked_pdf("Thông báo"), TextState.LOCKED, "mật khẩu"),
        (pdfs.scanned_pdf("Thông báo quét"), TextState.SCANNED, "lớp chữ"),
    ],
    ids=["empty", "html", "truncated", "locked", "scanned"],
)
def test_a_bad_file_is_a_state_with_a_sentence(
    tmp_path: Path, content: bytes, state: TextState, word: str
) -> None:
    text = read_file(_file(tmp_path, content))
    assert text.state == state
    assert word in text.sentence


def _changed(content: bytes, change: Callable[[PageObject], None]) -> bytes:
    """The PDF with something done to each of its pages."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    for page in writer.pages:
        change(page)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _drawn(*lines: str) -> bytes:
    """A page whose lines are bytes of WinAnsi, as old word processors wrote them."""
    shown = b" Tj T* ".join(
        b"(%s)" % line.encode("latin-1").replace(b"(", b"\\(").replace(b")", b"\\)")
        for line in lines
    )
    stream = DecodedStreamObject()
    stream.set_data(b"BT /F1 12 Tf 14 TL 50 800 Td " + shown + b" Tj ET")
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Times-Roman"),
            NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
        }
    )
    writer = PdfWriter()
    page = writer.add_blank_page(595, 842)
    page[NameObject("/Contents")] = writer._add_object(stream)
    fonts = DictionaryObject({NameObject("/F1"): font})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize("turn", [90, 45, -450, 180, 0])
def test_the_text_of_a_turned_page_is_read_whole(tmp_path: Path, turn: int) -> None:
    """Printers turn the box of a page and leave its text where it was, outside of the box."""

    def lay_down(page: PageObject) -> None:
        page[NameObject("/Rotate")] = NumberObject(turn)
        page.mediabox = RectangleObject((0, 0, 842, 595))
        page.cropbox = RectangleObject((0, 0, 842, 595))

    lines = [f"dòng {number} hf{number}q" for number in range(60)]
    content = _changed(_drawn(*(line.replace("ò", "o") for line in lines)), lay_down)
    text = read_file(_file(tmp_path, content))
    assert text.state == TextState.TEXT
    assert [word for word in ("hf0q", "hf2q", "hf30q", "hf50q") if word not in text.pages[0]] == []


def test_a_hyphen_at_the_end_of_a_line_stays_one(tmp_path: Path) -> None:
    """A symbol broken behind its hyphen is found and shown as it is printed."""
    text = read_file(_file(tmp_path, _drawn("theo van ban 167/KH-", "UBND cua tinh Tuyen Quang")))
    assert "167/KH-UBND" in text.pages[0]
    assert not [sign for sign in text.pages[0] if sign in "\x02\ufffe"]


OLD = (
    "QuyÕt ®Þnh vÒ viÖc phª duyÖt danh môc c«ng tr×nh thñy lîi Nµ Låm",
    "C¨n cø LuËt Tæ chøc chÝnh quyÒn ®Þa ph\xad¬ng ngµy 16 th¸ng 6 n¨m 2003; Th«ng t\xad",
    "sè 11 cña Bé tr\xadëng Bé T\xad ph¸p",
)


def test_an_old_font_is_read_with_all_its_letters(tmp_path: Path) -> None:
    text = read_file(_file(tmp_path, _drawn(*OLD)))
    for words in ("thủy lợi Nà Lồm", "địa phương ngày", "Thông tư số 11 của Bộ trưởng Bộ Tư pháp"):
        assert words in text.pages[0]


def _with_scans(signature: bytes, count: int) -> bytes:
    """A page and behind it pages that are pictures; the first is laid over a picture too."""
    scans = PdfReader(io.BytesIO(pdfs.scanned_pdf(*["Trang quét"] * count)))
    writer = PdfWriter(clone_from=scans)
    writer.pages[0].merge_page(PdfReader(io.BytesIO(signature)).pages[0])
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_scans_with_a_line_of_signature_are_scans(tmp_path: Path) -> None:
    signature = pdfs.text_pdf("Người ký: Ủy ban nhân dân tỉnh Tuyên Quang, ngày 23/09/2024")
    text = read_file(_file(tmp_path, _with_scans(signature, 5)))
    assert (text.state, text.page_count) == (TextState.SCANNED, 5)
    assert text.sentence
    assert "Người ký" in text.pages[0]


def test_scanned_pages_behind_a_text_are_counted_in_a_sentence(tmp_path: Path) -> None:
    content = _with_scans(pdfs.text_pdf("Điều khoản thi hành của quyết định này. " * 20), 3)
    text = read_file(_file(tmp_path, content))
    assert text.state == TextState.TEXT
    assert "2" in text.sentence
    assert "3" in text.sentence


def test_letters_without_names_never_come_out_as_signs(tmp_path: Path) -> None:
    """A font that names no letters gives the numbers of its shapes: U+0001 and so on."""

    def forget(page: PageObject) -> None:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            font.get_object().pop("/ToUnicode", None)

    words = "Quyết định phê duyệt danh mục công trình thủy lợi của tỉnh Tuyên Quang"
    text = read_file(_file(tmp_path, _changed(pdfs.text_pdf(words, words), forget)))
    assert text.state == TextState.SCANNED
    assert text.sentence
    assert [sign for page in text.pages for sign in page if ord(sign) < 32 and sign != "\n"] == []


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert read_file(tmp_path / "khong-co.pdf").state == TextState.FAILED


def test_two_thousand_pages_are_read_up_to_the_limit(tmp_path: Path) -> None:
    text = read_file(_file(tmp_path, pdfs.long_pdf(2000)))
    assert text.state == TextState.TOO_LARGE
    assert (len(text.pages), text.page_count) == (1000, 2000)
    assert "2000" in text.sentence


def test_a_file_over_the_size_is_not_opened(tmp_path: Path, settings: Any) -> None:
    settings.SEARCH_FILE_BYTES = 1024
    assert read_file(_file(tmp_path, pdfs.text_pdf("Dài"))).state == TextState.TOO_LARGE


@pytest.mark.django_db
def test_the_same_bytes_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    content = pdfs.text_pdf("Đọc một lần là đủ cho mọi lần sau")
    digest = files.digest_of(io.BytesIO(content))
    first = files.text_of(digest, lambda: io.BytesIO(content))
    monkeypatch.setattr(files, "read_file", lambda *_asked, **_more: pytest.fail("read again"))
    assert files.text_of(digest, lambda: io.BytesIO(content)) == first
    assert "Đọc một lần" in first.pages[0]


WORDS = "Kế hoạch trồng mận chín sớm của xã Tân Trào năm 2026"
Opened = Callable[[], io.BytesIO]


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """How often a file was read: a path for each time."""
    paths: list[Path] = []
    real = files.read_file

    def read(path: Any, kind: str, *, scans: bool) -> files.ReadText:
        paths.append(Path(path))
        return real(path, kind, scans=scans)

    monkeypatch.setattr(files, "read_file", read)
    return paths


def _kept(**values: Any) -> tuple[str, Opened]:
    """A reading in the database, of a file that reads well."""
    content = pdfs.text_pdf(WORDS)
    digest = files.digest_of(io.BytesIO(content))
    defaults = {"reader": files.READER, "state": "scanned", "page_count": 1, "pages": ["x"]}
    FileText.objects.create(digest=digest, **{"read_at": clock.now(), **defaults, **values})
    return digest, lambda: io.BytesIO(content)


@pytest.mark.django_db
def test_notes_of_an_older_reading_are_not_told_and_the_file_counts_as_unread() -> None:
    """The bug: `facts_of` and `kept_pages` took what any reader had read, for ever."""
    digest, opened = _kept(reader=files.READER - 1)
    assert files.facts_of([digest]) == {}
    assert files.kept_pages(digest) == ()
    assert files.unread([digest]) == {digest}
    assert files.text_of(digest, opened).state == TextState.TEXT
    assert files.facts_of([digest])[digest].state == TextState.TEXT
    assert WORDS in files.kept_pages(digest)[0]
    assert files.unread([digest]) == set()


@pytest.mark.django_db
@pytest.mark.parametrize(("hours", "again"), [(23, False), (25, True)])
def test_a_reading_that_ran_out_of_time_is_tried_again_after_a_day(
    counted: list[Path], hours: int, again: bool
) -> None:
    """The bug: a machine that was busy once kept a file out of search for ever."""
    digest, opened = _kept(
        state=TextState.INTERRUPTED, read_at=clock.now() - timedelta(hours=hours)
    )
    expected = TextState.TEXT if again else TextState.INTERRUPTED
    assert files.unread([digest]) == ({digest} if again else set())
    assert files.text_of(digest, opened).state == expected
    assert len(counted) == again


@pytest.mark.django_db
@pytest.mark.parametrize("state", [TextState.TOO_LARGE, TextState.DAMAGED, TextState.LOCKED])
def test_a_lasting_failure_is_not_tried_again(counted: list[Path], state: TextState) -> None:
    """A PDF over the limit of pages would take its seconds every day."""
    digest, opened = _kept(state=state, read_at=clock.now() - timedelta(days=9))
    assert files.text_of(digest, opened).state == state
    assert files.unread([digest]) == set()
    assert files.drop_stale() == []
    assert counted == []


@pytest.mark.django_db
def test_a_file_that_was_not_there_is_read_when_it_is() -> None:
    """The bug: nothing was written down, so that no night looked at the file again."""
    content = pdfs.text_pdf(WORDS)
    digest = files.digest_of(io.BytesIO(content))

    def gone() -> io.BytesIO:
        raise FileNotFoundError("tep.pdf")

    first = files.text_of(digest, gone)
    assert (first.state, bool(first.sentence)) == (TextState.FAILED, True)
    assert files.unread([digest]) == set()
    assert files.drop_stale() == []
    with clock.frozen(clock.now() + timedelta(days=1)):
        assert files.drop_stale() == [digest]
    assert files.text_of(digest, lambda: io.BytesIO(content)).state == TextState.TEXT


def test_a_limit_of_time_is_no_lasting_state(tmp_path: Path, settings: Any) -> None:
    settings.SEARCH_FILE_SECONDS = 0.01
    text = read_file(_file(tmp_path, pdfs.text_pdf(WORDS)))
    assert text.state == TextState.INTERRUPTED
    assert text.sentence


@pytest.mark.django_db
def test_some_failures_wait_for_another_night(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "FAILURES_A_NIGHT", 1)
    monkeypatch.setattr(files, "BATCH", 1)
    days = {"a" * 64: 2, "b" * 64: 3}
    for digest, ago in days.items():
        moment = clock.now() - timedelta(days=ago)
        FileText.objects.create(
            digest=digest, reader=files.READER, state=TextState.FAILED, read_at=moment
        )
    for letter in "cd":
        FileText.objects.create(
            digest=letter * 64, reader=files.READER - 1, state=TextState.TEXT, read_at=clock.now()
        )
    assert sorted(files.drop_stale()) == ["b" * 64, "c" * 64, "d" * 64]
    assert list(FileText.objects.values_list("digest", flat=True)) == ["a" * 64]


LONG = (
    "Ủy ban nhân dân tỉnh ban hành kế hoạch thu thập thông tin về người lao động trên địa bàn các "
    "xã, phường; rà soát từng hộ gia đình, lập danh sách người thất nghiệp, người đang tìm việc, "
    "nhu cầu học nghề; báo cáo kết quả trước ngày cuối tháng để Sở Nội vụ tổng hợp, kiểm tra"
)


def test_a_page_of_wrong_letters_is_told_and_not_kept(tmp_path: Path) -> None:
    """A font may name other letters than it draws; nobody would look for them."""
    broken = LONG.translate(str.maketrans("aeiouyhgntcmldb", "xqzwkjtbcpfrvsg"))
    text = read_file(_file(tmp_path, pdfs.text_pdf(LONG, broken, LONG)))
    assert text.state == TextState.TEXT
    assert [bool(page) for page in text.pages] == [True, False, True]
    assert "1" in text.sentence
    assert "3" in text.sentence
