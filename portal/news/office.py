"""The room's own pages of the back office: who may open them, and how they are framed."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.areas.models import User

STATISTICS, IMPORTS = "news.view_statistics", "news.import_content"


def editor(request: HttpRequest, right: str) -> User:
    """The user, when this is the user's work; else the admin sends them away."""
    user = request.user
    if not isinstance(user, User) or not user.has_perm(right):
        raise PermissionDenied
    return user


def page(request: HttpRequest, template: str, title: str, icon: str, **more: Any) -> HttpResponse:
    """Render with the admin's header."""
    context = {
        "page_title": title,
        "header_title": title,
        "header_icon": icon,
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": "", "label": title},
        ],
        **more,
    }
    response = render(request, f"news/admin/{template}.html", context)
    response["Cache-Control"] = "private, no-store"
    return response
