"""The texts of the demo as typed values; read without Django, so that they are easy to check."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from dataclasses import field as given
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parent / "data"
MARKS = {"#": "heading", "##": "heading", "~": "basis", ">": "centred"}
HEADING_LEVELS = {"#": {"level": 2}, "##": {"level": 3}}
LISTS = {"*": False, "+": True}
Told = Callable[[Any], Any]


def _load(name: str) -> dict[str, Any]:
    with (DATA / f"{name}.toml").open("rb") as source:
        return tomllib.load(source)


@dataclass(frozen=True, slots=True)
class DemoDocument:
    """An official document of the demo; `text` is in the small markup of `blocks()`."""

    number: str
    type: str
    issuer: str
    field: str
    title: str
    abstract: str
    text: str
    signer: str
    post: str
    days_ago: int | None = None
    issued_on: str = ""
    effective_in: int = 0
    expires_in: int | None = None
    state: str = ""
    note: str = ""
    scanned: bool = False
    only_here: bool = False
    replaces: list[str] = given(default_factory=list)
    based_on: list[str] = given(default_factory=list)
    recipients: list[str] = given(default_factory=list)
    period: list[int] = given(default_factory=list)
    targets: list[list[str]] = given(default_factory=list)

    def day(self, today: date) -> date:
        """The date of issue, relative to the seeding day unless it is a real one."""
        if self.issued_on:
            return date.fromisoformat(self.issued_on)
        return today - timedelta(days=self.days_ago or 0)

    def effective_on(self, today: date) -> date:
        """The first day of effect."""
        return self.day(today) + timedelta(days=self.effective_in)

    def within(self, today: date) -> tuple[date | None, date | None]:
        """First and last day of carrying it out, counted from the date of issue."""
        days = [self.day(today) + timedelta(days=days) for days in self.period]
        return (days[0], days[1]) if days else (None, None)

    def expires_on(self, today: date) -> date | None:
        """The last day of effect, when the text names one."""
        if self.expires_in is None:
            return None
        return self.day(today) + timedelta(days=self.expires_in)


@dataclass(frozen=True, slots=True)
class DemoArticle:
    """An article of the demo."""

    section: str
    title: str
    lead: str
    text: str
    time: str
    days_ago: int | None = None
    on: str = ""
    byline: str = ""
    source: str = ""
    picture: int | None = None
    tags: list[str] = given(default_factory=list)
    documents: list[str] = given(default_factory=list)
    attach: str = ""
    only_here: bool = False
    genre: str = "tin"

    def moment(self, today: date, zone: Any) -> datetime:
        """Date and time of publication."""
        day = date.fromisoformat(self.on) if self.on else today - timedelta(days=self.days_ago or 0)
        return datetime.combine(day, clock_time.fromisoformat(self.time), zone)


def documents(told: Told | None = None) -> list[DemoDocument]:
    """All official documents; a document without its own note has the common one.

    `told` puts in the names of another province, where what is true of this one is left out.
    """
    raw = _load("documents")
    return [
        DemoDocument(**{"note": raw["note"], **item}) for item in _retold(raw["document"], told)
    ]


def articles(told: Told | None = None) -> list[DemoArticle]:
    """All articles; `told` as above."""
    return [DemoArticle(**item) for item in _retold(_load("articles")["article"], told)]


def _retold(items: list[dict[str, Any]], told: Told | None) -> list[dict[str, Any]]:
    if told is None:
        return items
    return [told(item) for item in items if not item.get("only_here")]


def components(told: Told | None = None) -> dict[str, Any]:
    """The sites of units, with their pages and editors; `told` as above."""
    raw = _load("components")
    retold: dict[str, Any] = raw if told is None else told(raw)
    return retold


def moment(day: date, time: str, zone: Any) -> datetime:
    """A day and an hour of the demo's data."""
    return datetime.combine(day, clock_time.fromisoformat(time), zone)


def demo_mark() -> str:
    """The sentence below every article and notice that says what they are."""
    mark: str = _load("articles")["mark"]
    return mark


def site(told: Told | None = None) -> dict[str, Any]:
    """Home pages, services, sections, issuers, pages, notices; `told` as above."""
    raw = _load("site")
    for page in raw["page"]:
        elsewhere = page.pop("text_elsewhere", page["text"])
        page["text"] = page["text"] if told is None else elsewhere
    retold: dict[str, Any] = raw if told is None else told(raw)
    return retold


def organisation(told: Told | None = None) -> dict[str, Any]:
    """Units, leaders, weeks, guides, the portal's own pages; `told` as above.

    What the portal says of the province's land and past is true of that province alone.
    """
    raw = _load("organisation")
    retold: dict[str, Any] = raw if told is None else told({**raw, "about": []})
    return retold


def blocks(text: str) -> list[dict[str, Any]]:
    """Headings, lists, tables and paragraphs of a text, one line each.

    `# ` and `## ` headings, `* ` list, `+ ` lettered list, `| a | b |` table (its first row names
    the columns; `|: 1 | 5` before it gives their widths), `~ ` legal basis, `> ` centred line,
    `=== Phụ lục I | Tên` opens an annex, anything else is a paragraph.
    """
    found: list[dict[str, Any]] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        mark, _space, rest = line.partition(" ")
        if mark in MARKS:
            found.append({"kind": MARKS[mark], "text": rest} | HEADING_LEVELS.get(mark, {}))
        elif mark in LISTS:
            _into_list(found, rest, ordered=LISTS[mark])
        elif mark == "===":
            label, _bar, title = rest.partition(" | ")
            found.append({"kind": "annex", "label": label, "title": title})
        elif line.startswith("|"):
            _into_table(found, line)
        else:
            found.append({"kind": "paragraph", "text": line})
    return found


def with_annexes(found: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The blocks before the signature, and the annexes behind it with their own blocks."""
    main: list[dict[str, Any]] = []
    annexes: list[dict[str, Any]] = []
    for block in found:
        if block["kind"] == "annex":
            annexes.append({"label": block["label"], "title": block["title"], "blocks": []})
        else:
            (annexes[-1]["blocks"] if annexes else main).append(block)
    return main, annexes


def _into_list(found: list[dict[str, Any]], entry: str, *, ordered: bool) -> None:
    last = found[-1] if found else {}
    if last.get("kind") != "list" or last["ordered"] != ordered:
        last = {"kind": "list", "ordered": ordered, "items": []}
        found.append(last)
    last["items"].append(entry)


def _into_table(found: list[dict[str, Any]], line: str) -> None:
    if line.startswith("|:"):
        widths = [int(share) for share in line[2:].split("|")]
        found.append({"kind": "table", "widths": widths, "columns": [], "rows": []})
        return
    cells = [cell.strip() for cell in line[1:].removesuffix("|").split("|")]
    if not found or found[-1]["kind"] != "table":
        found.append({"kind": "table", "widths": [1] * len(cells), "columns": [], "rows": []})
    table = found[-1]
    if table["columns"]:
        table["rows"].append(cells)
    else:
        table["columns"] = cells
