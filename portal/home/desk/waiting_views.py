"""The lists behind the numbers on the dashboard."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from portal.home.desk import waiting
from portal.home.desk.frame import editor, page, slice_of


@require_safe
def show(request: HttpRequest, kind: str) -> HttpResponse:
    """The pages of one kind, what is due first."""
    user, found = editor(request), waiting.kinds().get(kind)
    if found is None:
        raise Http404
    rows = slice_of(request, found.pages(user))
    return page(request, "waiting", str(found.label), "list-ul", rows=rows, hint=found.hint)
