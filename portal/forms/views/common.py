"""What the pages of a form share: the draft of this browser, and how they are drawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.gzip import gzip_page

from portal.forms import registry, services
from portal.forms.cookies import key_in
from portal.forms.errors import (
    DraftGoneError,
    FormClosedError,
    FullGroupError,
    OldVersionError,
)
from portal.forms.models import Draft, Submission
from portal.forms.mount import Mount
from portal.forms.walk import Walk

NOTES = {
    "khong-co": _("No form under way was found on this device. Enter reference and code to go on."),
    "chua-den": _("Please fill in this page first; the later pages follow from it."),
    "thieu": _("This page is not complete, or no longer fits the other answers. Look at it again."),
    "day": FullGroupError.sentence,
    "dong": FormClosedError.sentence,
    "da-xoa": _("The form was removed from this device. It can be opened with reference and code."),
    "het": DraftGoneError.sentence,
    "cu": OldVersionError.sentence,
    "ngon-ngu": _("Your form is kept. Enter its reference and code to go on in this language."),
    "da-bo": _("This entry was taken out meanwhile. It can be added anew."),
    "khac": _(
        "Another form was begun or opened on this device meanwhile. What you did in the other "
        "window was not saved; go on there with its own reference and code."
    ),
}
# Which form a page was shown for: the one cookie of a browser may have become another's since.
SHOWN = "so-ho-so"
# In the address of a page that was just saved: its answers do not seem to fit, or do not suffice.
ODD = "chua-khop"


def record_of(request: HttpRequest, mount: Mount) -> Draft | Submission | None:
    """The draft of this browser for this form, or what became of it."""
    key = key_in(request)
    found = services.find(key) if key else None
    return found if found is not None and found.form == mount.form.id else None


def walk_of(draft: Draft) -> Walk:
    """The way through a draft, under the version that it was begun with."""
    form = registry.get(draft.form)
    day = services.reference_day(form)
    return Walk(services.questionnaire_of(draft), draft.answers, draft.pages, day)


def draw(request: HttpRequest, mount: Mount, template: str, **context: Any) -> HttpResponse:
    """A page that nobody keeps: no cache, no robot.

    It is compressed, since a whole declaration is thirty pages over a weak line. The kept pages of
    the portal are not: they would reach visitors who did not ask for it.
    """
    note = NOTES.get(request.GET.get("vi", ""))
    values = {"mount": mount, "note": note, "round_note": mount.form.round_note(), **context}
    request.portal_elsewhere = _elsewhere(context)  # type: ignore[attr-defined]

    @gzip_page
    def drawn(_request: HttpRequest) -> HttpResponse:
        return private(mount.render(f"forms/{template}.html", values))

    return drawn(request)


def _elsewhere(context: Mapping[str, Any]) -> str:
    """Where below the same page in another language this form goes on: there is no cookie there."""
    if isinstance(context.get("draft") or context.get("record"), Draft):
        return "khai/tiep-tuc/?vi=ngon-ngu"
    return "tra-cuu/?vi=ngon-ngu" if "submission" in context else ""


def private(response: HttpResponse) -> HttpResponse:
    """Mark a response as one person's own."""
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def go(address: str, note: str = "") -> HttpResponse:
    """Redirect after a POST; `note` names a sentence of `NOTES`."""
    return private(HttpResponseRedirect(f"{address}?vi={note}" if note else address))


def go_on(mount: Mount, draft: Draft, note: str = "") -> HttpResponse:
    """To the first page that is not done."""
    return go(mount.at(walk_of(draft).first_open), note)


def draft_of(request: HttpRequest, mount: Mount) -> Draft | HttpResponse:
    """The draft that a page belongs to, or where the person goes instead.

    A page shown for another form than this browser holds now changes nothing: two households at
    one device must never end up in one form.
    """
    record = record_of(request, mount)
    shown = request.POST.get(SHOWN) or request.GET.get(SHOWN, "")
    if record is not None and shown not in {"", record.reference}:
        if isinstance(record, Draft):
            return go_on(mount, record, "khac")
        return go(mount.to("khai/tiep-tuc/"), "khac")
    return record if isinstance(record, Draft) else without_draft(mount, record)


def when_gone(request: HttpRequest, mount: Mount, error: DraftGoneError) -> HttpResponse:
    """The draft vanished under the request: sent from another window, or at the end of its time."""
    record = record_of(request, mount)
    if isinstance(record, Submission):
        return without_draft(mount, record)
    return go(mount.to("khai/tiep-tuc/"), "cu" if isinstance(error, OldVersionError) else "het")


def without_draft(mount: Mount, record: Draft | Submission | None) -> HttpResponse:
    """Where somebody goes who has no draft here: to the receipt, or to the codes."""
    if isinstance(record, Submission):
        return go(mount.to("bien-nhan/"))
    return go(mount.to("khai/tiep-tuc/"), "khong-co")
