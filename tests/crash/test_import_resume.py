"""`import_documents` of sixty files, killed half-way."""

from __future__ import annotations

import csv
import re
from itertools import islice
from pathlib import Path

import pytest

from tests.crash.conftest import Places
from tests.pdfs import text_pdf

COUNT, TEXTS = 60, 10
HEADINGS = ("file", "number", "type", "issuer", "issued_on", "title", "abstract")
TITLES = [f"Kế hoạch mùa vụ thứ {number}" for number in range(1, COUNT + 1)]
FOUND = {title: [title] for title in TITLES[:: COUNT // 20]}


@pytest.fixture
def manifest(tmp_path: Path) -> Path:
    """Sixty documents of one issuer that is not known yet, some of one and the same text."""
    texts = [text_pdf(f"Nội dung thứ {number} của trang này") for number in range(TEXTS)]
    rows = [_row(tmp_path, number, texts[number % TEXTS]) for number in range(1, COUNT + 1)]
    path = tmp_path / "manifest.csv"
    with path.open("w", encoding="utf-8", newline="") as target:
        csv.writer(target).writerows([HEADINGS, *rows])
    return path


def _row(folder: Path, number: int, content: bytes) -> tuple[str, ...]:
    name = f"van-ban-{number}.pdf"
    (folder / name).write_bytes(content)
    issuer = "Ủy ban nhân dân xã Tân Trào"
    return (name, f"{number}/KH-UBND", "", issuer, "2024-09-23", TITLES[number - 1], "")


def _numbers(report: str) -> list[int]:
    """How many were taken in, were there already, failed: the last line of the report."""
    return [int(number) for number in re.findall(r"\d+", report.splitlines()[-1])]


@pytest.mark.once
def test_an_import_killed_half_way_and_resumed_is_as_if_nothing_had_happened(
    places: Places, migrated: str, manifest: Path
) -> None:
    whole = places(migrated)
    whole.run("-m", "tests.crash.inventory", "--plant")
    broken = places(whole.database)
    command = ("manage.py", "import_documents", str(manifest))
    undisturbed, killed = whole.begin(*command), broken.begin(*command)
    assert killed.stdout
    assert len(list(islice(killed.stdout, COUNT // 2))) == COUNT // 2
    killed.kill()
    killed.communicate()
    taken, kept, failed = _numbers(broken.run(*command))
    assert (taken + kept, failed, kept - COUNT // 2 in (0, 1)) == (COUNT, 0, True)
    assert _numbers(undisturbed.communicate()[0]) == [COUNT, 0, 0]
    stock = broken.stock(*FOUND)
    assert {title: hits[:1] for title, hits in stock["found"].items()} == FOUND
    assert stock["indexed"]["official_document"] == COUNT
    assert stock == whole.stock(*FOUND)
