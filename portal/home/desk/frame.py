"""What the pages of the editors' desk share: who looks, and the admin's frame."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.permission_policies.pages import PagePermissionPolicy

from portal.areas.models import User

PER_PAGE = 50
PAGE = "trang"


def edits_pages(user: Any) -> bool:
    """Whether there is any page that this user may add to, change or publish."""
    return isinstance(user, User) and (
        PagePermissionPolicy().user_has_any_permission(user, ("add", "change", "publish", "lock"))
    )


def editor(request: HttpRequest) -> User:
    """The user, when pages are this user's work; else the admin sends them away."""
    user = request.user
    if not isinstance(user, User) or not edits_pages(user):
        raise PermissionDenied
    return user


def slice_of(request: HttpRequest, rows: Any) -> Page[Any]:
    """One page of a list; a number that makes no sense gives the first or the last."""
    return Paginator(rows, PER_PAGE).get_page(request.GET.get(PAGE))


def page(
    request: HttpRequest,
    template: str,
    title: str,
    icon: str,
    crumb: tuple[str, str] | None = None,
    **more: Any,
) -> HttpResponse:
    """Render in the admin's frame."""
    crumbs = [{"url": reverse("wagtailadmin_home"), "label": _("Home")}]
    if crumb:
        crumbs.append({"url": crumb[0], "label": crumb[1]})
    crumbs.append({"url": request.path, "label": title})
    context = {
        "page_title": title,
        "header_title": title,
        "header_icon": icon,
        "breadcrumbs_items": crumbs,
        **more,
    }
    response = render(request, f"home/admin/{template}.html", context)
    response["Cache-Control"] = "private, no-store"
    return response
