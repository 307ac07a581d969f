"""A form sent without its secret: from an old tab, a foreign page, a browser without cookies."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 in the portal's frame: Django's own page is English and has no way on."""
    return render(request, "403_csrf.html", status=403)
