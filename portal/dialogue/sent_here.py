"""For an hour the browser that sent something may open its receipt, by a signed cookie."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from portal.dialogue.pages_for_one import go

SALT, HOUR = "portal.dialogue.sent", 3600


def to_receipt(address: str, cookie: str, key: uuid.UUID) -> HttpResponse:
    """Redirect to the receipt; the cookie is sent to that address and nowhere else."""
    response = go(address)
    response.set_cookie(
        cookie,
        signing.dumps(key.hex, salt=f"{SALT}.{cookie}"),
        max_age=HOUR,
        path=address,
        secure=bool(settings.SESSION_COOKIE_SECURE),
        httponly=True,
        samesite="Lax",
    )
    return response


def key_in(request: HttpRequest, cookie: str) -> uuid.UUID | None:
    """The key of what this browser sent; a changed or an old cookie counts as none."""
    raw = request.COOKIES.get(cookie, "")
    try:
        return uuid.UUID(hex=signing.loads(raw, salt=f"{SALT}.{cookie}", max_age=HOUR))
    except (signing.BadSignature, ValueError, TypeError, AttributeError):
        return None
