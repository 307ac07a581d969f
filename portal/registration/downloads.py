"""Errors of an import as a file, so that they can be mended beside the list."""

from __future__ import annotations

import io

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.registration.views import own_import
from portal.tables import write_table
from portal.tables.writing import MIME

CELLS = ("sheet", "row", "column", "message")


@require_safe
def import_errors(request: HttpRequest, pk: int, import_pk: int, ending: str) -> HttpResponse:
    """Sheet, row, column, message; formula-safe."""
    found = own_import(request, pk, import_pk)
    if ending not in MIME or not found.errors:
        raise Http404
    headings = [_("Sheet"), _("Row"), _("Column"), _("Error")]
    rows = [[error[cell] for cell in CELLS] for error in found.errors]
    file = io.BytesIO()
    write_table(file, headings, rows, ending)
    response = HttpResponse(file.getvalue(), content_type=MIME[ending])
    response["Content-Disposition"] = f'attachment; filename="loi-{found.pk}.{ending}"'
    response["Cache-Control"] = "private, no-store"
    return response
