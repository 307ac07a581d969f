"""The admin's frame around the room's own pages in the back office."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.dialogue.pages_for_one import private


def page(
    request: HttpRequest,
    template: str,
    title: str,
    *,
    icon: str,
    crumb: tuple[str, str] | None = None,
    **more: Any,
) -> HttpResponse:
    """Render below the admin's header. The title stays in the browser's history: never a name."""
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
    return private(render(request, f"dialogue/admin/{template}.html", context))
