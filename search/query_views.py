"""What visitors look for, for editors: most asked first, and what found nothing."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

import xlsxwriter
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from portal.jobs import clock
from search.models import QueryCount

RIGHT = "search.view_querycount"
PER_PAGE = 50
DAYS, ONLY, FILE, PAGE = "ngay", "chi", "tep", "trang"
NOTHING = "khong-co"
PERIODS = (7, 30)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def may_read_queries(user: Any) -> bool:
    """Editors and the house's administrators, by the right to read."""
    return bool(user.is_active and user.has_perm(RIGHT))


@require_safe
def queries_page(request: HttpRequest) -> HttpResponse:
    """A page of fifty, or all of them as a workbook; period and choice stand in the address."""
    if not may_read_queries(request.user):
        raise PermissionDenied
    periods = [*(days for days in PERIODS if days < settings.SEARCH_LOG_DAYS), _longest()]
    asked = request.GET.get(DAYS, "")
    days = next((period for period in periods if str(period) == asked), min(30, _longest()))
    nothing = request.GET.get(ONLY) == NOTHING
    rows = _counted(days, nothing=nothing)
    response = (
        _workbook(rows)
        if request.GET.get(FILE) == "xlsx"
        else render(request, "search/admin/queries.html", _context(request, rows, periods, days))
    )
    response["Cache-Control"] = "private, no-store"
    return response


def _longest() -> int:
    return int(settings.SEARCH_LOG_DAYS)


def _counted(days: int, *, nothing: bool) -> QuerySet[Any, Any]:
    """Words with how often they were asked for since so many days, and how often in vain."""
    since = clock.today() - timedelta(days=days - 1)
    rows = QueryCount.objects.filter(day__gte=since).values("text")
    counted = rows.annotate(times=Sum("asked"), in_vain=Sum("unanswered"))
    if nothing:
        return counted.filter(in_vain__gt=0).order_by("-in_vain", "text")
    return counted.order_by("-times", "text")


def _context(
    request: HttpRequest, rows: QuerySet[Any, Any], periods: list[int], days: int
) -> dict[str, Any]:
    nothing = request.GET.get(ONLY) == NOTHING
    chosen = {DAYS: str(days)} | ({ONLY: NOTHING} if nothing else {})
    return {
        "page_title": _("What visitors search for"),
        "header_icon": "search",
        "rows": Paginator(rows, PER_PAGE).get_page(request.GET.get(PAGE)),
        "periods": [(period, _last(period), period == days) for period in periods],
        "days": days,
        "only": NOTHING if nothing else "",
        "kept": settings.SEARCH_LOG_DAYS,
        "query": urlencode(chosen),
    }


def _last(days: int) -> str:
    return ngettext("last %(count)s day", "last %(count)s days", days) % {"count": days}


def _workbook(rows: QuerySet[Any, Any]) -> HttpResponse:
    """Words are letters and spaces alone, so that no cell can be a formula."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        sheet.set_column(0, 0, 50)
        sheet.write_row(0, 0, headings(), book.add_format({"bold": True}))
        for number, row in enumerate(rows.iterator(chunk_size=1000), start=1):
            sheet.write_row(number, 0, [row["text"], row["times"], row["in_vain"]])
    response = HttpResponse(file.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="tu-khoa-tim-kiem.xlsx"'
    return response


def headings() -> list[str]:
    """Of the table on the page and in the workbook."""
    return [_("Words searched for"), _("Times searched"), _("Times without an answer")]
