"""What is known of a file's text, and what is refused before any child opens it."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.jobs.archives import OLE, ArchiveRefusedError, Refusal, look_through

LARGEST_UNPACKED = 300 * 1024 * 1024
# The member that tells what an office file is; where it is not there, the file is of another kind.
OFFICE = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "ods": "content.xml"}
READABLE = frozenset({"pdf", *OFFICE})


class TextState(StrEnum):
    """What is known of a file's text."""

    TEXT = "text"
    RECOGNISED = "recognised"
    SCANNED = "scanned"
    LOCKED = "locked"
    DAMAGED = "damaged"
    TOO_LARGE = "too_large"
    INTERRUPTED = "interrupted"
    NOT_PDF = "not_pdf"
    NOT_OFFICE = "not_office"
    EMPTY = "empty"
    WORDLESS = "wordless"
    FAILED = "failed"


LABELS = {
    TextState.TEXT: gettext_lazy("found by its words"),
    TextState.RECOGNISED: gettext_lazy("recognised from a scan"),
    TextState.SCANNED: gettext_lazy("no text layer"),
    TextState.LOCKED: gettext_lazy("locked by a password"),
    TextState.DAMAGED: gettext_lazy("damaged"),
    TextState.TOO_LARGE: gettext_lazy("over a limit"),
    TextState.INTERRUPTED: gettext_lazy("reading broke off"),
    TextState.NOT_PDF: gettext_lazy("no PDF"),
    TextState.NOT_OFFICE: gettext_lazy("not what its name says"),
    TextState.EMPTY: gettext_lazy("empty"),
    TextState.WORDLESS: gettext_lazy("holds no words"),
    TextState.FAILED: gettext_lazy("cannot be opened"),
}

# What another day may mend: a file that was not there, a machine that was busy.
PASSING = frozenset({TextState.FAILED, TextState.INTERRUPTED})
# What reading again may mend, or an editor by another file.
UNFOUND = frozenset(TextState) - {TextState.TEXT, TextState.RECOGNISED}


def refusal(path: Path, kind: str = "pdf") -> tuple[TextState, str] | None:
    """Why a file is not even opened, with a sentence for people; `None` when it may be."""
    try:
        size = path.stat().st_size
        with path.open("rb") as stream:
            head = stream.read(1024)
    except OSError as error:
        return TextState.FAILED, _("The file cannot be opened: %s") % error
    if not size:
        return TextState.EMPTY, _("The file is empty (0 bytes).")
    if kind == "pdf" and b"%PDF-" not in head:
        return TextState.NOT_PDF, _("The file is not a PDF.")
    if size > settings.SEARCH_FILE_BYTES:
        sentence = _("The file is larger than %(most)s MB; its text is not read.")
        most = settings.SEARCH_FILE_BYTES // (1024 * 1024)
        return TextState.TOO_LARGE, sentence % {"most": most}
    return None if kind == "pdf" else _office(path, kind, head)


def _office(path: Path, kind: str, head: bytes) -> tuple[TextState, str] | None:
    """A locked file is wrapped in the form of the old Office, whatever its name."""
    if head.startswith(OLE):
        sentence = _("The file is locked by a password, or of the old Office. Save it anew.")
        return TextState.LOCKED, sentence
    try:
        look_through(path, inside=OFFICE[kind], unpacked=LARGEST_UNPACKED)
    except ArchiveRefusedError as error:
        return _refused(error.refusal)
    return None


def _refused(why: Refusal) -> tuple[TextState, str]:
    told = {
        Refusal.TOO_LARGE: (
            TextState.TOO_LARGE,
            _("The file unpacks to far more than its size; its text is not read."),
        ),
        Refusal.FOREIGN: (TextState.NOT_OFFICE, _("The file is of another kind than its name.")),
        Refusal.DECLARATION: (
            TextState.DAMAGED,
            _("The file holds a declaration that no document needs; its text is not read."),
        ),
        Refusal.DAMAGED: (TextState.DAMAGED, _("The file is damaged and cannot be opened.")),
    }
    return told[why]


def note_of(state: TextState, page_count: int, recognised: int = 0) -> str:
    """What a reader and an editor should know of a file's text; empty when all is well.

    `recognised` is how many of its pages were recognised from a scan.
    """
    if state in {TextState.TOO_LARGE, TextState.INTERRUPTED} and page_count:
        return _("only its beginning can be found by its words")
    notes = {
        TextState.TEXT: _("partly recognised from a scan") if recognised else "",
        TextState.RECOGNISED: _("recognised from a scan"),
        TextState.WORDLESS: "",
        TextState.SCANNED: _("a scan, not yet found by its words"),
        TextState.LOCKED: _("locked by a password, not found by its words"),
        TextState.TOO_LARGE: _("too large, not found by its words"),
        TextState.INTERRUPTED: _("too large, not found by its words"),
        TextState.FAILED: _("not read yet, not found by its words"),
    }
    return notes.get(state, _("damaged, it may not open"))
