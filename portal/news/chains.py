"""What an official document stands on and what followed it, read in both directions.

Editors say it once, on the newer document. That the older one is no longer in force, by what it
was replaced, and what that was replaced by in turn, is derived.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext as _

from portal.home.base import is_open
from portal.jobs import clock
from portal.news import models

if TYPE_CHECKING:
    from portal.news.documents import OfficialDocumentPage, Relation

DEEPEST = 4
REPLACES = "replaces"


def around(page: OfficialDocumentPage) -> dict[str, Any]:
    """The document's relations, in both directions, and its line of replacements."""
    rows = _rows(Q(page=page.pk) | Q(target=page.pk))
    forward = _forward(page, rows)
    backward = [row for row in rows if row.target_id == page.pk]
    page.is_replaced = any(_in_effect(row) for row in backward)
    return {
        "relations": [_relation(row.get_kind_display(), row.target) for row in forward],
        "reverse_relations": [_relation(reverse_label(row.kind), row.page) for row in backward],
        "replaced_by": [row.page for row in backward if _in_effect(row)],
        "line": _line(page, rows),
    }


def _forward(page: OfficialDocumentPage, rows: Sequence[Relation]) -> list[Relation]:
    """What the document says itself; of a preview, as it stands in the editor's form."""
    typed = getattr(page, "_cluster_related_objects", None) or {}
    if "relations" in typed:
        return [row for row in page.relations.all() if row.target.live]
    return [row for row in rows if row.page_id == page.pk]


def reverse_label(kind: str) -> str:
    """A relation as seen from the older document."""
    labels = {
        REPLACES: _("is replaced by"),
        "amends": _("is amended by"),
        "based_on": _("is the basis of"),
        "guides": _("is guided by"),
    }
    return labels[kind]


def _rows(which: Q) -> list[Relation]:
    """Relations between live documents that anybody may read, older pages first."""
    shown = Q(page__in=_shown(), target__in=_shown())
    found = models.Relation.objects.filter(which, shown).select_related(
        "page__type", "page__issuer", "target__type", "target__issuer"
    )
    return list(found.order_by("page__issued_on", "sort_order"))


def _shown() -> Any:
    return models.OfficialDocumentPage.objects.live().filter(is_open()).values("pk")


def _in_effect(row: Relation) -> bool:
    starts = row.page.effective_on
    return row.kind == REPLACES and (starts is None or starts <= clock.today())


def _relation(label: str, page: OfficialDocumentPage) -> dict[str, Any]:
    return {"label": label, "page": page, "title": page.title, "number": page.number_text}


def _line(page: OfficialDocumentPage, rows: Sequence[Relation]) -> list[OfficialDocumentPage]:
    """All documents that replaced one another, oldest first; nothing where there are only two.

    The two are told by the relations already. Each step costs a query, so there are few.
    """
    known = {page.pk: page}
    ends = _others(rows, known)
    for _step in range(DEEPEST):
        if not ends:
            break
        known |= ends
        ends = _others(_rows(Q(page__in=ends) | Q(target__in=ends)), known)
    line = sorted(known.values(), key=lambda one: (str(one.issued_on or ""), one.pk))
    return line if len(line) > 2 else []


def _others(
    rows: Sequence[Relation], known: dict[int, OfficialDocumentPage]
) -> dict[int, OfficialDocumentPage]:
    pages = [one for row in rows if row.kind == REPLACES for one in (row.page, row.target)]
    return {one.pk: one for one in pages if one.pk not in known}
