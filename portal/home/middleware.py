"""Language by path, and the cache of whole public pages."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache as store
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils import translation

from portal.home import cache, roots
from portal.home.display import COOKIE
from portal.home.kept import KeptPage
from portal.home.visits import PAGE_HEADER, counter, is_view
from portal.jobs import clock

GetResponse = Callable[[HttpRequest], HttpResponseBase]
ADMIN = "/quan-tri/"
PACKED = {"text/css", "text/javascript", "application/javascript", "image/svg+xml"}


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
            counter.count(request, counted)
        return response

    def _kept_or_new(self, request: HttpRequest) -> HttpResponseBase:
        if not cache.may_be_kept(request):
            return self._new(request)
        started = clock.now()
        key = cache.key_of(request, cache.version_of(request))
        kept: KeptPage | None = store.get(key)
        if kept is not None:
            return kept.answer(request, "hit")
        response = self._new(request)
        if not isinstance(response, HttpResponse) or not _is_public(request, response):
            return response
        page, seconds = KeptPage.of(response), cache.seconds_left(started)
        if seconds > 0:
            store.set(key, page, seconds)
        return page.answer(request, "miss")

    def _new(self, request: HttpRequest) -> HttpResponseBase:
        roots.begin(request)
        try:
            return self.get_response(request)
        finally:
            roots.end()


class PackedStaticMiddleware(GZipMiddleware):
    """Packs styles and scripts that nobody has packed before: files are served as they lie."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Of the static files those that are text; pages pack themselves."""
        kind = response.get("Content-Type", "").partition(";")[0]
        if not request.path_info.startswith(settings.STATIC_URL) or kind not in PACKED:
            return response
        return super().process_response(request, response)


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
