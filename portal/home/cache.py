"""Whole public pages in the cache: what they depend on and how long they may live.

Every cached page carries the number of one database row in its key. A writer raises the row in
its own transaction, so that a page that was built before the commit is never asked for after it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from portal.home.display import display_of
from portal.jobs import clock

Edges = Callable[[datetime], datetime | None]

ROW = 1
_edges: list[Edges] = []
_parameters: set[str] = {"trang"}


def lifetime() -> int:
    """Seconds that a page may live at most; 0 switches the cache off."""
    return int(getattr(settings, "PAGE_CACHE_SECONDS", 300))


def bump() -> None:
    """Let no page built until now be served again; call it inside the writer's transaction."""
    from portal.home.models import CacheVersion

    if not CacheVersion.objects.filter(pk=ROW).update(number=F("number") + 1):
        CacheVersion.objects.bulk_create([CacheVersion(pk=ROW, number=2)], ignore_conflicts=True)


def version() -> int:
    """The number that the cached pages of this moment carry; always read from the database."""
    with connection.cursor() as cursor:  # on every kept page, where the ORM is half of the work
        cursor.execute("SELECT number FROM home_cacheversion WHERE id = %s", [ROW])
        found = cursor.fetchone()
    return int(found[0]) if found else 1


def version_of(request: HttpRequest) -> int:
    """The version that this request began under: all that it shows is at least as new."""
    kept: int | None = getattr(request, "portal_version", None)
    if kept is None:
        kept = version()
        request.portal_version = kept  # type: ignore[attr-defined]
    return kept


def register_edges(func: Edges) -> None:
    """`func(moment)` gives the next moment at which a room's pages change by the clock alone."""
    if func not in _edges:
        _edges.append(func)


def allow_parameters(*names: str) -> None:
    """Addresses with other parameters are never kept: what people search for is their own."""
    _parameters.update(names)


def next_midnight(moment: datetime) -> datetime:
    """Midnight ends the date line and whatever is valid by days."""
    local = timezone.localtime(moment) + timedelta(days=1)
    return local.replace(hour=0, minute=0, second=0, microsecond=0)


def next_edge(moment: datetime) -> datetime:
    """When pages change next by the clock alone: midnight, or the edge of some room's window."""
    edges = [edge for edge in (func(moment) for func in _edges) if edge is not None]
    return min([next_midnight(moment), *(edge for edge in edges if edge > moment)])


def seconds_left(moment: datetime) -> int:
    """How long a page that was begun at `moment` may live: until the next edge, or less."""
    until = min(next_edge(moment), moment + timedelta(seconds=lifetime()))
    return int((until - clock.now()).total_seconds())


def key_of(request: HttpRequest, number: int) -> str:
    """One entry per host, address, reader's display and version."""
    size, contrast = display_of(request)
    parts = [request.get_host(), request.get_full_path(), size, contrast, str(number)]
    return "page:" + hashlib.sha256("\n".join(parts).encode()).hexdigest()


def may_be_kept(request: HttpRequest) -> bool:
    """Only anonymous GETs of public addresses with known parameters."""
    return (
        request.method == "GET"
        and lifetime() > 0
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and not request.path_info.startswith(("/quan-tri/", "/tep/", "/suc-khoe/"))
        and _parameters.issuperset(request.GET)
        and len(request.META.get("QUERY_STRING", "")) <= 300
    )
