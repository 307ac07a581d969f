"""The text of files, read once by a limited child; never an exception, always a state.

A text is kept under the SHA-256 of the file's bytes: the same file twice is read once, and a
replaced file is read again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.files.temp import NamedTemporaryFile
from django.utils.translation import gettext as _

from portal.jobs import clock
from portal.jobs.limited import LimitedResult, run_limited
from search.models import FileText
from search.text import nfc, repair_legacy

READER = 1
LETTERS_FOR_A_TEXT_LAYER = 20


class TextState(StrEnum):
    """What is known of a file's text."""

    TEXT = "text"
    SCANNED = "scanned"
    LOCKED = "locked"
    DAMAGED = "damaged"
    TOO_LARGE = "too_large"
    NOT_PDF = "not_pdf"
    EMPTY = "empty"
    FAILED = "failed"


BROKEN = frozenset({TextState.DAMAGED, TextState.NOT_PDF, TextState.EMPTY})


@dataclass(frozen=True, slots=True)
class PdfText:
    """`pages[i]` is the text of page i + 1 in NFC; `sentence` says to people what is wrong."""

    state: TextState
    pages: tuple[str, ...] = ()
    page_count: int = 0
    sentence: str = ""


def read_pdf(path: str | Path) -> PdfText:
    """Read a PDF within the limits of the settings (seconds, memory, pages, bytes)."""
    path = Path(path)
    try:
        size = path.stat().st_size
        head = path.open("rb").read(1024)
    except OSError as error:
        return PdfText(TextState.FAILED, sentence=_("The file cannot be opened: %s") % error)
    if not size:
        return PdfText(TextState.EMPTY, sentence=_("The file is empty (0 bytes)."))
    if b"%PDF-" not in head:
        return PdfText(TextState.NOT_PDF, sentence=_("The file is not a PDF."))
    if size > settings.SEARCH_FILE_BYTES:
        sentence = _("The file is larger than %(most)s MB; its text is not read.")
        most = settings.SEARCH_FILE_BYTES // (1024 * 1024)
        return PdfText(TextState.TOO_LARGE, sentence=sentence % {"most": most})
    return _judge(_read(path))


def text_of(digest: str, open_file: Callable[[], IO[bytes]]) -> PdfText:
    """The text of a stored file, from the database when these bytes were read before."""
    kept = FileText.objects.filter(digest=digest, reader=READER).first()
    if kept is None:
        with NamedTemporaryFile(suffix=".pdf") as copy, open_file() as source:
            while chunk := source.read(1024 * 1024):
                copy.write(chunk)
            copy.flush()
            return _keep(digest, read_pdf(copy.name))
    return PdfText(TextState(kept.state), tuple(kept.pages), kept.page_count, kept.sentence)


def page_counts(digests: Iterable[str]) -> dict[str, int]:
    """How many pages each file has, as far as its text was read; one query."""
    found = FileText.objects.filter(digest__in=list(digests), page_count__gt=0)
    return dict(found.values_list("digest", "page_count"))


def digest_of(source: IO[bytes]) -> str:
    """SHA-256 of a file's bytes."""
    digest = hashlib.sha256()
    while chunk := source.read(1024 * 1024):
        digest.update(chunk)
    return digest.hexdigest()


def _keep(digest: str, text: PdfText) -> PdfText:
    FileText.objects.update_or_create(
        digest=digest,
        defaults={
            "reader": READER,
            "state": text.state,
            "page_count": text.page_count,
            "sentence": text.sentence[:300],
            "pages": list(text.pages),
            "read_at": clock.now(),
        },
    )
    return text


def _read(path: Path) -> LimitedResult:
    return run_limited(
        "search.pdf_child.read",
        {"path": str(path.resolve()), "pages": settings.SEARCH_FILE_PAGES},
        seconds=settings.SEARCH_FILE_SECONDS,
        memory_mb=settings.SEARCH_FILE_MEMORY_MB,
    )


def _clean(text: str) -> str:
    repaired, _encoding = repair_legacy(nfc(text.replace("\r\n", "\n").replace("\x00", " ")))
    return nfc(repaired)


def _judge(result: LimitedResult) -> PdfText:
    items: list[dict[str, Any]] = list(result.items)
    first = items[0] if items else {}
    if first.get("problem") == "locked":
        return PdfText(TextState.LOCKED, sentence=_("The PDF is locked by a password."))
    if first.get("problem") == "damaged":
        return PdfText(TextState.DAMAGED, sentence=_("The PDF is damaged and cannot be opened."))
    pages = tuple(_clean(item["text"]) for item in items if "page" in item)
    count = int(first.get("count", 0))
    if not result.ok:
        sentence = _("Reading the PDF went over a limit of time or memory.")
        return PdfText(TextState.TOO_LARGE, pages, count, sentence)
    if count > len(pages):
        sentence = _("Only the first %(read)s of %(all)s pages were read.")
        words = sentence % {"read": len(pages), "all": count}
        return PdfText(TextState.TOO_LARGE, pages, count, words)
    if sum(map(str.isalnum, "".join(pages))) < LETTERS_FOR_A_TEXT_LAYER:
        return PdfText(TextState.SCANNED, pages, count, _("The PDF has no text layer."))
    return PdfText(TextState.TEXT, pages, count)
