"""Official documents with real PDFs, and their relations."""

from __future__ import annotations

import logging
from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from wagtail.models import Page

from portal.areas.queries import unit_on
from portal.demo import content
from portal.demo.content import DemoDocument
from portal.demo.papers import pdf_of
from portal.demo.places import told_here
from portal.demo.seeding.files import clear_the_way
from portal.home.models import PortalDocument
from portal.news.models import (
    DocumentTarget,
    DocumentType,
    Field,
    Issuer,
    OfficialDocumentIndexPage,
    OfficialDocumentPage,
    Relation,
)
from portal.news.services import create_official_document

log = logging.getLogger(__name__)


def seed_documents(index: Page, today: date) -> dict[str, OfficialDocumentPage]:
    """All documents by number; one that stands is left as it is."""
    told = told_here(today)
    issuers = _issuers(content.site(told)["issuer"], today)
    wanted = content.documents(told)
    made = {item.number: _document(index, item, issuers, today) for item in wanted}
    for item in wanted:
        _relate(made, item)
    return made


def _issuers(wanted: list[dict[str, Any]], today: date) -> dict[str, tuple[Issuer, dict[str, Any]]]:
    made = {}
    for raw in wanted:
        values = {key: raw[key] for key in ("name", "abbreviation", "level")}
        unit = unit_on(raw["commune"], today) if "commune" in raw else None
        issuer, _new = Issuer.objects.get_or_create(
            slug=raw["slug"], defaults={**values, "unit": unit}
        )
        made[raw["slug"]] = (issuer, raw)
    return made


@transaction.atomic
def _document(
    index: Page,
    item: DemoDocument,
    issuers: dict[str, tuple[Issuer, dict[str, Any]]],
    today: date,
) -> OfficialDocumentPage:
    issuer, raw = issuers[item.issuer]
    standing: OfficialDocumentPage | None = OfficialDocumentPage.objects.filter(
        issuer=issuer, number_text=item.number
    ).first()
    if standing is not None:
        return standing
    kind = DocumentType.objects.get(code=item.type)
    day = item.day(today)
    first, last = item.within(today)
    data = {
        "title": item.title,
        "number_text": item.number,
        "type": kind,
        "issuer": issuer,
        "field": Field.objects.get_or_create(name=item.field)[0],
        "signer": item.signer,
        "signer_post": item.post,
        "issued_on": day,
        "effective_on": item.effective_on(today),
        "expires_on": item.expires_on(today),
        "state_given": item.state,
        "period_from": first,
        "period_until": last,
        "targets": [DocumentTarget(name=name, amount=much) for name, much in item.targets],
        "abstract": item.abstract,
        "demo_note": item.note,
    }
    pdf = ContentFile(pdf_of(item, raw, kind.label_vi, day), name=_file_name(item))
    file = PortalDocument(title=f"{item.number} {item.title}"[:255], file=pdf)
    clear_the_way(file, _file_name(item))
    file.save()
    label = f"{item.number.replace('/', ' ')}.pdf"
    return create_official_document(
        OfficialDocumentIndexPage.objects.get(pk=index.pk), data=data, files=[(file, label)]
    )


def _file_name(item: DemoDocument) -> str:
    return f"{item.number.replace('/', '-')}.pdf"


def _relate(made: dict[str, OfficialDocumentPage], item: DemoDocument) -> None:
    page = made[item.number]
    kinds = {"replaces": item.replaces, "based_on": item.based_on}
    missing = [
        Relation(kind=kind, target=made[number])
        for kind, numbers in kinds.items()
        for number in numbers
        if number in made and not page.relations.filter(kind=kind, target=made[number]).exists()
    ]
    if missing:
        page.relations.add(*missing)
        page.save_revision(clean=False).publish()
