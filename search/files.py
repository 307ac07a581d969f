"""Text and page images of files, made by a limited child; never an exception, always a state.

A text is kept under the SHA-256 of the file's bytes: the same file twice is read once, and a
replaced file is read again. What an older reader read counts as unread, and a failure that may
pass is tried again after a day. Page images are made in `search.page_images`.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.files.temp import NamedTemporaryFile
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from portal.jobs import clock
from portal.jobs.limited import LimitedResult, run_limited
from search.legacy import is_gibberish
from search.models import FileText
from search.page_images import FIRST_PAGES, PageImage, PictureState, Size, page_image
from search.pdf_state import PASSING, TextState, note_of, refusal
from search.text import nfc, repair_legacy

__all__ = [
    "BROKEN",
    "FIRST_PAGES",
    "FileFacts",
    "PageImage",
    "PdfText",
    "PictureState",
    "Size",
    "TextState",
    "digest_of",
    "drop_stale",
    "facts_of",
    "kept_pages",
    "page_image",
    "read_pdf",
    "text_of",
    "unread",
]

READER = 3
TRY_AGAIN = timedelta(days=1)
FAILURES_A_NIGHT = 50
BATCH = 500
LETTERS_FOR_A_TEXT_LAYER = 20
STRANGE_SIGNS, STRANGE_SHARE = 5, 0.03
_LINE_HYPHEN = re.compile("(?<=\\w)\ufffe(?=\\w)")

BROKEN = frozenset({TextState.DAMAGED, TextState.NOT_PDF, TextState.EMPTY})


@dataclass(frozen=True, slots=True)
class PdfText:
    """`pages[i]` is the text of page i + 1 in NFC; `sentence` says to people what is wrong."""

    state: TextState
    pages: tuple[str, ...] = ()
    page_count: int = 0
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What a page says of a file without reading it; `note` is empty when its text is found.

    `sentence` is for editors: it tells of single pages too.
    """

    state: TextState
    page_count: int
    sentence: str = ""

    @property
    def note(self) -> str:
        """The state of the text in words."""
        return note_of(self.state, self.page_count)


def read_pdf(path: str | Path) -> PdfText:
    """Read a PDF within the limits of the settings (seconds, memory, pages, bytes)."""
    path = Path(path)
    refused = refusal(path)
    if refused:
        state, sentence = refused
        return PdfText(state, sentence=sentence)
    return _judge(_read(path))


def text_of(digest: str, open_file: Callable[[], IO[bytes]]) -> PdfText:
    """The text of a stored file, from the database when these bytes were read before.

    A file that could not be opened is opened again each time: that costs nothing.
    """
    kept = FileText.objects.filter(digest=digest, reader=READER).first()
    if kept and kept.state != TextState.FAILED and _is_settled(kept.state, kept.read_at):
        return PdfText(TextState(kept.state), tuple(kept.pages), kept.page_count, kept.sentence)
    try:
        with NamedTemporaryFile(suffix=".pdf") as copy, open_file() as source:
            while chunk := source.read(1024 * 1024):
                copy.write(chunk)
            copy.flush()
            text = read_pdf(copy.name)
    except OSError as error:
        text = PdfText(TextState.FAILED, sentence=_("The file cannot be opened: %s") % error)
    return _keep(digest, text)


def facts_of(digests: Iterable[str]) -> dict[str, FileFacts]:
    """State and pages of the files that were read already, by digest; one query, no text."""
    found = _of_this_reader(digests).values_list("digest", "state", "page_count", "sentence")
    return {
        digest: FileFacts(TextState(state), pages, sentence)
        for digest, state, pages, sentence in found
    }


def unread(digests: Iterable[str]) -> set[str]:
    """Those that reading would tell something of: never read by this reader, or failed."""
    asked = set(digests)
    found = _of_this_reader(asked).values_list("digest", "state", "read_at")
    return asked - {digest for digest, state, read_at in found if _is_settled(state, read_at)}


def kept_pages(digest: str) -> tuple[str, ...]:
    """The pages of a text that was read before; empty when it was not, or holds no letters."""
    kept = _of_this_reader([digest]).first()
    return tuple(kept.pages) if kept else ()


def drop_stale() -> list[str]:
    """Forget what an older reader read and failures of yesterday; their digests, to be read again.

    A file may need all of its seconds each time, so that some failures wait for another night.
    """
    old = FileText.objects.exclude(reader=READER)
    late = clock.now() - TRY_AGAIN
    failed = FileText.objects.filter(reader=READER, state__in=PASSING, read_at__lte=late)
    digests = list(old.values_list("digest", flat=True))
    digests += failed.order_by("read_at").values_list("digest", flat=True)[:FAILURES_A_NIGHT]
    for start in range(0, len(digests), BATCH):
        FileText.objects.filter(digest__in=digests[start : start + BATCH]).delete()
    return digests


def _of_this_reader(digests: Iterable[str]) -> QuerySet[FileText]:
    known = [digest for digest in digests if digest]
    return FileText.objects.filter(digest__in=known, reader=READER)


def _is_settled(state: str, read_at: datetime) -> bool:
    """Whether the reading stands; a failure that may pass does for a day."""
    return state not in PASSING or clock.now() - read_at < TRY_AGAIN


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
    """The text of a page as people read it; nothing of a font whose letters have no names, or
    wrong ones.

    Such a font gives numbers of shapes instead of letters, or other letters: what is left would
    neither be found nor be understood.
    """
    repaired, _encoding = repair_legacy(nfc(text.replace("\r\n", "\n")))
    joined = nfc(_LINE_HYPHEN.sub("-", repaired))
    strange = sum(map(_is_strange, joined))
    if strange >= STRANGE_SIGNS and strange > STRANGE_SHARE * len(joined):
        return ""
    if is_gibberish(joined):
        return ""
    return "".join(" " if _is_strange(sign) else sign for sign in joined) if strange else joined


def _is_strange(sign: str) -> bool:
    return sign == "\ufffd" or (sign not in "\n\t" and unicodedata.category(sign) in {"Cc", "Cn"})


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
        return PdfText(TextState.INTERRUPTED, pages, count, sentence)
    if count > len(pages):
        sentence = _("Only the first %(read)s of %(all)s pages were read.")
        words = sentence % {"read": len(pages), "all": count}
        return PdfText(TextState.TOO_LARGE, pages, count, words)
    return _judge_pages(pages, [item for item in items if "page" in item])


def _judge_pages(pages: tuple[str, ...], items: list[dict[str, Any]]) -> PdfText:
    """A signature's line on a scan makes no text, and one scanned annex is worth a word."""
    count = len(pages)
    letters = sum(map(str.isalnum, "".join(pages)))
    lost = [
        bool(item["text"].strip()) and not page for page, item in zip(pages, items, strict=True)
    ]
    poor = sum(gone or bool(item["picture"]) for gone, item in zip(lost, items, strict=True))
    if any(lost) and letters < LETTERS_FOR_A_TEXT_LAYER:
        sentence = _("The PDF's fonts do not say which letters they draw, so it cannot be read.")
        return PdfText(TextState.SCANNED, pages, count, sentence)
    if letters < LETTERS_FOR_A_TEXT_LAYER or (count and poor >= count):
        return PdfText(TextState.SCANNED, pages, count, _("The PDF has no text layer."))
    if poor:
        sentence = _("%(poor)s of %(all)s pages are pictures or have no readable letters.")
        return PdfText(TextState.TEXT, pages, count, sentence % {"poor": poor, "all": count})
    return PdfText(TextState.TEXT, pages, count)
