"""Uploading a package of an old portal, and what became of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from portal.jobs.models import Job
from portal.news import import_jobs, office
from portal.news.importing_articles import ARTICLE_SPOKEN
from portal.news.manifest import SPOKEN
from portal.tables.writing import MIME

PACKAGE_BYTES = 1024 * 2**20
PER_PAGE = 20


class PackageForm(forms.Form):
    """A ZIP with a CSV and the files it names."""

    what = forms.ChoiceField(
        label=gettext_lazy("What the package holds"), choices=import_jobs.What.choices
    )
    file = forms.FileField(label=gettext_lazy("Package (ZIP)"))
    live = forms.BooleanField(label=gettext_lazy("Publish at once"), required=False)

    def clean_file(self) -> Any:
        """A ZIP by its first bytes, not larger than a gigabyte."""
        file = self.cleaned_data["file"]
        head = file.read(4)
        file.seek(0)
        if head != b"PK\x03\x04" or file.size > PACKAGE_BYTES:
            raise forms.ValidationError(_("The package must be a ZIP of at most 1 GB."))
        return file


def packages(request: HttpRequest) -> HttpResponse:
    """The own packages, and the form for a new one."""
    user = office.editor(request, office.IMPORTS)
    form = PackageForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        file = values["file"]
        made = import_jobs.receive(file, file.name, values["what"], values["live"], user)
        return redirect("news_import", made.pk)
    shown = Paginator(import_jobs.jobs_of(user), PER_PAGE).get_page(request.GET.get("trang"))
    columns = {
        import_jobs.What.ARTICLES.label: ", ".join(ARTICLE_SPOKEN.values()),
        import_jobs.What.DOCUMENTS.label: ", ".join(SPOKEN.values()),
    }
    return office.page(
        request,
        "imports",
        _("Moving in from an old portal"),
        "upload",
        form=form,
        jobs=shown,
        columns=columns,
    )


def _own(request: HttpRequest, pk: int) -> Job:
    return get_object_or_404(import_jobs.jobs_of(office.editor(request, office.IMPORTS)), pk=pk)


@require_safe
def package(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a package is, and which rows failed."""
    job = _own(request, pk)
    name = str(job.params.get("name", ""))
    return office.page(request, "import", name, "upload", job=job)


@require_safe
def report(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What became of each row, as a workbook."""
    job = _own(request, pk)
    if not job.result_file:
        raise Http404
    response = FileResponse(job.result_file.open("rb"), content_type=MIME["xlsx"])
    response["Content-Disposition"] = 'attachment; filename="ket-qua.xlsx"'
    response["Cache-Control"] = "private, no-store"
    return response
