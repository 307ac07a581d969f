"""Lists are no phone book: how many different households one network address is shown.

`admit()` is asked by the search and may be asked by the pages of lists: within ten minutes an
address is given so many different entries (`PORTAL_LIST_ENTRIES`), and those again as often as it
likes. Only a digest of the address is kept, and only as long.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from portal.jobs import clock

WINDOW_SECONDS = 600


def address_of(request: HttpRequest) -> str:
    """The visitor's network address; behind a proxy the one that the proxy saw."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.BEHIND_PROXY else ""
    return forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "") or "unknown"


def admit(address: str, keys: Iterable[str]) -> frozenset[str]:
    """Which of these entries the address may be shown now; they count as shown."""
    asked = list(dict.fromkeys(keys))
    if not asked:
        return frozenset()
    name = f"list-entries:{_digest(address)}"
    now = clock.now().timestamp()
    held: dict[str, float] = cache.get(name) or {}
    shown = {key: at for key, at in held.items() if at > now - WINDOW_SECONDS}
    given = []
    for key in asked:
        if key in shown or len(shown) < settings.SEARCH_LIST_ENTRIES:
            shown.setdefault(key, now)
            given.append(key)
    if given and shown != held:
        cache.set(name, shown, WINDOW_SECONDS)
    return frozenset(given)


def _digest(address: str) -> str:
    key = settings.SECRET_KEY.encode()[:64]
    return blake2b(address.encode("utf-8", "replace"), key=key, digest_size=16).hexdigest()
