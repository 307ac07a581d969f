"""Language by path, and the cache of whole public pages."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache as store
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation

from portal.home import cache, roots
from portal.home.display import COOKIE
from portal.home.visits import PAGE_HEADER, counter, is_view
from portal.jobs import clock

GetResponse = Callable[[HttpRequest], HttpResponseBase]
ADMIN = "/quan-tri/"


class PageCacheMiddleware:
    """Serves whole public pages from the cache (design decision 17), and counts the views."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """A kept page, else a new one that is kept when it carries nothing of one visitor."""
        response = self._kept_or_new(request)
        counted = response.headers.get(PAGE_HEADER)
        del response.headers[PAGE_HEADER]
        if request.path_info.startswith(ADMIN):
            response._csp_replace = settings.ADMIN_POLICY  # type: ignore[attr-defined]
        elif is_view(request, response):
            counter.add(counted)
        return response

    def _kept_or_new(self, request: HttpRequest) -> HttpResponseBase:
        if not cache.may_be_kept(request):
            return self._new(request)
        started = clock.now()
        key = cache.key_of(request, cache.version())
        kept = store.get(key)
        if kept is not None:
            return _page(kept, "hit")
        response = self._new(request)
        if isinstance(response, HttpResponse) and _is_public(request, response):
            _keep(key, response, cache.seconds_left(started))
            response["X-Cache"] = "miss"
        return response

    def _new(self, request: HttpRequest) -> HttpResponseBase:
        roots.begin(request)
        try:
            return self.get_response(request)
        finally:
            roots.end()


class PathLocaleMiddleware:
    """Vietnamese, unless the path begins with `/en/`; the browser's wish is not asked."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer in the language of the address and say so."""
        language = "en" if f"{request.path_info}/".startswith("/en/") else "vi"
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


def _is_public(request: HttpRequest, response: HttpResponse) -> bool:
    control = response.get("Cache-Control", "")
    return (
        response.status_code == 200
        and not response.cookies
        and not {"private", "no-store", "no-cache"} & {part.strip() for part in control.split(",")}
        and set(request.COOKIES) <= {COOKIE}
    )


def _keep(key: str, response: HttpResponse, seconds: int) -> None:
    if seconds > 0:
        headers = {name: value for name, value in response.items() if name != "Vary"}
        store.set(key, (response.content, headers), seconds)


def _page(kept: tuple[bytes, dict[str, str]], word: str) -> HttpResponse:
    content, headers = kept
    return HttpResponse(content, headers=headers | {"X-Cache": word})
