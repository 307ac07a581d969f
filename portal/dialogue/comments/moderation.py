"""The moderators' queue in the back office: thin, every verb checks the right itself."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.models import Page

from portal.areas.models import User
from portal.dialogue import desk
from portal.dialogue.comments import queries, rooms, services
from portal.dialogue.comments.forms import keys_in
from portal.dialogue.comments.models import Comment
from portal.dialogue.errors import DialogueError

PER_PAGE = 50
APPROVE, REFUSE = "approve", "refuse"


def may_moderate(user: Any) -> bool:
    """Whoever was given the right, by the group of moderators or singly."""
    return isinstance(user, User) and user.is_active and user.has_perm(services.MODERATE)


def waiting_for(user: Any) -> int | None:
    """How many comments wait, for a moderator's first page."""
    return queries.queue(Comment.State.WAITING, "", None).count() if may_moderate(user) else None


def moderator(request: HttpRequest) -> User:
    """The user, when moderating is this user's work; else the admin sends them away."""
    user = request.user
    if not isinstance(user, User) or not may_moderate(user):
        raise PermissionDenied
    return user


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The queue; what waits, unless another filter is chosen."""
    moderator(request)
    return _page(request, request.GET)


@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest) -> HttpResponse:
    """Approve or refuse the ticked comments, or one by its own button.

    A refusal is shown under this address; the links of its pager come back to the queue.
    """
    user = moderator(request)
    if request.method == "GET":
        return redirect(f"{reverse('dialogue_moderation')}?{request.GET.urlencode()}")
    keys, verb = keys_in(request.POST)
    reason = request.POST.get("reason", "")
    if not keys or verb not in {APPROVE, REFUSE}:
        messages.error(request, _("Tick the comments that you mean."))
        return _page(request, request.POST, ticked=keys, reason=reason)
    try:
        count = services.decide(user, keys, approve=verb == APPROVE, reason=reason)
    except DialogueError as error:
        messages.error(request, str(error))
        return _page(request, request.POST, ticked=keys, reason=reason)
    if verb == APPROVE:
        said = ngettext(
            "%(count)d comment is shown now.", "%(count)d comments are shown now.", count
        )
    else:
        said = ngettext("%(count)d comment was refused.", "%(count)d comments were refused.", count)
    messages.success(request, said % {"count": count})
    return redirect(f"{reverse('dialogue_moderation')}?{_query(request.POST, 'trang')}")


@require_POST
def switch(request: HttpRequest, pk: int) -> HttpResponse:
    """Have a page take comments, or none."""
    user = moderator(request)
    page = get_object_or_404(Page, pk=pk)
    on = request.POST.get("on") == "1"
    services.switch_comments(user, page, on=on)
    said = _("The page takes comments again.") if on else _("The page takes no more comments.")
    messages.success(request, said)
    return redirect(f"{reverse('dialogue_moderation')}?{urlencode({'bai': pk, 'trang-thai': ''})}")


def _page(
    request: HttpRequest, asked: Any, *, ticked: list[int] | None = None, reason: str = ""
) -> HttpResponse:
    state = asked.get("trang-thai", Comment.State.WAITING)
    words, page = asked.get("q", "").replace("\x00", "")[:100], _page_in(asked)
    rows = queries.queue(state, words, page.pk if page else None)
    found = Paginator(rows, PER_PAGE).get_page(asked.get("trang"))
    return desk.page(
        request,
        "comments",
        _("Comments from readers"),
        icon="comment",
        comments=found,
        found=found,
        query=_query(asked),
        hidden=[("trang-thai", state), *_kept(asked)],
        state=state,
        states=Comment.State.choices,
        reasons=Comment.Reason.choices,
        words=words,
        room=rooms.room_of(page.specific) if page else None,
        ticked=ticked or [],
        reason=reason,
    )


def _kept(asked: Any) -> list[tuple[str, str]]:
    """What else of the filter a decision comes back to."""
    return [(name, asked[name]) for name in ("q", "bai", "trang") if asked.get(name)]


def _page_in(asked: Any) -> Page | None:
    raw = asked.get("bai", "")
    known = raw.isascii() and raw.isdigit() and len(raw) < 10
    return Page.objects.filter(pk=raw).first() if known else None


def _query(asked: Any, *more: str) -> str:
    names = ("trang-thai", "q", "bai", *more)
    return urlencode({name: asked[name] for name in names if name in asked})
