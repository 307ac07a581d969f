"""The root paths of the running request, so that addresses of pages cost no further query."""

from __future__ import annotations

from asgiref.local import Local
from django.http import HttpRequest
from wagtail.models.sites import SiteRootPath

_active = Local()


def begin(request: HttpRequest) -> None:
    """A request starts; nothing is known yet."""
    _active.request, _active.paths = request, None


def learn(request: HttpRequest, paths: list[SiteRootPath]) -> None:
    """Keep what this request has read; a foreign or invented request changes nothing."""
    if getattr(_active, "request", None) is request:
        _active.paths = paths


def known() -> list[SiteRootPath] | None:
    """The root paths, if a request is running and has read them."""
    paths: list[SiteRootPath] | None = getattr(_active, "paths", None)
    return paths


def end() -> None:
    """The request is over; the next one reads anew."""
    _active.request = _active.paths = None
