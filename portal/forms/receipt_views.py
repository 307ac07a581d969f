"""`/bien-nhan/`: anyone who holds a receipt checks it against the ledger; nothing personal shows.

Works by GET, so that the QR code on the paper leads to the answer. Receipts that cannot be are
refused by their form; what could be one and is not counts as a guess, twenty of which from one
network address close the page to it for a quarter of an hour.
"""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from portal.forms import ledger, receipts
from portal.forms.access import MOST_PER_ADDRESS, WINDOW
from portal.forms.errors import BlockedError
from portal.forms.models import AccessAttempt, Submission
from portal.forms.references import read_reference
from portal.jobs import clock
from portal.jobs.visitors import client_address
from portal.privacy.blinding import blind

ADDRESS = "network address of receipt checks"
MARK = "bn:"
TOO_MANY = 429
Outcome = AccessAttempt.Outcome
NOT_THERE = _(
    "No receipt with this reference and these proof characters is in the register. "
    "Compare both with the paper, letter by letter."
)


class ReceiptForm(forms.Form):
    """Reference and proof as they stand on the paper, in whatever way they are typed."""

    so = forms.CharField(
        label=_("Reference"), error_messages={"required": _("Write the reference.")}
    )
    dau = forms.CharField(
        label=_("Proof"), error_messages={"required": _("Write the proof characters.")}
    )

    def clean_so(self) -> str:
        """A slip is noticed by the last letter."""
        reference = read_reference(self.cleaned_data["so"])
        if reference is None:
            raise forms.ValidationError(
                _("This is not a reference. It has the form RS-26-XXXX-XXXX; look at the receipt.")
            )
        return reference

    def clean_dau(self) -> str:
        """Sixteen hexadecimal digits."""
        proof = receipts.read_proof(self.cleaned_data["dau"])
        if proof is None:
            raise forms.ValidationError(
                _("The proof has 16 characters, digits and the letters a to f.")
            )
        return proof


@dataclass(frozen=True, slots=True)
class Genuine:
    """What the page tells of a receipt that is in the ledger."""

    reference: str
    title: str
    version: str
    sent: str
    place: str
    number: int
    sound: bool


@require_safe
def receipt_check(request: HttpRequest) -> HttpResponse:
    """The form, and the answer to what it asks."""
    asked = any(name in request.GET for name in ReceiptForm.base_fields)
    form = ReceiptForm(request.GET if asked else None)
    found, refusal, status = None, "", 200
    if asked and form.is_valid():
        try:
            found = _look_up(form.cleaned_data, client_address(request))
            refusal = "" if found else str(NOT_THERE)
        except BlockedError as error:
            refusal, status = str(error), TOO_MANY
    context = {"form": form, "genuine": found and _genuine(found), "refusal": refusal}
    response = render(request, "forms/receipt_check.html", context, status=status)
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    if status == TOO_MANY:
        response["Retry-After"] = str(int(WINDOW.total_seconds()))
    return response


def _look_up(typed: dict[str, str], address: str) -> Submission | None:
    """The form of a receipt, and the attempt written down. Raises `BlockedError`."""
    blinded = blind(ADDRESS, address)
    wrong = AccessAttempt.objects.filter(
        address=blinded, outcome=Outcome.WRONG, at__gte=clock.now() - WINDOW
    )
    if wrong.count() >= MOST_PER_ADDRESS:
        _note(typed["so"], blinded, Outcome.BLOCKED)
        raise BlockedError
    found = receipts.find(typed["so"], typed["dau"])
    _note(typed["so"], blinded, Outcome.OPENED if found else Outcome.WRONG)
    return found


def _note(reference: str, address: str, outcome: str) -> None:
    """Under a mark and an address of its own: who checks a receipt locks nobody out of a form."""
    AccessAttempt.objects.create(
        reference=f"{MARK}{reference.replace('-', '')}",
        address=address,
        outcome=outcome,
        at=clock.now(),
    )


def _genuine(row: Submission) -> Genuine:
    return Genuine(
        reference=row.reference,
        title=receipts.title_of(row),
        version=row.version,
        sent=receipts.sent_of(row),
        place=receipts.place_of(row),
        number=row.entry.number,
        sound=ledger.is_sound(row.entry),
    )
