"""Files that come with a question: what is taken, and what is made of it before it is kept."""

from __future__ import annotations

import base64
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from tempfile import NamedTemporaryFile
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy

from portal.dialogue.errors import DialogueError
from portal.dialogue.throttle import spend
from portal.jobs.limited import run_limited

MOST_FILES = 3
MOST_MB = 5
MOST_PAGES = 100
MOST_PIXELS = 50_000_000
SIDE = 3000
SECONDS, MEMORY_MB = 20, 1024
LONGEST_NAME = 120
MOST_LOOKS = 12  # files looked into for one network address in a quarter of an hour
CHILD = "portal.dialogue.questions.file_child.examine"

PROBLEMS = {
    "kind": gettext_lazy("“%(name)s” is neither a PDF nor a JPEG or PNG picture."),
    "damaged": gettext_lazy("“%(name)s” is damaged and cannot be opened."),
    "locked": gettext_lazy("“%(name)s” is locked by a password."),
    "long": gettext_lazy("“%(name)s” has more than %(pages)s pages."),
    "active": gettext_lazy("“%(name)s” holds a program or other files; send it without them."),
    "pixels": gettext_lazy("“%(name)s” has too many pixels; send a smaller picture."),
}


class FileRefusedError(DialogueError):
    """A file is not taken; the sentence names it."""

    sentence = gettext_lazy("A file cannot be taken in.")


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file as it is kept: `kind` is pdf, jpeg or png, whatever the name says."""

    kind: str
    name: str
    content: bytes


def look_into(uploads: Sequence[UploadedFile[Any]], address: str) -> tuple[SentFile, ...]:
    """The files in the shape in which they are kept, each read by a process with limits.

    Raises `FileRefusedError`, and `TooManyError` for an address that has sent very many.
    """
    found = []
    for upload in uploads:
        with transaction.atomic():
            spend("file-look", address, MOST_LOOKS)
        found.append(_seen(upload))
    return tuple(found)


def clean_name(name: str) -> str:
    """As people call it; no signs that turn the order of letters or end a line."""
    plain = unicodedata.normalize("NFC", name.rpartition("/")[2])
    kept = "".join(sign for sign in plain if unicodedata.category(sign)[0] != "C").strip()
    return kept[-LONGEST_NAME:] or "?"


def _seen(upload: UploadedFile[Any]) -> SentFile:
    name = clean_name(upload.name or "")
    with NamedTemporaryFile() as kept:
        for chunk in upload.chunks():
            kept.write(chunk)
        kept.flush()
        payload = {"path": kept.name, "pages": MOST_PAGES, "pixels": MOST_PIXELS, "side": SIDE}
        result = run_limited(CHILD, payload, seconds=SECONDS, memory_mb=MEMORY_MB)
        said: dict[str, Any] = result.items[0] if result.ok and result.items else {}
        problem = said.get("problem") or ("" if "kind" in said else "damaged")
        if problem:
            raise FileRefusedError(str(PROBLEMS[problem]) % {"name": name, "pages": MOST_PAGES})
        kept.seek(0)
        content = base64.b64decode(said["image"]) if "image" in said else kept.read()
    return SentFile(said["kind"], name, content)
