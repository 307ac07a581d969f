"""Scanned pages become text by tesseract; where it fails, a scan stays a scan and says why."""

from __future__ import annotations

import io
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import gettext as _
from PIL import Image
from pypdf import PdfReader, PdfWriter

from portal.jobs import clock
from search import files, recognition, scans
from search.files import ReadText, TextState, read_file
from search.models import FileText, OutboxRow
from search.reading import Left
from tests import pdfs

WORDS = "Kế hoạch trồng mận chín sớm của xã Tân Trào, huyện Sơn Dương năm nay."
LAYER = "Điều khoản thi hành của quyết định. " * 10


def read(folder: Path, content: bytes) -> ReadText:
    path = folder / "quet.pdf"
    path.write_bytes(content)
    return read_file(path, scans=True)


def joined(*parts: bytes) -> bytes:
    """One PDF of several."""
    writer = PdfWriter()
    for part in parts:
        writer.append(PdfReader(io.BytesIO(part)))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def blurred(text: str) -> bytes:
    """A bad scan: small and turned a little."""
    clean = pdfs.pictures_of(text)[0]
    clean = clean.crop((0, 0, clean.width, clean.height // 5))
    small = clean.resize((clean.width * 2 // 5, clean.height * 2 // 5)).resize(clean.size)
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
    assert bad.confidence[1] < good.confidence[1] - 20


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
    assert _("The program for text recognition failed or took too long.") in text.sentence
    assert len(numbers.read_text().split()) == starts
    assert alive(numbers) == []


def test_the_limit_of_the_whole_file_is_said_as_a_limit(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise a long scan would be tried again each day."""
    settings.SEARCH_OCR_SECONDS, settings.SEARCH_OCR_PAGE_SECONDS = 1, 20
    numbers = program(tmp_path, "exec sleep 60", monkeypatch)
    text = read(tmp_path, pdfs.scanned_pdf("Trang quét", "Trang quét"))
    assert (text.left, len(numbers.read_text().split())) == (Left.NOTHING, 1)
    words = _("Only the first %(done)s scanned pages were recognised (limit reached).")
    assert words % {"done": 0} in text.sentence


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


def test_a_scan_that_waits_says_that_it_has_no_text_layer(tmp_path: Path) -> None:
    path = tmp_path / "quet.pdf"
    path.write_bytes(pdfs.scanned_pdf(WORDS))
    text = read_file(path)
    assert (text.state, text.confidence, text.left) == (TextState.SCANNED, {}, Left.WAITING)
    assert "lớp chữ" in text.sentence


@pytest.fixture
def queue(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """Files by digest with what was recognised; a machine that has the program."""
    read: dict[str, list[str]] = {"read": []}
    monkeypatch.setattr(recognition, "available", lambda: True)
    monkeypatch.setattr(scans, "_sources", [lambda digest: [(("file", digest[0]), io.BytesIO)]])

    def recognise(digest: str, _opened: object) -> None:
        read["read"].append(digest[0])
        FileText.objects.filter(digest=digest).update(scans_left=Left.NOTHING)

    monkeypatch.setattr(files, "recognise", recognise)
    for number, (letter, left) in enumerate(
        [("a", Left.NOTHING), ("b", Left.FAILED), ("c", Left.WAITING), ("d", Left.WAITING)]
    ):
        FileText.objects.create(
            digest=letter * 64,
            reader=files.READER,
            state=TextState.SCANNED,
            scans_left=left,
            read_at=clock.now() - timedelta(minutes=number),
        )
    return read


@pytest.mark.django_db
def test_scans_are_recognised_one_at_a_time_those_that_wait_for_longest_first(
    queue: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What failed is tried again after a day; what is due for the index goes first."""
    assert (scans.recognise_one(), queue["read"]) == (1, ["d"])
    assert OutboxRow.objects.get().key == "d"
    assert (scans.recognise_one(), queue["read"]) == (0, ["d"])
    OutboxRow.objects.all().delete()
    assert (scans.recognise_one(), queue["read"]) == (1, ["d", "c"])
    OutboxRow.objects.all().delete()
    assert scans.recognise_one() == 0
    with clock.frozen(clock.now() + scans.TRY_AGAIN):
        assert (scans.recognise_one(), queue["read"]) == (1, ["d", "c", "b"])
        OutboxRow.objects.all().delete()
        assert scans.recognise_one() == 0


@pytest.mark.django_db
def test_scans_wait_for_a_worker_that_has_the_program(
    queue: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recognition, "available", lambda: False)
    assert (scans.recognise_one(), queue["read"]) == (0, [])
    assert FileText.objects.filter(scans_left=Left.WAITING).count() == 2


@pytest.mark.django_db
def test_a_scan_whose_worker_was_killed_comes_again_behind_the_others(
    queue: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(_digest: str, _opened: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as context:
        context.setattr(files, "recognise", killed)
        with pytest.raises(KeyboardInterrupt):
            scans.recognise_one()
    for _turn in range(2):
        assert scans.recognise_one() == 1
        OutboxRow.objects.all().delete()
    assert queue["read"] == ["c", "d"]


@pytest.mark.django_db
def test_a_scan_of_a_file_that_is_gone_waits_no_longer(
    queue: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scans, "_sources", [])
    assert [scans.recognise_one() for _turn in range(3)] == [1, 1, 0]
    assert queue["read"] == []


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
