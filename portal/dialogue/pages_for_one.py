"""Pages that belong to one visitor: kept by no cache, seen by no robot."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from portal.dialogue.errors import TooManyError

TOO_MANY = 429


def private(response: HttpResponse) -> HttpResponse:
    """Mark a response as one person's own."""
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def draw(
    request: HttpRequest, template: str, error: Exception | None = None, **context: Any
) -> HttpResponse:
    """A page of this visitor; whoever sends too much is told so by the status as well."""
    status = TOO_MANY if isinstance(error, TooManyError) else 200
    return private(render(request, f"dialogue/{template}.html", context, status=status))


def go(address: str) -> HttpResponse:
    """Redirect after a POST."""
    return private(HttpResponseRedirect(address))
