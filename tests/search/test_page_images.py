"""Small images of pages: drawn once, within limits, and a state where there is none."""

from __future__ import annotations

import io
import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import IO, Any

import pypdfium2 as pdfium
import pytest
from PIL import Image

from search import page_images
from search.files import PageImage, PictureState, digest_of, page_image
from search.page_images import FIRST_PAGES, HEIGHT, WIDTH
from tests import pdfs

pytestmark = pytest.mark.once


def _image(content: bytes, page: int = 1) -> PageImage:
    return page_image(digest_of(io.BytesIO(content)), lambda: io.BytesIO(content), page)


@pytest.fixture
def children(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The children that were started, by their target."""
    started: list[str] = []
    real = page_images.run_limited

    def counted(target: str, payload: Any, **limits: Any) -> Any:
        started.append(target)
        return real(target, payload, **limits)

    monkeypatch.setattr(page_images, "run_limited", counted)
    return started


def _size(image: PageImage) -> tuple[int, int]:
    assert image.path is not None
    with Image.open(image.path) as picture:
        assert picture.format == "WEBP"
        low, _high = picture.convert("L").getextrema()
        assert low < 128  # something is drawn on the white
        return picture.size


def test_a_page_is_drawn_small_and_kept(children: list[str]) -> None:
    content = pdfs.text_pdf("Kế hoạch số 167", "Trang hai")
    first = _image(content)
    assert first.state is PictureState.DRAWN
    assert _size(first)[0] == WIDTH
    assert _image(content, 2).state is PictureState.DRAWN
    assert _image(content) == first
    assert len(children) == 1


def test_a_scan_has_an_image_too() -> None:
    assert _size(_image(pdfs.scanned_pdf("Thông báo quét")))[0] == WIDTH


def test_a_replaced_file_has_an_image_of_its_own(children: list[str]) -> None:
    assert _image(pdfs.text_pdf("Bản cũ")).path != _image(pdfs.text_pdf("Bản mới")).path
    assert len(children) == 2


@pytest.mark.parametrize("page", [0, -1, FIRST_PAGES + 1, 10**9])
def test_other_pages_than_the_first_ones_are_not_drawn(children: list[str], page: int) -> None:
    """Attack: thousands of images of one long document are asked for."""
    assert _image(pdfs.text_pdf("Dài"), page).state is PictureState.NO_PAGE
    assert children == []


def test_a_page_beyond_the_end_is_no_page() -> None:
    assert _image(pdfs.text_pdf("Một trang"), 2).state is PictureState.NO_PAGE


@pytest.mark.parametrize(
    ("content", "state"),
    [
        (b"", PictureState.REFUSED),
        (b"<!doctype html><title>404</title>", PictureState.REFUSED),
        (pdfs.truncated_pdf("Thông báo"), PictureState.DAMAGED),
        (pdfs.locked_pdf("Thông báo"), PictureState.LOCKED),
    ],
    ids=["empty", "html", "truncated", "locked"],
)
def test_a_bad_file_is_a_state_and_read_once(
    children: list[str], content: bytes, state: PictureState
) -> None:
    """Attack: a file that its reader cannot bear is asked for again and again."""
    assert [_image(content), _image(content, 2)] == [PageImage(state), PageImage(state)]
    assert len(children) <= 1


def _page_of(width: float, height: float) -> bytes:
    document = pdfium.PdfDocument.new()
    document.new_page(width, height)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize("size", [(14_000, 14_000), (5, 14_000), (14_000, 5), (1, 1)])
def test_no_page_makes_a_large_image(size: tuple[float, float]) -> None:
    """Attack: a page of 200 square metres, or one as thin as a thread."""
    image = _image(_page_of(*size))
    assert image.path is not None
    with Image.open(image.path) as picture:
        assert picture.width <= WIDTH + 1
        assert picture.height <= HEIGHT + 1


@pytest.mark.parametrize(
    ("limit", "value"), [("SECONDS", 0.01), ("SEARCH_FILE_MEMORY_MB", 20)], ids=["time", "memory"]
)
def test_a_limit_is_a_state(
    monkeypatch: pytest.MonkeyPatch, settings: Any, limit: str, value: float
) -> None:
    """Attack: a drawing that never ends, or fills the memory."""
    if limit == "SECONDS":
        monkeypatch.setattr(page_images, limit, value)
    else:
        setattr(settings, limit, value)
    image = _image(pdfs.text_pdf("Nặng"))
    assert image.path is None
    assert image.state in {PictureState.TOO_LARGE, PictureState.FAILED}


def test_what_failed_is_tried_again_after_a_day(children: list[str]) -> None:
    content = pdfs.truncated_pdf("Thông báo")
    _image(content)
    digest = digest_of(io.BytesIO(content))
    note = page_images._folder(digest) / "1.state"
    yesterday = time.time() - page_images.TRY_AGAIN - 60
    os.utime(note, (yesterday, yesterday))
    _image(content)
    assert len(children) == 2


def _gone() -> IO[bytes]:
    raise FileNotFoundError


@pytest.mark.parametrize("digest", ["", "../../etc/passwd", "A" * 64, "0" * 63])
def test_a_digest_that_is_none_names_no_folder(digest: str) -> None:
    """Attack: a digest made up by hand leads out of the folder."""
    assert page_image(digest, _gone, 1).state is PictureState.NO_PAGE


def test_a_file_that_is_gone_is_a_state() -> None:
    assert page_image("0" * 64, _gone, 1).state is PictureState.FAILED


def test_who_asks_together_has_it_drawn_once(children: list[str]) -> None:
    content = pdfs.text_pdf("Một", "Hai", "Ba", "Bốn")
    ask: Callable[[int], PageImage] = lambda page: _image(content, page)  # noqa: E731
    with ThreadPoolExecutor(4) as threads:
        states = {image.state for image in threads.map(ask, range(1, 5))}
    assert states == {PictureState.DRAWN}
    assert len(children) == 1


def test_the_folder_is_kept_small_what_was_looked_at_last_stays() -> None:
    contents = [pdfs.text_pdf(f"Văn bản {n}") for n in range(3)]
    drawn = [_image(content).path for content in contents]
    for age, path in zip((30, 10, 20), drawn, strict=True):
        assert path is not None
        moment = time.time() - age
        os.utime(path.parent / "lock", (moment, moment))
    weights = [sum(file.stat().st_size for file in path.parent.iterdir()) for path in drawn if path]
    assert page_images.prune(sum(weights)) == 0
    assert page_images.prune(sum(weights) - 1) == 1
    assert [path.exists() for path in drawn if path] == [False, True, True]
    assert _image(contents[0]).state is PictureState.DRAWN
    assert page_images.prune(0) == 3


def test_a_page_is_drawn_large_enough_to_be_read() -> None:
    content = pdfs.text_pdf("Đọc được")
    digest = digest_of(io.BytesIO(content))
    large = page_image(digest, lambda: io.BytesIO(content), 1, page_images.Size.LARGE)
    assert _size(large)[0] == page_images.WIDE
    assert _size(_image(content))[0] == WIDTH
