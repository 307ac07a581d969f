"""Views of the site frame: pages, health, errors."""

from __future__ import annotations

import re

from django.conf import settings
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.views import serve as wagtail_serve

from portal.home.models import CacheVersion
from portal.home.tree import tree_of

MOST_WORDS, MOST_LETTERS = 12, 100


def serve(request: HttpRequest, path: str) -> HttpResponseBase:
    """Wagtail's serving of pages, with the route found by the portal's own short way."""
    top = tree_of(request).top
    if top is not None:
        parts = [part for part in path.split("/") if part]
        try:
            route = top.route(request, parts)
        except Http404:
            route = None
        request._wagtail_route_for_request = route  # type: ignore[attr-defined]
    response: HttpResponseBase = wagtail_serve(request, path)
    return response


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """What browsers ask for unasked: the emblem that the pages name themselves."""
    response = redirect(static("portal/img/emblem.svg"))
    response["Cache-Control"] = "public, max-age=86400"
    return response


@never_cache
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return JsonResponse({"state": "ok"})


@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """The database answers and its tables stand; otherwise 503, so that no visitor is sent."""
    try:
        connection.ensure_connection()
        CacheVersion.objects.exists()
    except Exception as error:
        return JsonResponse({"state": "down", "reason": type(error).__name__}, status=503)
    return JsonResponse({"state": "ok", "engine": settings.SEARCH_ENGINE})


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404 in the portal's frame, with the search box and the words of the address to search for."""
    return render(request, "404.html", {"words": _words_of(request.path)}, status=404)


def _words_of(path: str) -> str:
    """`/tin-tuc/ke-hoach-167/` gives `ke hoach 167`; nothing where there is no word to try."""
    last = path.rstrip("/").rpartition("/")[2].partition(".")[0]
    words = [word for word in re.split(r"[-_\s]+", last) if word][:MOST_WORDS]
    return " ".join(words)[:MOST_LETTERS] if any(word.isalpha() for word in words) else ""


def broken(request: HttpRequest) -> HttpResponse:
    """500 in a page that needs neither the database nor the frame."""
    return render(None, "500.html", status=500)
