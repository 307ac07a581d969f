"""Looks through a packed file (XLSX, DOCX, ODS) in a stream before any reader opens it.

A few kilobytes may unpack to what no memory holds, and XML may declare entities that grow while
they are read; both are refused here, whatever sizes the archive states of itself.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import IO

MEMBERS = 500
CHUNK = 1024 * 1024
OVERLAP = 512
OLE = b"\xd0\xcf\x11\xe0"
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_BROKEN = (
    *(zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError, zlib.error),
    UnicodeDecodeError,
)


class Refusal(StrEnum):
    """Why an archive must not be read."""

    DAMAGED = "damaged"
    TOO_LARGE = "too_large"
    FOREIGN = "foreign"
    DECLARATION = "declaration"


class ArchiveRefusedError(Exception):
    """The archive must not be read; `refusal` says why, the caller says it in words."""

    def __init__(self, refusal: Refusal) -> None:
        self.refusal = refusal
        super().__init__(str(refusal))


def look_through(
    path: Path, *, inside: str, unpacked: int, look: Callable[[bytes], None] | None = None
) -> None:
    """Unpack every member but pictures piece by piece, at most `unpacked` bytes in all.

    `inside` is the member that tells the kind of file. `look` sees each piece behind the end of
    the one before, so that what lies across two of them is seen. Raises `ArchiveRefusedError`.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            _members(archive, inside, unpacked, look)
    except _BROKEN as error:
        raise ArchiveRefusedError(Refusal.DAMAGED) from error


def _members(
    archive: zipfile.ZipFile, inside: str, left: int, look: Callable[[bytes], None] | None
) -> None:
    members = archive.infolist()
    if len(members) > MEMBERS or sum(member.file_size for member in members) > left:
        raise ArchiveRefusedError(Refusal.TOO_LARGE)
    if inside not in {member.filename for member in members}:
        raise ArchiveRefusedError(Refusal.FOREIGN)
    for member in members:
        if "/media/" not in member.filename or member.filename.endswith((".xml", ".rels")):
            with archive.open(member) as stream:
                left -= _member(stream, left, look)


def _member(stream: IO[bytes], left: int, look: Callable[[bytes], None] | None) -> int:
    tail, total = b"", 0
    while piece := stream.read(CHUNK):
        total += len(piece)
        if total > left:
            raise ArchiveRefusedError(Refusal.TOO_LARGE)
        text = tail + piece
        if _DECLARATION.search(text):
            raise ArchiveRefusedError(Refusal.DECLARATION)
        if look:
            look(text)
        tail = text[-OVERLAP:]
    return total
