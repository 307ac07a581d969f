"""Reading PDFs: every bad file ends in a state and a sentence, never in an exception."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest

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
