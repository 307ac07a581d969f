"""Files of pages as templates show them: kind, size, pages, state of the text, page images.

What is said of a file was read by the worker before; nothing is opened to show a page.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, QuerySet
from wagtail.models import CollectionViewRestriction

from portal.home.models import PortalDocument
from portal.news import models
from search.files import (
    FIRST_PAGES,
    READABLE,
    FileFacts,
    PageImage,
    PictureState,
    Size,
    TextState,
    facts_of,
    page_image,
)

if TYPE_CHECKING:
    from portal.news.documents import OfficialDocumentPage

PICTURES = 4
KEY_LENGTH = 16
WITH_PAGES = {
    *(TextState.TEXT, TextState.RECOGNISED, TextState.SCANNED),
    *(TextState.TOO_LARGE, TextState.INTERRUPTED),
}


def shown(rows: Any) -> list[dict[str, Any]]:
    """Attachments with title, address, size in bytes, kind (`PDF`), pages and a note on the text.

    `pages` is `None` and `note` empty until the worker has read the file.
    """
    found = rows.select_related("document__collection")
    attached = list(found.annotate(closed=_closed()) if isinstance(found, QuerySet) else found)
    facts = facts_of(row.document.digest for row in attached)
    return [_shown(row, facts.get(row.document.digest)) for row in attached]


def dropped(document: PortalDocument) -> dict[str, Any]:
    """The same of a file that hangs on no page yet."""
    row = SimpleNamespace(document=document, title=str(document.title))
    return _shown(row, facts_of([document.digest]).get(document.digest))


def _shown(row: Any, facts: FileFacts | None) -> dict[str, Any]:
    document: PortalDocument = row.document
    readable = document.file_extension.lower() in READABLE
    return {
        "title": row.title,
        "url": document.url,
        "size": document.get_file_size(),
        "kind": document.file_extension.upper(),
        "pages": (facts.page_count or None) if facts else None,
        "state": facts.state if facts else None,
        "note": facts.note if facts and readable else "",
        "sentence": facts.sentence if facts and readable else "",
        "readable": readable,
        "found": facts.found if facts and readable else False,
        "document": document,
        "closed": getattr(row, "closed", True),
        "pictures": [],
        "preview": "",
    }


def with_pictures(
    files: list[dict[str, Any]], page: Any, small: int = PICTURES
) -> list[dict[str, Any]]:
    """The PDFs with a way to look into them, the first one with images of its first pages too.

    Only where anybody may see page and file, and the file was read.
    """
    readable = [file for file in files if file["state"] in WITH_PAGES and file["pages"]]
    if not (readable and page.live and page.url):
        return files
    for number, file in enumerate(readable):
        if not file["closed"]:
            file["preview"] = f"{page.url}xem/{key_of(file['document'])}/"
            file["pictures"] = [] if number else _pictures(file, page, small)
    return files


def _closed() -> Exists:
    """Column: the file lies in a collection with a view restriction, or below one."""
    here = ExpressionWrapper(OuterRef("document__collection__path"), output_field=CharField())
    restrictions = CollectionViewRestriction.objects.annotate(lies_in=here)
    return Exists(restrictions.filter(lies_in__startswith=F("collection__path")))


def key_of(document: PortalDocument) -> str:
    """How the address of an image names the file: a replaced file has another address."""
    return document.digest[:KEY_LENGTH]


def picture(page: Any, key: str, number: int, size: Size = Size.SMALL) -> PageImage:
    """The image of a page of one of a live page's files, for anybody who may see both.

    Wagtail has asked for the rights of the page before; those of the file are those of its
    download: no view restriction, and on some live page, which this one is.
    """
    row = _row_of(page, key)
    if row is None:
        return PageImage(PictureState.NO_PAGE)
    document: PortalDocument = row.document
    opened = partial(document.file.storage.open, document.file.name)
    return page_image(document.digest, opened, number, size)


def previewed(page: Any, key: str) -> dict[str, Any] | None:
    """A file with the large images of its first pages (`sheets`); `None` when there are none."""
    row = _row_of(page, key)
    if row is None:
        return None
    file = _shown(row, facts_of([row.document.digest]).get(row.document.digest))
    if file["state"] not in WITH_PAGES or not file["pages"]:
        return None
    base = f"{page.url}hinh/{key}/"
    last = min(file["pages"], FIRST_PAGES)
    sheets = [{"page": number, "image": f"{base}{number}/lon/"} for number in range(1, last + 1)]
    return file | {"sheets": sheets}


def _row_of(page: Any, key: str) -> Any:
    """The row of a file that may be looked into, by the beginning of its digest."""
    if len(key) != KEY_LENGTH or not page.live:
        return None
    attached = getattr(page, page.file_relation).filter(document__digest__startswith=key)
    row = attached.select_related("document").annotate(closed=_closed()).first()
    return row if row is not None and not row.closed else None


def _pictures(file: dict[str, Any], page: Any, small: int) -> list[dict[str, Any]]:
    base = f"{page.url}hinh/{key_of(file['document'])}/"
    return [
        {"page": number, "image": f"{base}{number}/", "url": f"{file['url']}#page={number}"}
        for number in range(1, min(file["pages"], small) + 1)
    ]


def pages_beside(found: Iterable[OfficialDocumentPage]) -> list[OfficialDocumentPage]:
    """The documents, each with `first_file` (`kind`, `pages`); two queries for all of them."""
    pages = list(found)
    rows = models.DocumentFile.objects.filter(page__in=pages).select_related("document")
    first: dict[int, PortalDocument] = {}
    for row in rows.order_by("page", "sort_order", "pk"):
        first.setdefault(row.page_id, row.document)
    facts = facts_of(document.digest for document in first.values())
    for page in pages:
        document = first.get(page.pk)
        page.first_file = _brief(document, facts) if document else None
    return pages


def _brief(document: PortalDocument, facts: dict[str, FileFacts]) -> dict[str, Any]:
    known = facts.get(document.digest)
    pages = known.page_count if known else 0
    return {"kind": document.file_extension.upper(), "pages": pages or None}
