"""How long a visitor waits for the engine: all that one request asks of it shares one time.

Where nothing fits, an answer asks for other spellings and for fewer words too; of an engine that
is slow each of these would take its time anew.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse

View = Callable[[HttpRequest], HttpResponse]
_ends: ContextVar[float | None] = ContextVar("search_patience_ends", default=None)


def shared(view: View) -> View:
    """Whatever this view asks must be answered within `SEARCH_MILLISECONDS` from its beginning."""

    @wraps(view)
    def patient(request: HttpRequest) -> HttpResponse:
        token = _ends.set(_from_now())
        try:
            return view(request)
        finally:
            _ends.reset(token)

    return patient


def ends() -> float:
    """When the engine must have answered, on the monotonic clock."""
    held = _ends.get()
    return _from_now() if held is None else held


def _from_now() -> float:
    return time.monotonic() + float(settings.SEARCH_MILLISECONDS) / 1000
