"""The filtered list of official documents as a workbook."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from portal.news import listing
from portal.tables.writing import MIME, write_table

MOST = 50_000


def export(request: HttpRequest) -> HttpResponse:
    """All documents that fit the filters in the address, at most `MOST`, never as formulas."""
    target = BytesIO()
    write_table(target, _headings(), _rows(request), title=_("Official documents"))
    name = 'attachment; filename="van-ban.xlsx"'
    headers = {"Content-Disposition": name}
    return HttpResponse(target.getvalue(), content_type=MIME["xlsx"], headers=headers)


def _headings() -> list[str]:
    return [
        _("Number and symbol"),
        _("Title"),
        _("Abstract"),
        _("Type of document"),
        _("Issuing agency"),
        _("Field of work"),
        _("Date of issue"),
        _("Signer"),
        _("State of validity"),
        _("Address"),
    ]


def _rows(request: HttpRequest) -> Iterator[list[Any]]:
    found = listing.matching(listing.parse_query(request.GET))
    for page in found[:MOST].iterator(chunk_size=500):
        yield [
            page.number_text,
            page.title,
            page.abstract,
            page.type.label if page.type else "",
            page.issuer.name,
            page.field.name if page.field else "",
            page.issued_on,
            page.signer,
            page.state_label,
            request.build_absolute_uri(page.get_url(request)),
        ]
