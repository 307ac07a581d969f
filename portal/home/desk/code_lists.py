"""Code lists in and out of workbooks, for those who may change the list."""

from __future__ import annotations

import tempfile
from io import BytesIO
from pathlib import Path
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from portal.home.desk import frame
from portal.home.desk.exporting import XLSX
from portal.tables import code_import, code_lists, write_table
from portal.tables.code_lists import CodeTable

MOST_MB = 5
ENDINGS = (".xlsx", ".csv")


class FileForm(forms.Form):
    """A workbook or CSV file; first only checked, unless the box is emptied."""

    file = forms.FileField(label=gettext_lazy("Excel or CSV file"))
    dry = forms.BooleanField(
        label=gettext_lazy("Only check, change nothing"), required=False, initial=True
    )

    def clean_file(self) -> Any:
        """By its ending and size; what is inside is read in a limited process."""
        file = self.cleaned_data["file"]
        if Path(file.name).suffix.lower() not in ENDINGS:
            raise forms.ValidationError(_("Choose a file that ends in .xlsx or .csv."))
        if file.size > MOST_MB * 1024 * 1024:
            raise forms.ValidationError(
                _("The file is larger than %(most)s MB.") % {"most": MOST_MB}
            )
        return file


def _table(name: str) -> CodeTable:
    table = code_lists.get(name)
    if table is None:
        raise Http404
    return table


@require_safe
def export(request: HttpRequest, name: str) -> HttpResponse:
    """All that somebody sees of the list, in the shape that the import takes."""
    table, target = _table(name), BytesIO()
    if not request.user.has_perm(f"{table.model._meta.app_label}.view_{name}"):
        raise PermissionDenied
    write_table(target, code_lists.headings(table), code_lists.rows(table, request.user))
    headers = {
        "Content-Disposition": f'attachment; filename="{name}.xlsx"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(target.getvalue(), content_type=XLSX, headers=headers)


@require_http_methods(["GET", "POST"])
def load(request: HttpRequest, name: str) -> HttpResponse:
    """Checked first; errors by row and column, then nothing is changed."""
    table = _table(name)
    if not table.may_load(request.user):
        raise PermissionDenied
    form = FileForm(request.POST or None, request.FILES or None)
    outcome = None
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        with tempfile.NamedTemporaryFile(suffix=Path(file.name).suffix.lower()) as kept:
            for chunk in file.chunks():
                kept.write(chunk)
            kept.flush()
            outcome = code_import.load(
                table, kept.name, user=request.user, dry=form.cleaned_data["dry"]
            )
    index = reverse(table.index_name)
    label = str(table.model._meta.verbose_name_plural)
    return frame.page(
        request,
        "code_import",
        _("Import: %(list)s") % {"list": label},
        "upload",
        (index, label[:1].upper() + label[1:]),
        form=form,
        outcome=outcome,
        headings=[table.heading(field) for field in table.fields],
        index=index,
    )
