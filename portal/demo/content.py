"""The texts of the demo as typed values; read without Django, so that they are easy to check."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from dataclasses import field as given
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parent / "data"


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
    expires_on: str = ""
    state: str = ""
    note: str = ""
    scanned: bool = False
    replaces: list[str] = given(default_factory=list)
    based_on: list[str] = given(default_factory=list)

    def day(self, today: date) -> date:
        """The date of issue, relative to the seeding day unless it is a real one."""
        if self.issued_on:
            return date.fromisoformat(self.issued_on)
        return today - timedelta(days=self.days_ago or 0)


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

    def moment(self, today: date, zone: Any) -> datetime:
        """Date and time of publication."""
        day = date.fromisoformat(self.on) if self.on else today - timedelta(days=self.days_ago or 0)
        return datetime.combine(day, clock_time.fromisoformat(self.time), zone)


def documents() -> list[DemoDocument]:
    """All official documents; a document without its own note has the common one."""
    raw = _load("documents")
    return [DemoDocument(**{"note": raw["note"], **item}) for item in raw["document"]]


def articles() -> list[DemoArticle]:
    """All articles."""
    return [DemoArticle(**item) for item in _load("articles")["article"]]


def site() -> dict[str, Any]:
    """Home page, services, sections, issuers, pages, notices."""
    return _load("site")


def blocks(text: str) -> list[dict[str, Any]]:
    """`# ` heading, `* ` list, `| a | b |` table, `---` new page, anything else a paragraph."""
    found: list[dict[str, Any]] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        if line == "---":
            found.append({"kind": "break"})
        elif line.startswith("# "):
            found.append({"kind": "heading", "text": line[2:]})
        elif line.startswith("* "):
            _into(found, "list", "items").append(line[2:])
        elif line.startswith("|"):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            table = found[-1] if found and found[-1]["kind"] == "table" else None
            if table is None:
                found.append({"kind": "table", "columns": cells, "rows": []})
            else:
                table["rows"].append(cells)
        else:
            found.append({"kind": "paragraph", "text": line})
    return found


def _into(found: list[dict[str, Any]], kind: str, name: str) -> list[str]:
    if not found or found[-1]["kind"] != kind:
        found.append({"kind": kind, name: []})
    items: list[str] = found[-1][name]
    return items
