"""Scanned pages become text by tesseract; where it fails, a scan stays a scan and says why."""

from __future__ import annotations

import io
import random
import time
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter

from portal.jobs import clock
from search import files, recognition
from search.files import ReadText, TextState, read_file
from search.models import FileText
from search.reading import Left
from tests import pdfs

WORDS = "Kế hoạch trồng mận chín sớm của xã Tân Trào, huyện Sơn Dương năm nay."
LAYER = "Điều khoản thi hành của quyết định. " * 10


def read(folder: Path, content: bytes) -> ReadText:
    path = folder / "quet.pdf"
    path.write_bytes(content)
    return read_file(path)


def joined(*parts: bytes) -> bytes:
    """One PDF of several."""
    writer = PdfWriter()
    for part in parts:
        writer.append(PdfReader(io.BytesIO(part)))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def blurred(text: str) -> bytes:
    """A bad scan: small, turned a little, with spots all over it."""
    clean = pdfs.pictures_of(text)[0]
    small = clean.resize((clean.width * 2 // 5, clean.height * 2 // 5)).resize(clean.size)
    dice = random.Random(7)
    for _spot in range(60_000):
        spot = (dice.randrange(clean.width), dice.randrange(clean.height // 3))
        small.putpixel(spot, dice.randrange(256))
    return pdfs.picture_pdf([small.rotate(1.5, fillcolor=255)])


def test_a_scan_is_read_page_by_page(tmp_path: Path, recognising: None) -> None:
    """Only pages without letters of their own are drawn."""
    content = joined(pdfs.text_pdf(LAYER), pdfs.scanned_pdf(WORDS))
    text = read(tmp_path, content)
    assert (text.state, list(text.confidence)) == (TextState.TEXT, [2])
    assert text.confidence[2] > 80
    assert "xã Tân Trào, huyện Sơn Dương" in " ".join(text.pages[1].split())
    assert " ".join(text.pages[0].split()) == LAYER.strip()
    assert "1" in text.sentence
    assert text.left == Left.NOTHING


def test_a_whole_scan_is_recognised_up_to_the_limit(
    tmp_path: Path, settings: Any, recognising: None
) -> None:
    settings.SEARCH_OCR_PAGES = 1
    text = read(tmp_path, pdfs.scanned_pdf(WORDS, WORDS))
    assert (text.state, list(text.confidence), text.page_count) == (TextState.RECOGNISED, [1], 2)
    assert text.pages[1] == ""
    assert "1" in text.sentence


def test_letters_without_names_are_recognised_from_what_they_draw(
    tmp_path: Path, recognising: None
) -> None:
    broken = PdfWriter(clone_from=PdfReader(io.BytesIO(pdfs.text_pdf(WORDS * 3))))
    for font in broken.pages[0]["/Resources"]["/Font"].values():  # type: ignore[index]
        font.get_object().pop("/ToUnicode", None)
    out = io.BytesIO()
    broken.write(out)
    text = read(tmp_path, out.getvalue())
    assert text.state == TextState.RECOGNISED
    assert "mận chín sớm" in " ".join(text.pages[0].split())


def test_a_picture_without_words_stays_without(tmp_path: Path, recognising: None) -> None:
    text = read(tmp_path, pdfs.picture_pdf([Image.new("L", (900, 1200), 200)]))
    assert (text.state, text.confidence, text.left) == (TextState.SCANNED, {}, Left.NOTHING)


def test_a_bad_scan_is_less_sure_than_a_good_one(tmp_path: Path, recognising: None) -> None:
    good, bad = read(tmp_path, pdfs.scanned_pdf(WORDS)), read(tmp_path, blurred(WORDS))
    assert good.confidence[1] > 80
    assert bad.confidence.get(1, 0) < good.confidence[1]


def program(folder: Path, body: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Another program of that name, first on the path; it writes down its number."""
    found = folder / "bin" / recognition.PROGRAM
    found.parent.mkdir()
    found.write_text(f"#!/bin/sh\necho $$ >> {folder}/numbers\n{body}\n")
    found.chmod(0o755)
    monkeypatch.setenv("PATH", f"{found.parent}:/usr/bin:/bin")
    monkeypatch.setattr(recognition, "available", lambda: True)
    return folder / "numbers"


def alive(numbers: Path) -> list[str]:
    """Of the programs that were started, those that run still; a moment is theirs to die in."""
    for _try in range(20):
        left = [
            number
            for number in numbers.read_text().split()
            if (status := Path(f"/proc/{number}/status")).exists()
            and "State:\tZ" not in status.read_text()
        ]
        if not left:
            return []
        time.sleep(0.1)
    return left


@pytest.mark.parametrize(
    ("body", "starts"),
    [
        ("exec sleep 60", 2),
        ('sleep 60 & echo $! >> "$(dirname $0)/../numbers"\nwait', 4),
        ("kill -SEGV $$", 2),
        ("exit 1", 2),
    ],
    ids=["hangs", "hangs-in-a-child", "dies", "fails"],
)
def test_a_program_that_fails_is_told_and_leaves_nothing_running(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch, body: str, starts: int
) -> None:
    """Of five scanned pages two are tried: the third would fail as well."""
    settings.SEARCH_OCR_PAGE_SECONDS = 1
    numbers = program(tmp_path, body, monkeypatch)
    text = read(tmp_path, pdfs.scanned_pdf(*["Trang quét"] * 5))
    assert (text.state, text.page_count, text.left) == (TextState.SCANNED, 5, Left.FAILED)
    assert "nhận dạng" in text.sentence or "text recognition" in text.sentence
    assert len(numbers.read_text().split()) == starts
    assert alive(numbers) == []


def test_a_reading_over_its_time_ends_the_program_too(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The child is killed from outside while its program hangs: both are gone."""
    settings.SEARCH_OCR_SECONDS, settings.SEARCH_OCR_PAGE_SECONDS = 60, 60
    monkeypatch.setattr("search.reading.GRACE_SECONDS", -58)
    numbers = program(tmp_path, "exec sleep 60", monkeypatch)
    text = read(tmp_path, pdfs.scanned_pdf("Trang quét"))
    assert (text.state, text.left) == (TextState.SCANNED, Left.FAILED)
    assert alive(numbers) == []


def test_without_the_program_a_scan_says_that_it_has_no_text_layer(tmp_path: Path) -> None:
    text = read(tmp_path, pdfs.scanned_pdf(WORDS))
    assert (text.state, text.confidence, text.left) == (TextState.SCANNED, {}, Left.MISSING)
    assert "lớp chữ" in text.sentence


@pytest.mark.django_db
def test_scans_wait_for_a_machine_that_recognises_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of a machine without the program at once, those where it failed after a day."""
    for letter, left in (("a", Left.MISSING), ("b", Left.FAILED), ("c", Left.NOTHING)):
        FileText.objects.create(
            digest=letter * 64,
            reader=files.READER,
            state=TextState.SCANNED,
            scans_left=left,
            read_at=clock.now(),
        )
    digests = ["a" * 64, "b" * 64, "c" * 64]
    assert (files.unread(digests), files.drop_stale()) == (set(), [])
    monkeypatch.setattr(recognition, "available", lambda: True)
    assert files.unread(digests) == {"a" * 64}
    assert files.drop_stale() == ["a" * 64]
    with clock.frozen(clock.now() + files.TRY_AGAIN):
        assert files.drop_stale() == ["b" * 64]


ASKED = recognition.available


@pytest.mark.parametrize(("lists", "able"), [("eng\nvie", True), ("eng\nosd", False)])
def test_a_machine_is_asked_for_the_language_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lists: str, able: bool
) -> None:
    program(tmp_path, f"printf '{lists}\n'", monkeypatch)
    assert ASKED.__wrapped__() is able
    monkeypatch.setenv("PATH", str(tmp_path))
    assert ASKED.__wrapped__() is False


def test_the_table_of_the_program_is_read_by_lines_and_weighed_by_letters() -> None:
    table = (
        "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"
        "4\t1\t1\t1\t1\t0\t0\t0\t9\t9\t-1\t\n"
        "5\t1\t1\t1\t1\t1\t0\t0\t9\t9\t90\tmận\n"
        '5\t1\t1\t1\t1\t2\t0\t0\t9\t9\t30\t"\n'
        "5\t1\t1\t1\t2\t1\t0\t0\t9\t9\t50\tchín\n"
        "5\t1\t1\t1\t2\t2\t0\t0\t9\t9\tx\thỏng\n"
    )
    read_out = recognition.read_table(table)
    assert read_out.text == 'mận "\nchín'
    assert read_out.confidence == round((90 * 3 + 30 + 50 * 4) / 8)
