"""Report: links of public pages that lead nowhere."""

from __future__ import annotations

from typing import Any

from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.home.desk.exporting import workbook
from portal.home.desk.frame import editor, page, slice_of
from portal.home.desk.waiting import own_pages
from portal.home.link_models import BrokenLink

FILE = "tep"


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The links of pages that the user may mend, page by page; also as a workbook."""
    user = editor(request)
    rows = BrokenLink.objects.filter(page__in=own_pages(user).values("pk")).select_related("page")
    if request.GET.get(FILE) == "xlsx":
        return workbook("lien-ket-hong", _headings(), (_row(link) for link in rows.iterator()))
    checked = rows.aggregate(at=Max("found_at"))["at"]
    return page(
        request, "links", _("Broken links"), "link", rows=slice_of(request, rows), checked=checked
    )


def _headings() -> list[str]:
    return [
        _("Title of the page"),
        _("Words of the link"),
        _("Address"),
        _("Reason"),
        _("Found on"),
    ]


def _row(link: BrokenLink) -> list[Any]:
    return [link.page.title, link.words, link.address, link.get_reason_display(), link.found_at]
