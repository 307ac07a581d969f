"""Publishing, prolonging and withdrawing: each asks once more before it happens."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from portal.jobs import clock
from portal.registration import services, window
from portal.registration.forms import WindowForm, WithdrawForm
from portal.registration.models import PublishedList
from portal.registration.views import attempt, officer, own_list, page


def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Window first, then the question with the totals, then the list is public."""
    item, user = own_list(request, pk), officer(request)
    if request.method != "POST":
        first, last = window.default_days()
        initial = {"version": item.version, "first": first, "last": last}
        return _window_page(request, item, WindowForm(initial=initial))
    form = WindowForm(request.POST)
    if not form.is_valid():
        return _window_page(request, item, form)
    days = form.cleaned_data
    if "confirm" not in request.POST:
        return page(request, "publish_confirm", _("Publish the list?"), item, form=form, days=days)
    attempt(
        request,
        lambda: services.publish_list(item, days["first"], days["last"], user, days["version"]),
        _("The list is published."),
    )
    return redirect("registration_list", pk)


def extend(request: HttpRequest, pk: int) -> HttpResponse:
    """Another last day."""
    item, user = own_list(request, pk), officer(request)
    if item.visible_from is None or item.visible_until is None:
        return redirect("registration_list", pk)
    first = item.visible_from.astimezone(clock.ZONE).date()
    if request.method != "POST":
        last = window.last_day(item.visible_until)
        initial = {"version": item.version, "first": first, "last": last}
        form = WindowForm(initial=initial)
    else:
        form = WindowForm({**request.POST.dict(), "first": first.isoformat()})
    form.fields["first"].disabled = True
    form.fields["first"].initial = first
    if request.method != "POST" or not form.is_valid():
        return page(request, "extend", _("Change the last day"), item, form=form)
    days = form.cleaned_data
    attempt(
        request,
        lambda: services.extend_window(item, days["last"], user, days["version"]),
        _("The window was changed."),
    )
    return redirect("registration_list", pk)


def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the names down now; cannot be undone."""
    item, user = own_list(request, pk), officer(request)
    form = WithdrawForm(request.POST or None, initial={"version": item.version})
    if request.method != "POST" or not form.is_valid():
        return page(request, "withdraw", _("Withdraw the list?"), item, form=form)
    values = form.cleaned_data
    attempt(
        request,
        lambda: services.withdraw_list(item, user, values["reason"], values["version"]),
        _("The list was withdrawn; its totals stay."),
    )
    return redirect("registration_list", pk)


def _window_page(request: HttpRequest, item: PublishedList, form: WindowForm) -> HttpResponse:
    return page(request, "publish", _("Window of the list"), item, form=form)
