"""Verbs of the news room that change something, each in one transaction."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from wagtail.models import Page

from portal.areas.models import Kind, Level, Unit, User
from portal.home.models import PortalDocument
from portal.news.codes import DocumentType, Issuer
from portal.news.models import (
    DocumentFile,
    IssuerIndexPage,
    OfficialDocumentIndexPage,
    OfficialDocumentPage,
)
from portal.news.numbers import Numbered, parse_number
from search.text import exact, fold, nfc

SHORT_FOR = {"ubnd": "ủy ban nhân dân", "hđnd": "hội đồng nhân dân"}
WITH_ROOM = {"title", "number_text", "symbol", "signer", "signer_post", "demo_note"}
KIND_WORDS = {Kind.TINH: "tỉnh", Kind.THANH_PHO: "thành phố"}


class UnknownTypeError(ValueError):
    """A type that is neither a code, nor an abbreviation, nor a name."""


def find_type(text: str, parsed: Numbered) -> DocumentType | None:
    """The type by code, abbreviation or name; an empty text asks the number instead.

    `None` only where nothing was given and the number tells nothing.
    """
    wanted = text.strip()
    if not wanted:
        return DocumentType.objects.filter(code=parsed.type_code).first()
    known = list(DocumentType.objects.order_by("normative", "order"))
    guessed = [kind for kind in known if kind.code == parsed.type_code]
    ways = (
        lambda kind: wanted == kind.code,
        lambda kind: wanted == kind.abbreviation,
        lambda kind: wanted.casefold() in (kind.label_vi.casefold(), kind.label_en.casefold()),
        lambda kind: wanted.casefold() == kind.label_vi.partition(" (")[0].casefold(),
        lambda kind: wanted.casefold() == kind.abbreviation.casefold(),
        lambda kind: fold(wanted) in (fold(kind.label_vi), fold(kind.label_vi.partition(" (")[0])),
    )
    for way in ways:
        # "NQ" is many types' abbreviation; the number's own type goes first.
        for kind in [*guessed, *known]:
            if way(kind):
                return kind
    raise UnknownTypeError(wanted)


def find_issuer(name: str) -> Issuer | None:
    """The issuer by name or abbreviation, else by what the name means.

    «Uỷ ban nhân dân tỉnh Tuyên Quang» and «UBND tỉnh» are one agency: the place of the tone mark,
    the short forms and the province's own name make no other.
    """
    wanted = nfc(" ".join(name.split())).casefold()
    if not wanted:
        return None
    known = list(Issuer.objects.order_by("name"))
    for issuer in known:
        if wanted in (issuer.name.casefold(), issuer.abbreviation.casefold()):
            return issuer
    province = Unit.objects.filter(code=settings.PROVINCE_CODE, level=Level.PROVINCE, valid_to=None)
    own = province.first()
    key = issuer_key(name, own)
    return next((issuer for issuer in known if issuer_key(issuer.name, own) == key), None)


def issuer_key(name: str, province: Unit | None) -> str:
    """An agency's name for comparison: one spelling, no short forms, «tỉnh» without its name."""
    words = re.findall(r"[^\W_]+", exact(name))
    key = " ".join(SHORT_FOR.get(word, word) for word in words)
    if province is None:
        return key
    place = " ".join(re.findall(r"[^\W_]+", exact(province.name)))
    kind = KIND_WORDS.get(Kind(province.kind), "")
    if key.startswith("sở "):
        # Only a province has departments of that name.
        return key.removesuffix(f" {place}").removesuffix(f" {kind}")
    return key.removesuffix(f" {place}") if key.endswith(f" {kind} {place}") else key


@transaction.atomic
def ensure_issuer_page(index: OfficialDocumentIndexPage, issuer: Issuer) -> IssuerIndexPage:
    """The issuer's page below the index, made when it is missing."""
    found: IssuerIndexPage | None = (
        IssuerIndexPage.objects.descendant_of(index).filter(issuer=issuer).first()
    )
    if found is not None:
        return found
    slug = _free_slug(index, issuer.slug)
    page = IssuerIndexPage(title=issuer.name, slug=slug, issuer=issuer)
    Page.objects.get(pk=index.pk).specific.add_child(instance=page)
    return page


def _free_slug(parent: Page, base: str) -> str:
    taken = set(parent.get_children().values_list("slug", flat=True))
    numbered = (f"{base}-{n}" for n in range(2, len(taken) + 3))
    return next(slug for slug in [base, *numbered] if slug not in taken)


def same_document(data: Mapping[str, Any]) -> OfficialDocumentPage | None:
    """The document of this key, live or draft; without a number the title takes its place."""
    parsed = parse_number(data["number_text"])
    found: QuerySet[OfficialDocumentPage] = OfficialDocumentPage.objects.filter(
        issuer=data["issuer"],
        number=parsed.number,
        symbol=parsed.symbol,
        issued_on=data["issued_on"],
    )
    if parsed.number is None:
        found = found.filter(title=data["title"])
    return found.first()


@transaction.atomic
def create_official_document(
    index: OfficialDocumentIndexPage,
    *,
    data: Mapping[str, Any],
    files: Sequence[PortalDocument | tuple[PortalDocument, str]] = (),
    user: User | None = None,
    live: bool = True,
) -> OfficialDocumentPage:
    """Make one document with its files below its issuer's page.

    `data` holds field values of the page: `title`, `number_text`, `issuer` and whatever else is
    known. Raises `ValidationError` for a taken key, a text without room or, when live, for a
    secrecy mark.
    """
    parent = ensure_issuer_page(index, data["issuer"])
    page = OfficialDocumentPage(**data, owner=user, live=False)
    page.take_number_apart()
    if page.type is None:
        page.type = find_type("", parse_number(page.number_text))
    message = page.duplicate_message(page.issuer)
    if message:
        raise ValidationError({"number_text": message})
    # A draft is stored before its fields are looked at, and PostgreSQL has no room for some.
    fields = [field.name for field in page._meta.concrete_fields]
    page.clean_fields(exclude=[name for name in fields if name not in WITH_ROOM])
    page.files = [_file(entry) for entry in files]
    page.has_unpublished_changes = not live
    parent.add_child(instance=page)
    revision = page.save_revision(user=user, clean=False)
    if live:
        revision.publish(user=user)
        page.refresh_from_db()
    return page


def _file(entry: PortalDocument | tuple[PortalDocument, str]) -> DocumentFile:
    document, label = entry if isinstance(entry, tuple) else (entry, "")
    return DocumentFile(document=document, label=label)
