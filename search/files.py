"""Texts of files as they are kept, and page images; never an exception, always a state.

A text is kept under the SHA-256 of the file's bytes: the same file twice is read once, and a
replaced file is read again. What an older reader read counts as unread, and a failure that may
pass is tried again after a day. Reading itself stands in `search.reading`, the recognition of
scans in `search.scans`, page images in `search.page_images`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import IO

from django.core.files.temp import NamedTemporaryFile
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from portal.jobs import clock
from search.models import FileText
from search.page_images import FIRST_PAGES, PageImage, PictureState, Size, page_image
from search.reading import Left, ReadText, read_file
from search.text_state import LABELS, PASSING, READABLE, UNFOUND, TextState, note_of

__all__ = [
    "BROKEN",
    "FIRST_PAGES",
    "LABELS",
    "READABLE",
    "UNFOUND",
    "FileFacts",
    "PageImage",
    "PictureState",
    "ReadText",
    "Size",
    "TextState",
    "digest_of",
    "drop_stale",
    "facts_of",
    "forget",
    "kept_pages",
    "page_image",
    "read_file",
    "recognise",
    "state_column",
    "text_of",
    "unread",
]

READER = 4
TRY_AGAIN = timedelta(days=1)
FAILURES_A_NIGHT = 50
BATCH = 500

BROKEN = frozenset({TextState.DAMAGED, TextState.NOT_PDF, TextState.NOT_OFFICE, TextState.EMPTY})


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What a page says of a file without reading it; `note` is empty when its text is found.

    `sentence` is for editors: it tells of single pages too. `recognised` pages came from a scan,
    with `confidence` 0 to 100 in the mean; with `waits` others are still to be recognised.
    """

    state: TextState
    page_count: int
    sentence: str = ""
    recognised: int = 0
    confidence: int = 0
    read_at: datetime | None = None
    waits: bool = False

    @property
    def note(self) -> str:
        """The state of the text in words."""
        return note_of(self.state, self.page_count, self.recognised)

    @property
    def found(self) -> bool:
        """Whether all that can be read of it is found by its words."""
        return self.state not in UNFOUND


def text_of(digest: str, open_file: Callable[[], IO[bytes]], kind: str = "pdf") -> ReadText:
    """The text of a stored file, from the database when these bytes were read before.

    `kind` is its ending, one of `READABLE`. A file that could not be opened is opened again each
    time: that costs nothing.
    """
    kept = FileText.objects.filter(digest=digest, reader=READER).first()
    if kept and kept.state != TextState.FAILED and _is_settled(kept):
        return _as_kept(kept)
    return _keep(digest, _read(open_file, kind))


def recognise(digest: str, open_file: Callable[[], IO[bytes]]) -> ReadText:
    """Read a stored PDF anew, its scanned pages too."""
    return _keep(digest, _read(open_file, "pdf", scans=True))


def _read(open_file: Callable[[], IO[bytes]], kind: str, *, scans: bool = False) -> ReadText:
    try:
        with NamedTemporaryFile(suffix=f".{kind}") as copy, open_file() as source:
            while chunk := source.read(1024 * 1024):
                copy.write(chunk)
            copy.flush()
            return read_file(copy.name, kind, scans=scans)
    except OSError as error:
        return ReadText(TextState.FAILED, sentence=_("The file cannot be opened: %s") % error)


def _as_kept(kept: FileText) -> ReadText:
    return ReadText(
        TextState(kept.state),
        tuple(kept.pages),
        kept.page_count,
        kept.sentence,
        {int(number): confidence for number, confidence in kept.confidence.items()},
        Left(kept.scans_left),
    )


def facts_of(digests: Iterable[str]) -> dict[str, FileFacts]:
    """State and pages of the files that were read already, by digest; one query, no text."""
    return {kept.digest: _facts(kept) for kept in _of_this_reader(digests).defer("pages")}


def _facts(kept: FileText) -> FileFacts:
    sure = kept.confidence.values()
    mean = round(sum(sure) / len(sure)) if sure else 0
    state, count = TextState(kept.state), kept.page_count
    waits = kept.scans_left == Left.WAITING
    return FileFacts(state, count, kept.sentence, len(sure), mean, kept.read_at, waits)


def state_column() -> Subquery:
    """The state of the text beside rows that have a `digest`; null where it was not read."""
    found = FileText.objects.filter(reader=READER, digest=OuterRef("digest"))
    return Subquery(found.values("state")[:1])


def unread(digests: Iterable[str]) -> set[str]:
    """Those that reading would tell something of: never read by this reader, or failed."""
    asked = set(digests)
    found = _of_this_reader(asked).defer("pages")
    return asked - {kept.digest for kept in found if _is_settled(kept)}


def forget(digest: str) -> None:
    """Let a file be read anew, whatever is known of it."""
    FileText.objects.filter(digest=digest).delete()


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


def _is_settled(kept: FileText) -> bool:
    """Whether the reading stands; a failure that may pass does for a day."""
    return kept.state not in PASSING or clock.now() - kept.read_at < TRY_AGAIN


def digest_of(source: IO[bytes]) -> str:
    """SHA-256 of a file's bytes."""
    digest = hashlib.sha256()
    while chunk := source.read(1024 * 1024):
        digest.update(chunk)
    return digest.hexdigest()


def _keep(digest: str, text: ReadText) -> ReadText:
    FileText.objects.update_or_create(
        digest=digest,
        defaults={
            "reader": READER,
            "state": text.state,
            "page_count": text.page_count,
            "sentence": text.sentence[:300],
            "pages": list(text.pages),
            "confidence": {str(number): sure for number, sure in text.confidence.items()},
            "scans_left": text.left,
            "read_at": clock.now(),
        },
    )
    return text
