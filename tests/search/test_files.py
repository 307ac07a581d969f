"""Reading PDFs: every bad file ends in a state and a sentence, never in an exception."""

from __future__ import annotations

import io
from collections.abc import Callable
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

from search import files
from search.files import TextState, read_pdf
from tests import pdfs


def _file(folder: Path, content: bytes) -> Path:
    path = folder / "tep.pdf"
    path.write_bytes(content)
    return path


def test_each_page_is_read_in_nfc(tmp_path: Path) -> None:
    text = read_pdf(_file(tmp_path, pdfs.text_pdf("Kế hoạch số 167", "Chỉ tiêu 31.369 người")))
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
    text = read_pdf(_file(tmp_path, content))
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
    text = read_pdf(_file(tmp_path, content))
    assert text.state == TextState.TEXT
    assert [word for word in ("hf0q", "hf2q", "hf30q", "hf50q") if word not in text.pages[0]] == []


def test_a_hyphen_at_the_end_of_a_line_stays_one(tmp_path: Path) -> None:
    """A symbol broken behind its hyphen is found and shown as it is printed."""
    text = read_pdf(_file(tmp_path, _drawn("theo van ban 167/KH-", "UBND cua tinh Tuyen Quang")))
    assert "167/KH-UBND" in text.pages[0]
    assert not [sign for sign in text.pages[0] if sign in "\x02\ufffe"]


OLD = (
    "QuyÕt ®Þnh vÒ viÖc phª duyÖt danh môc c«ng tr×nh thñy lîi Nµ Låm",
    "C¨n cø LuËt Tæ chøc chÝnh quyÒn ®Þa ph\xad¬ng ngµy 16 th¸ng 6 n¨m 2003; Th«ng t\xad",
    "sè 11 cña Bé tr\xadëng Bé T\xad ph¸p",
)


def test_an_old_font_is_read_with_all_its_letters(tmp_path: Path) -> None:
    text = read_pdf(_file(tmp_path, _drawn(*OLD)))
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
    text = read_pdf(_file(tmp_path, _with_scans(signature, 5)))
    assert (text.state, text.page_count) == (TextState.SCANNED, 5)
    assert text.sentence
    assert "Người ký" in text.pages[0]


def test_scanned_pages_behind_a_text_are_counted_in_a_sentence(tmp_path: Path) -> None:
    content = _with_scans(pdfs.text_pdf("Điều khoản thi hành của quyết định này. " * 20), 3)
    text = read_pdf(_file(tmp_path, content))
    assert text.state == TextState.TEXT
    assert "2" in text.sentence
    assert "3" in text.sentence


def test_letters_without_names_never_come_out_as_signs(tmp_path: Path) -> None:
    """A font that names no letters gives the numbers of its shapes: U+0001 and so on."""

    def forget(page: PageObject) -> None:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            font.get_object().pop("/ToUnicode", None)

    words = "Quyết định phê duyệt danh mục công trình thủy lợi của tỉnh Tuyên Quang"
    text = read_pdf(_file(tmp_path, _changed(pdfs.text_pdf(words, words), forget)))
    assert text.state == TextState.SCANNED
    assert text.sentence
    assert [sign for page in text.pages for sign in page if ord(sign) < 32 and sign != "\n"] == []


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert read_pdf(tmp_path / "khong-co.pdf").state == TextState.FAILED


def test_two_thousand_pages_are_read_up_to_the_limit(tmp_path: Path) -> None:
    text = read_pdf(_file(tmp_path, pdfs.long_pdf(2000)))
    assert text.state == TextState.TOO_LARGE
    assert (len(text.pages), text.page_count) == (1000, 2000)
    assert "2000" in text.sentence


def test_a_file_over_the_size_is_not_opened(tmp_path: Path, settings: Any) -> None:
    settings.SEARCH_FILE_BYTES = 1024
    assert read_pdf(_file(tmp_path, pdfs.text_pdf("Dài"))).state == TextState.TOO_LARGE


@pytest.mark.django_db
def test_the_same_bytes_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    content = pdfs.text_pdf("Đọc một lần là đủ cho mọi lần sau")
    digest = files.digest_of(io.BytesIO(content))
    first = files.text_of(digest, lambda: io.BytesIO(content))
    monkeypatch.setattr(files, "read_pdf", lambda _path: pytest.fail("read again"))
    assert files.text_of(digest, lambda: io.BytesIO(content)) == first
    assert "Đọc một lần" in first.pages[0]
