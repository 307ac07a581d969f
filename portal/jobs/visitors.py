"""A visitor known by the network address alone: which one it is, and how much it was shown.

Stands at the bottom of the house because search and the rooms count together: what somebody was
shown by a search and on a page of a list is one allowance.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from portal.jobs import clock

WINDOW_SECONDS = 600


def client_address(request: HttpRequest) -> str:
    """The visitor's network address; behind a proxy the one that the proxy saw."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.BEHIND_PROXY else ""
    return forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "") or "unknown"


def admit(what: str, address: str, keys: Iterable[str], most: int) -> frozenset[str]:
    """Which of these things the address may be shown now; they count as shown.

    Within `WINDOW_SECONDS` an address is given `most` different things of the name `what`, and
    those again as often as it likes. Only a digest of the address is kept, and only as long.
    """
    asked = list(dict.fromkeys(keys))
    if not asked:
        return frozenset()
    name = f"{what}:{_digest(address)}"
    now = clock.now().timestamp()
    held: dict[str, float] = cache.get(name) or {}
    shown = {key: at for key, at in held.items() if at > now - WINDOW_SECONDS}
    given = []
    for key in asked:
        if key in shown or len(shown) < most:
            shown.setdefault(key, now)
            given.append(key)
    if given and shown != held:
        cache.set(name, shown, WINDOW_SECONDS)
    return frozenset(given)


def _digest(address: str) -> str:
    key = settings.SECRET_KEY.encode()[:64]
    return blake2b(address.encode("utf-8", "replace"), key=key, digest_size=16).hexdigest()
