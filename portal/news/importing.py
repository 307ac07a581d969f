"""Taking in many official documents with their PDFs; every row is a transaction of its own.

A run that was killed is simply started again: rows whose key is there are passed over, and a file
that was stored without its row is stored again under the same name.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.files.storage import Storage
from django.db import transaction
from django.utils.translation import gettext as _

from portal.areas.models import User
from portal.home.models import PortalDocument
from portal.home.slugs import slugify_vi
from portal.news.manifest import ManifestRow, RowError, file_of, read_day, title_of
from portal.news.models import Issuer, OfficialDocumentIndexPage, OfficialDocumentPage
from portal.news.numbers import parse_number
from portal.news.services import (
    UnknownTypeError,
    create_official_document,
    find_issuer,
    find_type,
    same_document,
)
from portal.news.taking import RowResult, take_rows
from search.files import BROKEN, READABLE, ReadText, digest_of, text_of
from search.text import exact


def import_rows(
    rows: list[ManifestRow],
    folder: Path,
    index: OfficialDocumentIndexPage,
    *,
    live: bool,
    user: User | None = None,
) -> Iterator[RowResult]:
    """Take in the rows one after the other; a bad row never touches the others."""
    return take_rows(
        rows,
        lambda row: (row["number"] or row["title"])[:60],
        lambda row, name: _import_row(row, name, folder, index, live, user),
    )


def _import_row(
    row: ManifestRow,
    name: str,
    folder: Path,
    index: OfficialDocumentIndexPage,
    live: bool,
    user: User | None,
) -> RowResult:
    path = file_of(row, folder)
    data, warnings = _data_of(row)
    issuer = find_issuer(row["issuer"])
    there = same_document(data | {"issuer": issuer}) if issuer is not None else None
    if there is not None:
        differences = _differences(there, data["title"], path)
        return RowResult(row.line, name, "kept", _("was there already"), differences)
    text = _checked(path)
    if text.sentence:
        warnings.append(text.sentence)
    with transaction.atomic():
        if issuer is None:
            issuer = _new_issuer(row["issuer"])
            warnings.append(_("issuer: “%s” was unknown and has been made.") % issuer.name)
        data["issuer"] = issuer
        document = _store(path, name, data, user)
        create_official_document(index, data=data, files=[document], user=user, live=live)
    sentence = _("published") if live else _("kept as a draft")
    return RowResult(row.line, name, "done", sentence, tuple(warnings))


def _new_issuer(name: str) -> Issuer:
    issuer = Issuer(name=" ".join(name.split()))
    issuer.full_clean()
    issuer.save()
    return issuer


def _differences(there: OfficialDocumentPage, title: str, path: Path) -> tuple[str, ...]:
    """Another document may have taken this number: then somebody must look."""
    found = []
    if exact(" ".join(there.title.split())) != exact(title):
        sentence = _("title: the document of this number that is there is called “%s”.")
        found.append(sentence % there.title[:100])
    with path.open("rb") as source:
        digest = digest_of(source)
    try:
        kept = {entry.document.known_digest() for entry in there.files.select_related("document")}
    except OSError:
        kept = set()
    if digest not in kept:
        found.append(_("file: it is not the one that is there; nothing was replaced."))
    return tuple(found)


def _data_of(row: ManifestRow) -> tuple[dict[str, Any], list[str]]:
    """The page's values without the issuer, and what the report should mention."""
    title, abstract = title_of(row)
    if not row["issuer"]:
        raise RowError(_("issuer: it is empty."))
    issued_on = read_day(row["issued_on"])
    try:
        kind = find_type(row["type"], parse_number(row["number"]))
    except UnknownTypeError as error:
        raise RowError(_("type: “%s” is unknown.") % row["type"][:60]) from error
    data = {
        "title": title,
        "number_text": row["number"],
        "type": kind,
        "issued_on": issued_on,
        "abstract": abstract,
    }
    return data, [] if kind else [_("type: the number does not tell it; it stays open.")]


def _checked(path: Path) -> ReadText:
    """The file's text; a file that is none (empty, HTML, damaged) fails its row.

    What has the ending of no kind that can be read must be a PDF.
    """
    ending = path.suffix.lower().lstrip(".")
    with path.open("rb") as source:
        digest = digest_of(source)
    text = text_of(digest, lambda: path.open("rb"), ending if ending in READABLE else "pdf")
    if text.state in BROKEN:
        raise RowError(f"file: {text.sentence}")
    return text


def _store(path: Path, name: str, data: dict[str, Any], user: User | None) -> PortalDocument:
    """Keep the file under a name made of document and content, whatever a killed run left."""
    key = "|".join(str(data[field]) for field in ("issuer", "number_text", "issued_on", "title"))
    digest = hashlib.sha256(key.encode() + path.read_bytes()).hexdigest()[:10]
    file_name = f"{slugify_vi(name)[:60] or 'van-ban'}-{digest}{path.suffix.lower()}"
    document = PortalDocument(title=path.name[:255], uploaded_by_user=user)
    full = document.file.field.generate_filename(document, file_name)
    storage: Storage = document.file.storage
    if storage.exists(full) and not PortalDocument.objects.filter(file=full).exists():
        storage.delete(full)
    with path.open("rb") as source:
        document.file = File(source, name=file_name)
        document._set_document_file_metadata()
        document.save()
    return document
