"""The code lists of official documents, as workbooks hold them."""

from __future__ import annotations

from portal.news.codes import DocumentType, Field, Issuer
from portal.tables import code_lists
from portal.tables.code_lists import CodeTable

TYPES = (
    "code",
    "label_vi",
    "label_en",
    "abbreviation",
    "normative",
    "portal_default",
    "order",
)


def register() -> None:
    """Called once from the app's `ready()`."""
    code_lists.register(CodeTable(DocumentType, TYPES))
    code_lists.register(CodeTable(Issuer, ("name", "abbreviation", "slug", "level")))
    code_lists.register(CodeTable(Field, ("name", "slug")))
