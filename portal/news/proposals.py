"""What the first pages of a PDF say of an official document, to be offered to its editor.

Documents look as NĐ 30/2020, Phụ lục I lays them out: number and day at the top, then the type in
capitals and the title below it. What is found is shown beside the form and never typed into it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from portal.news.numbers import parse_number, written
from search.text import nfc

MARKS = ("TUYỆT MẬT", "TỐI MẬT", "MẬT", "LƯU HÀNH NỘI BỘ", "XEM XONG TRẢ LẠI")
KINDS = frozenset(
    {
        *("NGHỊ QUYẾT", "QUYẾT ĐỊNH", "CHỈ THỊ", "QUY CHẾ", "QUY ĐỊNH", "THÔNG CÁO", "THÔNG BÁO"),
        *("HƯỚNG DẪN", "CHƯƠNG TRÌNH", "KẾ HOẠCH", "PHƯƠNG ÁN", "ĐỀ ÁN", "DỰ ÁN", "BÁO CÁO"),
        *("TỜ TRÌNH", "CÔNG ĐIỆN", "THÔNG TƯ", "NGHỊ ĐỊNH", "LUẬT"),
    }
)
LONGEST = 600
_NUMBER = re.compile(r"^Số\s*:?\s*(?P<number>\d{1,5}\s*/\s*\S+)", re.MULTILINE)
_DAY = re.compile(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})")
_SUBJECT = re.compile(r"^\s*V/v\s*:?\s*(?P<subject>.+)$", re.MULTILINE | re.IGNORECASE)
_FIRST_ARTICLE = re.compile(r"^\s*Điều\s+1\.?\s*(?P<text>.+?)(?=^\s*Điều\s+2)", re.M | re.S)
_AIM = re.compile(r"^\s*(?:\d+\.\s*)?Mục đích\s*$\s*(?P<text>.+?\.)\s*$", re.M | re.S)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What was read; empty where nothing was."""

    number: str = ""
    issued_on: date | None = None
    title: str = ""
    abstract: str = ""
    mark: str = ""


def proposal_of(pages: Sequence[str]) -> Proposal:
    """Number, day, title, a short abstract, and a secrecy mark, from the first pages."""
    text = nfc("\n".join(pages[:2]))
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    title = _title(lines) or _subject(text)
    return Proposal(
        number=_number(text),
        issued_on=_day(text),
        title=title,
        abstract=_abstract(title, text),
        mark=mark_in(pages),
    )


def mark_in(pages: Sequence[str]) -> str:
    """The secrecy or circulation mark on the first page; it stands on a line of its own."""
    for line in nfc(pages[0]).splitlines() if pages else ():
        words = " ".join(line.replace(":", " ").split())
        found = words.removeprefix("Độ mật ").upper() if words.startswith("Độ mật") else words
        if found in MARKS:
            return found
    return ""


def _number(text: str) -> str:
    match = _NUMBER.search(text)
    return written(parse_number(re.sub(r"\s*/\s*", "/", match["number"]))) if match else ""


def _day(text: str) -> date | None:
    match = _DAY.search(text)
    try:
        return date(*(int(part) for part in reversed(match.groups()))) if match else None
    except ValueError:
        return None


def _title(lines: Sequence[str]) -> str:
    """The lines below the type's name: a title that is broken goes on with a small letter."""
    place = next((n for n, line in enumerate(lines) if line in KINDS), None)
    if place is None or place + 1 >= len(lines):
        return ""
    first, rest = lines[place + 1], lines[place + 2 : place + 6]
    if first.endswith((":", ";")):
        return ""
    more = takewhile(lambda line: line[0].islower() or line[0].isdigit(), rest)
    return f"{lines[place].capitalize()} {' '.join([_small(first), *more])}"[:LONGEST]


def _small(text: str) -> str:
    """The beginning of a title behind its type; a name keeps its capital."""
    first, _space, rest = text.partition(" ")
    name = rest[:1].isupper() or first.isupper()
    return text if name else f"{text[:1].lower()}{text[1:]}"


def _subject(text: str) -> str:
    """The subject of an official letter, which has no type's name."""
    match = _SUBJECT.search(text)
    return f"Công văn về việc {match['subject'].strip()}"[:LONGEST] if match else ""


def _abstract(title: str, text: str) -> str:
    """The title, and what the first article or the aim says."""
    match = _FIRST_ARTICLE.search(text) or _AIM.search(text)
    body = " ".join(match["text"].split()) if match else ""
    whole = ". ".join(part.rstrip(".") for part in (title, body) if part)
    return f"{whole}."[:LONGEST] if whole else ""
