"""Small images of the pages of a PDF: drawn on demand by a limited child, kept on disk.

They lie in private storage under the SHA-256 of the file's bytes, so that nobody reaches them but
through an address that asks for the file's rights, and a replaced file has images of its own. What
could not be drawn is written down too: a file that kills its reader does it once a day at most.
The folder holds nothing that cannot be made again, so it is kept below a number of bytes: images
of the files that nobody has looked at for longest go first.
"""

from __future__ import annotations

import base64
import binascii
import fcntl
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum, StrEnum
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.files.storage import storages
from django.core.files.temp import NamedTemporaryFile

from portal.jobs import clock
from portal.jobs.limited import LimitedResult, run_limited
from search.text_state import refusal

FIRST_PAGES = 20
TOGETHER = 4
WIDTH, HEIGHT = 320, 960
WIDE, HIGH = 900, 2700
SECONDS = 15
TRY_AGAIN = 24 * 60 * 60
DRAWER = 1
_DIGEST = re.compile(r"[0-9a-f]{64}")


class Size(Enum):
    """How large an image is at most: to look at beside others, or to read."""

    SMALL = ("", WIDTH, HEIGHT)
    LARGE = ("l", WIDE, HIGH)

    def name_of(self, page: int) -> str:
        """What the files of a page are called."""
        return f"{self.value[0]}{page}"


class PictureState(StrEnum):
    """Whether there is an image, and if not, why."""

    DRAWN = "drawn"
    NO_PAGE = "no_page"
    LOCKED = "locked"
    DAMAGED = "damaged"
    REFUSED = "refused"
    TOO_LARGE = "too_large"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class PageImage:
    """One page as a WebP file that fits its size; `path` only when it is drawn."""

    state: PictureState
    path: Path | None = None


def page_image(
    digest: str, open_file: Callable[[], IO[bytes]], page: int, size: Size = Size.SMALL
) -> PageImage:
    """The image of one of the first pages of a stored file, made now if nobody asked before."""
    if not (_DIGEST.fullmatch(digest) and 1 <= page <= FIRST_PAGES):
        return PageImage(PictureState.NO_PAGE)
    try:
        folder = _folder(digest)
        with _alone(folder):
            return _kept(folder, page, size) or _drawn(folder, open_file, page, size)
    except OSError:
        return PageImage(PictureState.FAILED)


def prune(most: int | None = None) -> int:
    """Remove the images of the files looked at longest ago until all take `most` bytes.

    Returns how many files lost theirs. Whoever asks for one at this moment gets no image once.
    """
    folders = [(_last_used(folder), _bytes_in(folder), folder) for folder in _root().glob("??/*")]
    left = sum(size for _used, size, _folder in folders)
    limit = settings.SEARCH_PAGE_IMAGES_BYTES if most is None else most
    removed = 0
    for _used, size, folder in sorted(folders):
        if left <= limit:
            break
        with _alone(folder):
            shutil.rmtree(folder, ignore_errors=True)
        left, removed = left - size, removed + 1
    return removed


def _last_used(folder: Path) -> float:
    lock = folder / "lock"
    return lock.stat().st_mtime if lock.exists() else 0.0


def _bytes_in(folder: Path) -> int:
    return sum(entry.stat().st_size for entry in os.scandir(folder) if entry.is_file())


def _root() -> Path:
    return Path(storages["private"].path("page-images"))


def _folder(digest: str) -> Path:
    folder = _root() / f"{digest[:2]}/{digest}-{DRAWER}"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """A page of thumbnails asks four times at once: one draws, the others find the images."""
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        os.utime(lock.fileno())  # when the images were last asked for
        yield


def _kept(folder: Path, page: int, size: Size) -> PageImage | None:
    image = folder / f"{size.name_of(page)}.webp"
    if image.exists():
        return PageImage(PictureState.DRAWN, image)
    note = folder / f"{size.name_of(page)}.state"
    if note.exists() and clock.now().timestamp() - note.stat().st_mtime < TRY_AGAIN:
        return PageImage(PictureState(note.read_text()))
    return None


def _drawn(folder: Path, open_file: Callable[[], IO[bytes]], page: int, size: Size) -> PageImage:
    """Draw the page and its neighbours; each gets an image or a note."""
    first = (page - 1) // TOGETHER * TOGETHER + 1
    pages = range(first, first + TOGETHER)
    with NamedTemporaryFile(suffix=".pdf") as copy, open_file() as source:
        while chunk := source.read(1024 * 1024):
            copy.write(chunk)
        copy.flush()
        missing = _draw(folder, Path(copy.name), pages, size)
    for name in map(size.name_of, pages):
        if not (folder / f"{name}.webp").exists():
            (folder / f"{name}.state").write_text(missing)
    return _kept(folder, page, size) or PageImage(PictureState.FAILED)


def _draw(folder: Path, path: Path, pages: range, size: Size) -> PictureState:
    """Write what the child draws; the state of the pages that it does not draw."""
    if refusal(path):
        return PictureState.REFUSED
    payload = {
        "path": str(path.resolve()),
        "first": pages.start,
        "last": pages.stop - 1,
        "width": size.value[1],
        "height": size.value[2],
    }
    result = run_limited(
        "search.pdf_child.draw", payload, seconds=SECONDS, memory_mb=settings.SEARCH_FILE_MEMORY_MB
    )
    for item in result.items:
        _save(folder, item, size)
    return _state_of(result)


def _save(folder: Path, item: dict[str, Any], size: Size) -> None:
    """Put an image in place at once; a name is trusted only as a number."""
    try:
        content = base64.b64decode(item["image"], validate=True)
        name = size.name_of(int(item["page"]))
    except (KeyError, ValueError, binascii.Error):
        return
    unfinished = folder / f"{name}.new"
    unfinished.write_bytes(content)
    unfinished.replace(folder / f"{name}.webp")


def _state_of(result: LimitedResult) -> PictureState:
    problem = result.items[0].get("problem") if result.items else None
    if problem:
        return PictureState.LOCKED if problem == "locked" else PictureState.DAMAGED
    if result.reason in {"timeout", "memory"}:
        return PictureState.TOO_LARGE
    return PictureState.NO_PAGE if result.ok else PictureState.FAILED
