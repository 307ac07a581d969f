"""Views of the site frame: pages, feeds of search engines, health, errors."""

from __future__ import annotations

from django.conf import settings
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.templatetags.static import static
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.contrib.sitemaps.views import sitemap as wagtail_sitemap
from wagtail.views import serve as wagtail_serve

from portal.home.models import CacheVersion
from portal.home.tree import tree_of


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
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public page with the date of its last change."""
    tree_of(request)
    response: TemplateResponse = wagtail_sitemap(request)
    return response


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines leave alone, and where the list of pages is."""
    lines = [
        "User-agent: *",
        "Disallow: /quan-tri/",
        "Disallow: /hien-thi/",
        "Disallow: /tim-kiem",
        "Disallow: /bien-nhan/",
        f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


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
    """404 in the portal's frame, with the search box."""
    return render(request, "404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """500 in a page that needs neither the database nor the frame."""
    return render(None, "500.html", status=500)
