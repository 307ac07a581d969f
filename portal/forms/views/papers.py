"""The receipt after sending, and the papers of a form, from the committed row."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.safestring import mark_safe

from portal.forms import receipts
from portal.forms.models import Means, Submission
from portal.forms.mount import Mount
from portal.forms.views.common import draw, go, go_on, private, record_of
from portal.forms.views.resume import sections_of
from portal.printing.render import qr_svg, render_pdf


def receipt(request: HttpRequest, mount: Mount) -> HttpResponse:
    """`bien-nhan/`: what arrived, when, where, and how to follow it."""
    record = record_of(request, mount)
    if not isinstance(record, Submission):
        return go_on(mount, record) if record else go(mount.to("tra-cuu/"))
    base = request.build_absolute_uri("/").rstrip("/")
    return draw(
        request,
        mount,
        "receipt",
        submission=record,
        receipt=receipts.facts_of(record, base, with_code=True),
        # Drawn by segno out of an address that we made: nothing of a visitor is in it.
        qr=mark_safe(qr_svg(receipts.check_url(record, base))),  # noqa: S308  # nosec B308 B703
        pdf_url=mount.to("bien-nhan/tai-ve/"),
        sections=sections_of(record),
        sheets=mount.form.sheets,
        assisted=record.means == Means.PAPER,
    )


def receipt_file(request: HttpRequest, mount: Mount) -> HttpResponse:
    """The receipt as PDF."""
    record = _sent(request, mount)
    base = request.build_absolute_uri("/").rstrip("/")
    return _pdf(receipts.pdf(record, base), f"bien-nhan-{record.reference}.pdf")


def sheet(request: HttpRequest, mount: Mount, name: str) -> HttpResponse:
    """A paper of the form, filled in."""
    record, found = _sent(request, mount), mount.form.sheet(name)
    if found is None or record.answers is None:
        raise Http404
    with translation.override("vi"):  # papers are in the language of the law
        made = render_pdf(found.template, found.data(record, record.answers))
    return _pdf(made, f"{found.name}-{record.reference}.pdf")


def _sent(request: HttpRequest, mount: Mount) -> Submission:
    record = record_of(request, mount)
    if not isinstance(record, Submission):
        raise Http404
    return record


def _pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return private(response)
