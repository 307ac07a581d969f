"""How other documents name this one (NĐ 30/2020, Phụ lục I: type, number, day, agency, title)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from portal.news.documents import OfficialDocumentPage


def citation(page: OfficialDocumentPage) -> str:
    """One line to copy; what is not known is left out."""
    kind = page.type.label.split("(")[0].strip() if page.type else _("Document")
    named = [kind]
    if page.number_text:
        named.append(_("No. %(number)s") % {"number": page.number_text})
    if page.issued_on:
        named.append(_("of %(day)s") % {"day": date_format(page.issued_on, "d/m/Y")})
    named.append(_("by %(agency)s") % {"agency": page.issuer.name})
    return f"{' '.join(named)}: “{page.title}”"
