"""What the pages of the inbox share: who looks, at which record, and the admin's frame."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.areas.models import User
from portal.forms.inbox.access import may_see, may_work
from portal.forms.inbox.narrowing import POSITION, Narrowing
from portal.forms.models import Submission

TEMPLATES = "forms/admin/"
INDEX = "inbox"
RELATED = ("unit", "village", "entered_by", "received_by", "entry__chain")


def reader(request: HttpRequest) -> User:
    """The user, when there is an area to see; else the admin sends them away."""
    user = request.user
    if not isinstance(user, User) or not may_see(user):
        raise PermissionDenied
    return user


def worker(request: HttpRequest) -> User:
    """The user, when arrived forms are this user's work."""
    user = reader(request)
    if not may_work(user):
        raise PermissionDenied
    return user


def own_record(request: HttpRequest, pk: int) -> Submission:
    """A record in the user's scope; any other does not exist for this user."""
    rows = Submission.objects.visible_to(reader(request)).select_related(*RELATED)
    return get_object_or_404(rows, pk=pk)


def position_in(request: HttpRequest) -> int:
    """Where the record stood in the list that it was opened from; 0 without a list."""
    raw = request.GET.get(POSITION, "")
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 9 else 0


def here(request: HttpRequest, narrowing: Narrowing) -> str:
    """The filter and the place in it, to be kept by every link and button of a record."""
    return narrowing.query(**{POSITION: position_in(request) or ""})


def private(response: HttpResponse) -> HttpResponse:
    """What is about persons is kept by no browser and no proxy."""
    response["Cache-Control"] = "private, no-store"
    return response


def page(
    request: HttpRequest,
    template: str,
    title: str,
    crumb: tuple[str, str] | None = None,
    **more: Any,
) -> HttpResponse:
    """Render in the admin's frame. The title stays in the browser's history: never a name."""
    crumbs = [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": reverse("forms_inbox"), "label": _("Arrived forms")},
    ]
    if crumb:
        crumbs.append({"url": crumb[0], "label": crumb[1]})
    if template != INDEX:  # the header shows the last one
        crumbs.append({"url": request.path, "label": title})
    context = {
        "page_title": title,
        "header_title": title,
        "header_icon": "mail",
        "breadcrumbs_items": crumbs,
        **more,
    }
    return private(render(request, f"{TEMPLATES}{template}.html", context))
