"""The queue of news that units offer to the province, and its answers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import Page

from portal.areas.models import User
from portal.home import component_offers
from portal.home.component_models import NewsOffer
from portal.home.component_offers import OfferError
from portal.home.desk.frame import editor, page, slice_of

STATE = "trang-thai"
ICON = "upload"


class NoteForm(forms.Form):
    """A word to the province."""

    note = forms.CharField(
        label=gettext_lazy("Note to the province"), max_length=300, required=False
    )


class TakeOverForm(forms.Form):
    """Where the copy goes."""

    section = forms.ModelChoiceField(label=gettext_lazy("Section"), queryset=Page.objects.none())

    def __init__(self, *args: Any, sections: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["section"].queryset = sections  # type: ignore[attr-defined]


class DeclineForm(forms.Form):
    """Why not."""

    reason = forms.CharField(label=gettext_lazy("Reason for the unit"), max_length=300)


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Offers by state, those that wait first asked for."""
    user = editor(request)
    state = request.GET.get(STATE, NewsOffer.State.WAITING)
    found = component_offers.visible_to(user)
    if state in NewsOffer.State.values:
        found = found.filter(state=state)
    offers = slice_of(request, found)
    return page(
        request,
        "offers",
        _("News offered by units"),
        ICON,
        offers=offers,
        state=state,
        states=NewsOffer.State.choices,
        answers=component_offers.answers(user),
    )


@require_http_methods(["GET", "POST"])
def offer(request: HttpRequest, page_id: int) -> HttpResponse:
    """A unit's editor proposes a page; asked first, with a note."""
    user, found = editor(request), get_object_or_404(Page, pk=page_id)
    if not component_offers.may_be_offered(found, user):
        raise PermissionDenied
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _answered(
            request,
            lambda: component_offers.offer(found, user, form.cleaned_data["note"]),
            _("“%(title)s” has been offered to the province."),
            found,
        )
    return page(request, "offer", _("Offer to the province"), ICON, _crumb(), item=found, form=form)


@require_http_methods(["GET", "POST"])
def take_over(request: HttpRequest, pk: int) -> HttpResponse:
    """The province's editor chooses a section; the copy opens as a draft."""
    user, found = _waiting(request, pk)
    sections = component_offers.targets(found.page, user)
    form = TakeOverForm(request.POST or None, sections=sections)
    if request.method == "POST" and form.is_valid():
        try:
            copy = component_offers.take_over(found.pk, form.cleaned_data["section"], user)
        except OfferError as error:
            messages.error(request, str(error))
            return redirect("home_offers")
        messages.success(request, _("Taken over as a draft. Look at it and publish it."))
        return redirect("wagtailadmin_pages:edit", copy.pk)
    unit = component_offers.unit_of(found.page)
    return page(
        request, "take_over", _("Take over"), ICON, _crumb(), offer=found, unit=unit, form=form
    )


@require_http_methods(["GET", "POST"])
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """With a reason."""
    user, found = _waiting(request, pk)
    form = DeclineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _answered(
            request,
            lambda: component_offers.decline(found.pk, user, form.cleaned_data["reason"]),
            _("“%(title)s” has been declined; the unit sees the reason."),
            found.page,
        )
    return page(request, "decline", _("Decline"), ICON, _crumb(), offer=found, form=form)


def _waiting(request: HttpRequest, pk: int) -> tuple[User, NewsOffer]:
    """An offer for somebody who answers offers; for others it does not exist."""
    user = editor(request)
    if not component_offers.answers(user):
        raise PermissionDenied
    return user, get_object_or_404(component_offers.visible_to(user), pk=pk)


def _answered(request: HttpRequest, verb: Any, sentence: str, found: Page) -> HttpResponse:
    try:
        verb()
    except OfferError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, sentence % {"title": found.title})
    return redirect("home_offers")


def _crumb() -> tuple[str, str]:
    return reverse("home_offers"), _("News offered by units")
