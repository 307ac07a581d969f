"""Undo of a publication: the page as it was public before, in one step."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.models import Page, PageLogEntry, Revision

from portal.areas.models import User
from portal.home.desk.frame import editor, page

PUBLISHED = ("wagtail.publish", "wagtail.revert")


def published_before(found: Page) -> Revision | None:
    """The newest revision that was public before the one that is public now."""
    now = found.live_revision
    if now is None:
        return None
    logged = PageLogEntry.objects.filter(page=found.pk, action__in=PUBLISHED)
    keys = logged.values("revision")
    older = Revision.objects.filter(pk__in=keys, created_at__lt=now.created_at)
    previous: Revision | None = older.order_by("-created_at").first()
    return previous


@transaction.atomic
def undo(found: Page, user: User) -> Revision | None:
    """Publish that revision again; what is taken back stays as the draft, nothing is lost."""
    standing = Page.objects.select_for_update().get(pk=found.pk)
    previous = published_before(standing)
    if previous is not None:
        previous.publish(user=user)
    return previous


@require_http_methods(["GET", "POST"])
def view(request: HttpRequest, page_id: int) -> HttpResponse:
    """Asked first, with the day and the author of the older version."""
    user, found = editor(request), get_object_or_404(Page, pk=page_id)
    if not found.permissions_for_user(user).can_publish() or not found.live:
        raise PermissionDenied
    if request.method == "POST":
        if undo(found, user) is None:
            messages.error(request, _("This page was published only once: nothing to go back to."))
        else:
            messages.success(request, _("The page is public again as it was before."))
        return redirect("wagtailadmin_pages:edit", found.pk)
    address = reverse("wagtailadmin_pages:edit", args=[found.pk])
    return page(
        request,
        "undo",
        _("Undo the publication"),
        "undo",
        (address, found.get_admin_display_title()),
        item=found,
        previous=published_before(found),
    )
