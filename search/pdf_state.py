"""What is known of a PDF, and what is refused before any child opens it."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _


class TextState(StrEnum):
    """What is known of a file's text."""

    TEXT = "text"
    SCANNED = "scanned"
    LOCKED = "locked"
    DAMAGED = "damaged"
    TOO_LARGE = "too_large"
    INTERRUPTED = "interrupted"
    NOT_PDF = "not_pdf"
    EMPTY = "empty"
    FAILED = "failed"


# What another day may mend: a file that was not there, a machine that was busy.
PASSING = frozenset({TextState.FAILED, TextState.INTERRUPTED})


def refusal(path: Path) -> tuple[TextState, str] | None:
    """Why a file is not even opened, with a sentence for people; `None` when it may be."""
    try:
        size = path.stat().st_size
        head = path.open("rb").read(1024)
    except OSError as error:
        return TextState.FAILED, _("The file cannot be opened: %s") % error
    if not size:
        return TextState.EMPTY, _("The file is empty (0 bytes).")
    if b"%PDF-" not in head:
        return TextState.NOT_PDF, _("The file is not a PDF.")
    if size > settings.SEARCH_FILE_BYTES:
        sentence = _("The file is larger than %(most)s MB; its text is not read.")
        most = settings.SEARCH_FILE_BYTES // (1024 * 1024)
        return TextState.TOO_LARGE, sentence % {"most": most}
    return None


def note_of(state: TextState, page_count: int) -> str:
    """What a reader and an editor should know of a file's text; empty when all is well."""
    if state in {TextState.TOO_LARGE, TextState.INTERRUPTED} and page_count:
        return _("only its beginning can be found by its words")
    notes = {
        TextState.SCANNED: _("a scan, not yet found by its words"),
        TextState.LOCKED: _("locked by a password, not found by its words"),
        TextState.TOO_LARGE: _("too large, not found by its words"),
        TextState.INTERRUPTED: _("too large, not found by its words"),
        TextState.FAILED: _("not read yet, not found by its words"),
    }
    damaged = _("damaged, it may not open")
    return "" if state is TextState.TEXT else notes.get(state, damaged)
