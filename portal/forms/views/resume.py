"""Going on with reference and code: on another device, or to see what became of a form."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from portal.forms import access, cookies, references, registry
from portal.forms.errors import BlockedError, WrongCodeError
from portal.forms.models import Draft, Submission
from portal.forms.mount import Mount
from portal.forms.receipts import facts_of
from portal.forms.registry import Section
from portal.forms.views.common import draw, go, go_on, record_of
from portal.jobs.visitors import client_address

SENT_WORDS = {
    Submission.State.SENT: _("Your form has arrived. The commune has not looked at it yet."),
    Submission.State.RECEIVED: _("The commune has received your form and will look into it."),
}


class AccessForm(forms.Form):
    """Reference and code, as they stand on the paper."""

    reference = forms.CharField(
        label=_("Reference"),
        max_length=40,
        error_messages={"required": _("Write the reference.")},
    )
    code = forms.CharField(
        label=_("Code"), max_length=20, error_messages={"required": _("Write the code.")}
    )

    def clean_reference(self) -> str:
        """A slip in the reference is noticed by its last letter, without a guess being counted."""
        reference = references.read_reference(self.cleaned_data["reference"])
        if reference is None:
            raise forms.ValidationError(
                _(
                    "This is not a reference. It looks like RS-26-7K3M-9Q2C; look at your paper "
                    "again."
                )
            )
        return reference

    def clean_code(self) -> str:
        """Eight digits."""
        code = references.read_code(self.cleaned_data["code"])
        if code is None:
            raise forms.ValidationError(_("The code has eight digits."))
        return code


def resume(request: HttpRequest, mount: Mount) -> HttpResponse:
    """`khai/tiep-tuc/`: back to the first page that is not done."""
    return _ask(request, mount, "khai/tiep-tuc/", "resume")


def look_up(request: HttpRequest, mount: Mount) -> HttpResponse:
    """`tra-cuu/`: what became of a form."""
    return _ask(request, mount, "tra-cuu/", "look_up")


def status(request: HttpRequest, mount: Mount) -> HttpResponse:
    """Where a sent form stands, in kind words; the codes were asked for before."""
    record = record_of(request, mount)
    if isinstance(record, Draft):
        return go_on(mount, record)
    if record is None:
        return go(mount.to("tra-cuu/"))
    return draw(
        request,
        mount,
        "status",
        submission=record,
        words=SENT_WORDS[Submission.State(record.state)],
        receipt=facts_of(record),
        sections=sections_of(record),
        sheets=mount.form.sheets if record.answers is not None else (),
    )


def sections_of(submission: Submission) -> list[Section]:
    """What the room adds to the pages of an arrived form; nothing once it is erased."""
    if submission.answers is None:
        return []
    form = registry.get(submission.form)
    return list(form.sections(submission, submission.answers))


def _ask(request: HttpRequest, mount: Mount, path: str, name: str) -> HttpResponse:
    form = AccessForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        found = _opened(request, mount, form)
        if found is not None:
            response = (
                go_on(mount, found) if isinstance(found, Draft) else go(mount.to("tra-cuu/ho-so/"))
            )
            cookies.remember(response, found, mount.url)
            return response
    return draw(request, mount, "access", form=form, action=mount.to(path), purpose=name)


def _opened(request: HttpRequest, mount: Mount, form: AccessForm) -> Draft | Submission | None:
    values = form.cleaned_data
    address = client_address(request)
    try:
        found = access.open_record(values["reference"], values["code"], address)
    except (BlockedError, WrongCodeError) as error:
        form.add_error("code", str(error))
        return None
    if found.form != mount.form.id:
        form.add_error("reference", _("This reference belongs to another form."))
        return None
    return found
