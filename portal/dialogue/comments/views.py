"""`/y-kien/<trang>/` and `/danh-gia/<trang>/`: the forms that a kept page leads to."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core import signing
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from portal.dialogue.comments import queries, services
from portal.dialogue.comments.forms import CommentForm, RatingForm
from portal.dialogue.comments.rooms import Room, room_at
from portal.dialogue.errors import DialogueError
from portal.dialogue.pages_for_one import draw, go
from portal.jobs.visitors import client_address

PER_PAGE = 50
COOKIE = "danh-gia"
COOKIE_SALT = "portal.dialogue.rating"
YEAR = 365 * 24 * 3600
BOTH = require_http_methods(["GET", "HEAD", "POST"])


@BOTH
def comment(request: HttpRequest, trang: str) -> HttpResponse:
    """All comments of a page, and the form for one more."""
    room = room_at(request, trang)
    form = CommentForm(request.POST if request.method == "POST" else None)
    error: DialogueError | None = None
    if request.method == "POST" and form.is_valid():
        try:
            _take(room, form, client_address(request))
        except DialogueError as refusal:
            error = refusal
            form.add_error(None, str(refusal))
        else:
            return go(reverse("dialogue_thanks", args=[trang.strip("/")]))
    shown = Paginator(queries.shown_on(room.page), PER_PAGE).get_page(request.GET.get("trang"))
    return draw(request, "comment", error, room=room, page=room.page, form=form, comments=shown)


@require_safe
def thanks(request: HttpRequest, trang: str) -> HttpResponse:
    """What happens now with a comment that was sent."""
    room = room_at(request, trang)
    return draw(request, "thanks", room=room, page=room.page)


@BOTH
def rating(request: HttpRequest, trang: str) -> HttpResponse:
    """One to five points, and what others gave."""
    room, voter = room_at(request, trang), voter_in(request)
    given = services.rating_of(room, voter) if voter else None
    sent = request.method == "POST"
    form = RatingForm(request.POST if sent else None, initial={"stars": given and given.stars})
    error: DialogueError | None = None
    if sent and form.is_valid() and voter:
        try:
            services.rate(room, voter, form.cleaned_data["stars"], client_address(request))
        except DialogueError as refusal:
            error = refusal
            form.add_error(None, str(refusal))
        else:
            return go(request.path)
    values = {"room": room, "page": room.page, "form": form, "given": given}
    response = draw(request, "rating", error, lost=sent and voter is None, **values)
    return response if voter else _with_voter(response)


def voter_in(request: HttpRequest) -> uuid.UUID | None:
    """The random number of this browser; a changed cookie counts as none."""
    try:
        raw = signing.loads(request.COOKIES.get(COOKIE, ""), salt=COOKIE_SALT)
        return uuid.UUID(hex=raw)
    except (signing.BadSignature, ValueError, TypeError, AttributeError):
        return None


def _with_voter(response: HttpResponse) -> HttpResponse:
    response.set_cookie(
        COOKIE,
        signing.dumps(uuid.uuid4().hex, salt=COOKIE_SALT),
        max_age=YEAR,
        path="/danh-gia/",
        secure=bool(settings.SESSION_COOKIE_SECURE),
        httponly=True,
        samesite="Lax",
    )
    return response


def _take(room: Room, form: CommentForm, address: str) -> None:
    values = form.cleaned_data
    assert form.sealed is not None  # noqa: S101  # nosec B101
    services.send_comment(room, form.sealed.key, values["name"], values["text"], address)
