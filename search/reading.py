"""Reads one file by a limited child and judges what came out: always a state, no exception."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from portal.jobs.limited import LimitedResult, run_limited
from search.page_text import letters_in
from search.text_state import OFFICE, TextState, refusal

LETTERS_FOR_A_TEXT_LAYER = 20
GRACE_SECONDS = 5


class Left(StrEnum):
    """Whether scanned pages are still to be recognised; failed means of none of them."""

    NOTHING = ""
    WAITING = "waiting"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class ReadText:
    """`pages[i]` is the text of page i + 1 in NFC; `sentence` says to people what is wrong.

    The text of an office file comes in parts, and its `page_count` is 0. `confidence` holds, by
    number, the pages that were recognised from a scan, each with 0 to 100.
    """

    state: TextState
    pages: tuple[str, ...] = ()
    page_count: int = 0
    sentence: str = ""
    confidence: Mapping[int, int] = field(default_factory=dict)
    left: Left = Left.NOTHING


def read_file(path: str | Path, kind: str = "pdf", *, scans: bool = False) -> ReadText:
    """Read a file within the limits of the settings (seconds, memory, pages, bytes).

    With `scans` its scanned pages are recognised too, which takes seconds for each.
    """
    path = Path(path)
    refused = refusal(path, kind)
    if refused:
        state, sentence = refused
        return ReadText(state, sentence=sentence)
    return _office(path, kind) if kind in OFFICE else _pdf(path, scans=scans)


def _pdf(path: Path, *, scans: bool) -> ReadText:
    payload = {"path": str(path.resolve()), "pages": settings.SEARCH_FILE_PAGES}
    result = _limited("search.pdf_child.read", payload, settings.SEARCH_FILE_SECONDS)
    items: list[dict[str, Any]] = list(result.items)
    first = items[0] if items else {}
    if first.get("problem") == "locked":
        return ReadText(TextState.LOCKED, sentence=_("The PDF is locked by a password."))
    if first.get("problem") == "damaged":
        return ReadText(TextState.DAMAGED, sentence=_("The PDF is damaged and cannot be opened."))
    pages = [item for item in items if "page" in item]
    if not result.ok:
        sentence = _("Reading the PDF went over a limit of time or memory.")
        return _Pages(pages, int(first.get("count", 0))).read(TextState.INTERRUPTED, sentence)
    bare = [item["page"] for item in pages if item["picture"] or item["lost"] or item["bare"]]
    found = _recognised(path, bare) if scans and bare else _Scans(waiting=bool(bare))
    return _Pages(pages, int(first["count"]), found).judged()


def _limited(target: str, payload: dict[str, Any], seconds: float) -> LimitedResult:
    memory = settings.SEARCH_FILE_MEMORY_MB
    return run_limited(target, payload, seconds=seconds, memory_mb=memory)


@dataclass(frozen=True, slots=True)
class _Scans:
    """What became of the pages that have no letters of their own; `found` by their number."""

    found: Mapping[int, dict[str, Any]] = field(default_factory=dict)
    asked: int = 0
    failed: bool = False
    waiting: bool = False


def _recognised(path: Path, wanted: list[int]) -> _Scans:
    """Have the pages without letters recognised, by a child with limits of its own."""
    seconds = settings.SEARCH_OCR_SECONDS
    payload = {
        "path": str(path.resolve()),
        "pages": wanted[: settings.SEARCH_OCR_PAGES],
        "seconds": seconds,
        "page_seconds": settings.SEARCH_OCR_PAGE_SECONDS,
    }
    result = _limited("search.scan_child.read", payload, seconds + GRACE_SECONDS)
    found = {item["recognised"]: item for item in result.items if "recognised" in item}
    failed = not result.ok or any("failed" in item for item in result.items)
    return _Scans(found, len(wanted), failed=failed)


class _Pages:
    """The pages as the child read them, with what was recognised of those that are pictures."""

    def __init__(
        self, items: list[dict[str, Any]], count: int, scans: _Scans | None = None
    ) -> None:
        self.count, self.scans = count, scans or _Scans()
        self.layer = [str(item["text"]) for item in items]
        self.lost = [bool(item["lost"]) for item in items]
        self.poor = [bool(item["lost"] or item["picture"]) for item in items]
        found = {number: str(scan["text"]) for number, scan in self.scans.found.items()}
        self.confidence = {
            number: int(self.scans.found[number]["confidence"])
            for number, text in found.items()
            if text
        }
        self.pages = tuple(
            "\n".join(part for part in (text, found.get(number, "")) if part)
            for number, text in enumerate(self.layer, start=1)
        )

    def read(self, state: TextState, sentence: str = "") -> ReadText:
        """This reading with a state, and all that an editor should know."""
        told = " ".join(part for part in (sentence, *self._of_scans()) if part)
        return ReadText(state, self.pages, self.count, told, self.confidence, self._left())

    def judged(self) -> ReadText:
        """A signature's line on a scan makes no text, and one scanned annex is worth a word."""
        if self.count > len(self.pages):
            sentence = _("Only the first %(read)s of %(all)s pages were read.")
            words = sentence % {"read": len(self.pages), "all": self.count}
            return self.read(TextState.TOO_LARGE, words)
        letters = letters_in("".join(self.layer))
        bare = letters < LETTERS_FOR_A_TEXT_LAYER
        if bare or (self.count and sum(self.poor) >= self.count):
            return self._scanned(fonts=bare and any(self.lost))
        unread = sum(self._unread())
        if unread:
            sentence = _("%(poor)s of %(all)s pages are pictures or have no readable letters.")
            return self.read(TextState.TEXT, sentence % {"poor": unread, "all": self.count})
        return self.read(TextState.TEXT)

    def _scanned(self, *, fonts: bool) -> ReadText:
        if self.confidence:
            return self.read(TextState.RECOGNISED)
        if fonts:
            sentence = _(
                "The PDF's fonts do not say which letters they draw, so it cannot be read."
            )
            return self.read(TextState.SCANNED, sentence)
        return self.read(TextState.SCANNED, _("The PDF has no text layer."))

    def _unread(self) -> list[bool]:
        """Of each page: whether it is a picture of which no letter is known."""
        return [
            poor and number not in self.confidence for number, poor in enumerate(self.poor, start=1)
        ]

    def _of_scans(self) -> list[str]:
        """What became of the scanned pages, in sentences for editors."""
        told, done = [], len(self.confidence)
        if done:
            words = _("%(done)s of %(all)s pages were recognised from a scan.")
            told.append(words % {"done": done, "all": self.count})
        if self.scans.failed:
            told.append(_("The program for text recognition failed or took too long."))
        elif len(self.scans.found) < self.scans.asked:
            words = _("Only the first %(done)s scanned pages were recognised (limit reached).")
            told.append(words % {"done": len(self.scans.found)})
        return told

    def _left(self) -> Left:
        if self.scans.waiting:
            return Left.WAITING
        return Left.FAILED if self.scans.failed and not self.scans.found else Left.NOTHING


def _office(path: Path, kind: str) -> ReadText:
    payload = {"path": str(path.resolve()), "kind": kind, "parts": settings.SEARCH_FILE_PAGES}
    result = _limited("search.office_child.read", payload, settings.SEARCH_FILE_SECONDS)
    parts = tuple(str(item["text"]) for item in result.items if "part" in item)
    if result.reason == "timeout":
        sentence = _("Reading the file went over the limit of time.")
        return ReadText(TextState.INTERRUPTED, parts, sentence=sentence)
    if result.reason == "memory":
        sentence = _("Reading the file went over the limit of memory.")
        return ReadText(TextState.TOO_LARGE, parts, sentence=sentence)
    if not result.ok:
        sentence = _("The file is damaged and cannot be opened.")
        return ReadText(TextState.DAMAGED, sentence=sentence)
    if not parts:
        return ReadText(TextState.WORDLESS, sentence=_("The file holds no words."))
    if any("left" in item for item in result.items):
        sentence = _("Only the beginning of the file was read (limit reached).")
        return ReadText(TextState.TEXT, parts, sentence=sentence)
    return ReadText(TextState.TEXT, parts)
