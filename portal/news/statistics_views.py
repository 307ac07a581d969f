"""Statistics for editors: a page and its tables as workbooks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from portal.news import office, statistics
from portal.tables.writing import MIME, write_table

SHOWN = 50
TABLES: dict[str, Callable[..., Sequence[Any]]] = {
    "bai": statistics.articles,
    "muc": statistics.sections,
    "van-ban": statistics.documents,
    "tac-gia": statistics.authors,
}


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """What was read most, by whom it was written; a span of days in the address."""
    user, span = office.editor(request, office.STATISTICS), statistics.span_of(request.GET)
    found = {name.replace("-", "_"): rows(span, user) for name, rows in TABLES.items()}
    return office.page(
        request,
        "statistics",
        _("What is read and written"),
        "view",
        span=span,
        shown=SHOWN,
        total=sum(line.views for line in found["muc"]),
        **found,
    )


@require_safe
def workbook(request: HttpRequest, table: str) -> HttpResponse:
    """One of the tables, whole."""
    user, span = office.editor(request, office.STATISTICS), statistics.span_of(request.GET)
    if table not in TABLES:
        raise Http404
    lines = TABLES[table](span, user)
    headings, rows = _as_table(table, lines)
    file = BytesIO()
    write_table(file, headings, rows)
    response = HttpResponse(file.getvalue(), content_type=MIME["xlsx"])
    name = f"{table}-{span.first:%Y%m%d}-{span.last:%Y%m%d}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _as_table(table: str, lines: Sequence[Any]) -> tuple[list[str], list[list[Any]]]:
    if table == "tac-gia":
        headings = [
            pgettext("article", "Author"),
            pgettext("article", "Kind"),
            pgettext("news", "Articles"),
            _("Words in all"),
        ]
        return headings, [[one.author, one.genre, one.count, one.words] for one in lines]
    if table == "muc":
        headings = [_("Section"), pgettext("news", "Articles"), pgettext("readers", "Views")]
        return headings, [[one.title, one.count, one.views] for one in lines]
    return [_("Title"), pgettext("readers", "Views")], [[one.title, one.views] for one in lines]
