"""Verbs on comments and ratings; each is one transaction."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from wagtail.models import Page

from portal.areas.models import User
from portal.dialogue.comments.models import Comment, Rating, Thread
from portal.dialogue.comments.rooms import Room
from portal.dialogue.errors import ClosedError, FullError, NoReasonError, NotAllowedError
from portal.dialogue.throttle import spend
from portal.home import cache
from portal.jobs import clock
from portal.privacy.blinding import blind
from search.text import fold

MODERATE = "dialogue.moderate_comment"
MOST_COMMENTS = 5  # from one network address in a quarter of an hour
MOST_RATINGS = 20
MOST_WAITING = 300  # on one page
MOST_BELOW = 20  # the page shows so many, its own list all of them
KEPT_DAYS = 30  # refused comments, for who asks why


@transaction.atomic
def send_comment(room: Room, key: uuid.UUID, name: str, text: str, address: str) -> Comment:
    """Take a comment in; the same key gives the same comment, whatever else is sent with it.

    Raises `ClosedError`, `TooManyError`, `FullError`.
    """
    sent = Comment.objects.filter(key=key).first()
    if sent is not None:
        return sent
    if not room.takes_comments:
        raise ClosedError
    waiting = Comment.objects.filter(page=room.page.pk, state=Comment.State.WAITING)
    if waiting.count() >= MOST_WAITING:
        raise FullError
    spend("comment", address, MOST_COMMENTS)
    made, _new = Comment.objects.get_or_create(
        key=key,
        defaults={
            "page_id": room.page.pk,
            "name": name,
            "text": text,
            "words": words_of(name, text),
            "sent_at": clock.now(),
        },
    )
    return made


@transaction.atomic
def decide(user: User, keys: Iterable[int], *, approve: bool, reason: str = "") -> int:
    """Approve or refuse comments, also those decided before; returns how many changed.

    What is approved or taken down shows at once: the cached pages end in the same transaction.
    """
    if not user.has_perm(MODERATE):
        raise NotAllowedError
    if not approve and reason not in Comment.Reason.values:
        raise NoReasonError
    state = Comment.State.APPROVED if approve else Comment.State.REFUSED
    found = Comment.objects.select_for_update().filter(pk__in=list(keys)).exclude(state=state)
    rows = list(found.order_by("pk"))
    was_shown = any(row.state == Comment.State.APPROVED for row in rows)
    Comment.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=state,
        reason="" if approve else reason,
        decided_at=clock.now(),
        decided_by=user,
    )
    for page in {row.page_id for row in rows}:
        _renew(page)
    if rows and (approve or was_shown):
        cache.bump()
    return len(rows)


@transaction.atomic
def switch_comments(user: User, page: Page, *, on: bool) -> None:
    """Have a page take comments or none; what is shown stays."""
    if not user.has_perm(MODERATE):
        raise NotAllowedError
    Thread.objects.update_or_create(page_id=page.pk, defaults={"comments_open": on})
    cache.bump()


@transaction.atomic
def rate(room: Room, voter: uuid.UUID, stars: int, address: str) -> Rating:
    """One rating a browser and page; a second one replaces the first.

    The cached pages are left to their own end (five minutes at most): a vote must not empty the
    cache. Raises `ClosedError`, `TooManyError`.
    """
    if not room.takes_ratings:
        raise ClosedError
    spend("rating", address, MOST_RATINGS)
    Thread.objects.get_or_create(page_id=room.page.pk)
    thread = Thread.objects.select_for_update().get(page_id=room.page.pk)
    given, new = Rating.objects.get_or_create(
        page_id=room.page.pk,
        voter=voter_key(voter),
        defaults={"stars": stars, "at": clock.now()},
    )
    before = 0 if new else given.stars
    Thread.objects.filter(pk=thread.pk).update(
        rating_count=F("rating_count") + int(new), rating_sum=F("rating_sum") + stars - before
    )
    if not new:
        Rating.objects.filter(pk=given.pk).update(stars=stars, at=clock.now())
        given.stars = stars
    return given


def rating_of(room: Room, voter: uuid.UUID) -> Rating | None:
    """What this browser gave the page before."""
    return Rating.objects.filter(page_id=room.page.pk, voter=voter_key(voter)).first()


def words_of(name: str, text: str) -> str:
    """What moderators find a comment by."""
    return fold(f"{name} {text}")


def voter_key(voter: uuid.UUID) -> str:
    """The random number of a browser as it is kept."""
    return blind("rating", voter.hex)


def drop_refused() -> int:
    """Delete refused comments after their days; nothing refers to them."""
    before = clock.now() - timedelta(days=KEPT_DAYS)
    refused = Comment.objects.filter(state=Comment.State.REFUSED, decided_at__lt=before)
    count, _by_model = refused.delete()
    return count


def _renew(page: int) -> None:
    """The sums and the newest comments that the page shows."""
    shown = Comment.objects.filter(page_id=page, state=Comment.State.APPROVED)
    latest = [
        {"name": row.name, "text": row.text, "sent_at": row.sent_at.isoformat()}
        for row in shown[:MOST_BELOW]
    ]
    values = {"comment_count": shown.count(), "latest": latest}
    Thread.objects.update_or_create(page_id=page, defaults=values)
