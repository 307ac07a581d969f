"""`/du-lieu-ca-nhan/`: the request form, its receipt, and what became of a request."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from portal.dialogue.errors import DialogueError
from portal.dialogue.pages_for_one import draw, go
from portal.dialogue.requests import services
from portal.dialogue.requests.forms import RequestFollowForm, RequestForm
from portal.dialogue.sent_here import key_in, to_receipt
from portal.forms.access import open_with
from portal.forms.errors import BlockedError, WrongCodeError
from portal.forms.references import shown_code
from portal.jobs.visitors import client_address
from portal.privacy.subject_requests import SubjectRequest

COOKIE = "yeu-cau"
PRIVATE = ("name", "contact", "details")
BOTH = require_http_methods(["GET", "HEAD", "POST"])


@BOTH
def ask(request: HttpRequest) -> HttpResponse:
    """The form; sent, it leads to the receipt."""
    form = RequestForm(request.POST if request.method == "POST" else None)
    error: DialogueError | None = None
    if request.method == "POST" and form.is_valid() and form.sealed:
        values = form.cleaned_data
        private = {name: values[name] for name in PRIVATE}
        address = client_address(request)
        try:
            made = services.file_request(form.sealed.key, values["kind"], private, address)
        except DialogueError as refusal:
            error = refusal
            form.add_error(None, str(refusal))
        else:
            return to_receipt(reverse("dialogue_request_sent"), COOKIE, made.key)
    return draw(request, "request_form", error, form=form)


@require_safe
def receipt(request: HttpRequest) -> HttpResponse:
    """Reference, code and the two days until which something must happen."""
    key = key_in(request, COOKIE)
    made = SubjectRequest.objects.filter(key=key).first() if key else None
    if made is None or made.code is None:
        return go(reverse("dialogue_request_follow"))
    return draw(request, "request_receipt", made=made, code=shown_code(made.code))


@BOTH
def follow(request: HttpRequest) -> HttpResponse:
    """What became of a request; what was asked is not repeated."""
    form = RequestFollowForm(request.POST if request.method == "POST" else None)
    found: SubjectRequest | None = None
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        address = client_address(request)
        try:
            found = open_with(values["reference"], values["code"], address, _by_reference)
        except (BlockedError, WrongCodeError) as error:
            form.add_error("code", str(error))
    return draw(request, "request_follow", form=form, made=found)


def _by_reference(reference: str) -> SubjectRequest | None:
    return SubjectRequest.objects.filter(reference=reference).first()
