"""The state of validity of an official document (tình trạng hiệu lực), derived from its dates."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from portal.news.documents import OfficialDocumentPage


class State(models.TextChoices):
    """States as the public knows them; the last one is for plans."""

    FUTURE = "chua", "chưa có hiệu lực"
    IN_FORCE = "con", "còn hiệu lực"
    PARTLY = "mot-phan", "hết hiệu lực một phần"
    ENDED = "het", "hết hiệu lực"
    DONE = "xong", "đã thực hiện xong"


def state_of(page: OfficialDocumentPage, on: date, replaced: bool | None = None) -> State:
    """The state on a day: what the editor gave, else what the dates say.

    `replaced` says whether a live document replaces this one; `None` has it looked up.
    """
    if page.state_given:
        return State(page.state_given)
    start = page.effective_on or page.issued_on
    if page.expires_on and page.expires_on < on:
        return State.ENDED
    if start and start > on:
        return State.FUTURE
    if replaced is None:
        known = getattr(page, "is_replaced", None)
        replaced = page.replaced_on(on) if known is None else bool(known)
    return State.ENDED if replaced else State.IN_FORCE


def state_filter(state: State, on: date) -> Q:
    """The same rule for the database."""
    given = Q(state_given=state)
    derived = Q(state_given="")
    past = Q(expires_on__lt=on)
    starts_later = Q(effective_on__gt=on) | Q(effective_on=None, issued_on__gt=on)
    rules = {
        State.ENDED: past | (Q(is_replaced=True) & ~starts_later),
        State.FUTURE: starts_later & ~past,
        State.IN_FORCE: ~past & ~starts_later & Q(is_replaced=False),
    }
    return given | (derived & rules[state]) if state in rules else given
