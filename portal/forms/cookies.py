"""The one cookie of a form: a signed key, sent to the form's own page and nowhere else.

It holds nothing personal. Signing it out ("Xong, xóa khỏi máy này") leaves nothing on the device.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from portal.forms import registry
from portal.forms.models import Draft, Submission
from portal.forms.retention import DRAFT_DAYS

NAME = "to-khai"
SALT = "portal.forms.cookie"
DAY = 24 * 3600


def remember(response: HttpResponse, record: Draft | Submission, path: str = "") -> None:
    """Let this browser go on with a draft for seven days, or look at what was sent for one.

    `path` is the page where it goes on, when several mount the form; else the first that does.
    """
    days = DRAFT_DAYS if isinstance(record, Draft) else 1
    response.set_cookie(
        NAME,
        signing.dumps(record.key.hex, salt=SALT),
        max_age=days * DAY,
        path=path or registry.mount_url(record.form) or "/",
        secure=bool(settings.SESSION_COOKIE_SECURE),
        httponly=True,
        samesite="Lax",
    )


def forget(response: HttpResponse, path: str, others: Iterable[str] = ()) -> None:
    """Take the key out of this browser; `others`: further pages where the form may go on."""
    for other in {*others} - {path}:
        response.delete_cookie(NAME, path=other, samesite="Lax")
        # Django keeps one cookie of a name; each page needs a line of its own.
        response.cookies[f"{NAME} {other}"] = response.cookies.pop(NAME)
    response.delete_cookie(NAME, path=path, samesite="Lax")


def key_in(request: HttpRequest) -> uuid.UUID | None:
    """The key of this browser; a changed or an old cookie counts as none."""
    try:
        raw = signing.loads(request.COOKIES.get(NAME, ""), salt=SALT, max_age=DRAFT_DAYS * DAY)
        return uuid.UUID(hex=raw)
    except (signing.BadSignature, ValueError, TypeError, AttributeError):
        return None
