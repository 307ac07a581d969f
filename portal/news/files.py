"""Files of pages as templates show them: kind, size, pages, state of the text, page images.

What is said of a file was read by the worker before; nothing is opened to show a page.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

from wagtail.models import CollectionViewRestriction

from portal.home.models import PortalDocument
from portal.news import models
from search.files import FileFacts, PageImage, PictureState, TextState, facts_of, page_image

if TYPE_CHECKING:
    from portal.news.documents import OfficialDocumentPage

PICTURES = 4
KEY_LENGTH = 16
WITH_PAGES = {TextState.TEXT, TextState.SCANNED, TextState.TOO_LARGE}


def shown(rows: Any) -> list[dict[str, Any]]:
    """Attachments with title, address, size in bytes, kind (`PDF`), pages and a note on the text.

    `pages` is `None` and `note` empty until the worker has read the file.
    """
    attached = list(rows.select_related("document__collection"))
    facts = facts_of(row.document.digest for row in attached)
    return [_shown(row, facts.get(row.document.digest)) for row in attached]


def _shown(row: Any, facts: FileFacts | None) -> dict[str, Any]:
    document: PortalDocument = row.document
    is_pdf = document.file_extension.lower() == "pdf"
    return {
        "title": row.title,
        "url": document.url,
        "size": document.get_file_size(),
        "kind": document.file_extension.upper(),
        "pages": (facts.page_count or None) if facts else None,
        "state": facts.state if facts else None,
        "note": facts.note if facts and is_pdf else "",
        "document": document,
        "pictures": [],
    }


def with_pictures(files: list[dict[str, Any]], page: OfficialDocumentPage) -> list[dict[str, Any]]:
    """The first file with images of its first pages, when anybody may see page and file."""
    first = files[0] if files and page.live and page.url else None
    if first and first["state"] in WITH_PAGES and first["pages"] and is_open(first["document"]):
        first["pictures"] = _pictures(first, page)
    return files


def is_open(document: PortalDocument) -> bool:
    """Whether the file lies in no collection with a view restriction."""
    closed = CollectionViewRestriction.objects.values_list("collection__path", flat=True)
    return not any(document.collection.path.startswith(path) for path in closed)


def key_of(document: PortalDocument) -> str:
    """How the address of an image names the file: a replaced file has another address."""
    return document.digest[:KEY_LENGTH]


def picture(page: OfficialDocumentPage, key: str, number: int) -> PageImage:
    """The image of a page of one of a live document's files, for anybody who may see both.

    Wagtail has asked for the rights of the document's page before; those of the file are those of
    its download: no view restriction, and on some live page, which this one is.
    """
    found = page.files.select_related("document__collection").filter(
        document__digest__startswith=key
    )
    document = next((row.document for row in found), None)
    if document is None or len(key) != KEY_LENGTH or not page.live or not is_open(document):
        return PageImage(PictureState.NO_PAGE)
    opened = partial(document.file.storage.open, document.file.name)
    return page_image(document.digest, opened, number)


def _pictures(file: dict[str, Any], page: OfficialDocumentPage) -> list[dict[str, Any]]:
    base = f"{page.url}hinh/{key_of(file['document'])}/"
    return [
        {"page": number, "image": f"{base}{number}/", "url": f"{file['url']}#page={number}"}
        for number in range(1, min(file["pages"], PICTURES) + 1)
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
