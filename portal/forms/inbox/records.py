"""A record as it stands in a list: the name out of the answers, the days that it waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from portal.areas.models import User
from portal.forms import registry
from portal.forms.models import Means, Submission
from portal.forms.registry import FormType
from portal.jobs import clock

RELATED = ("unit", "village", "entered_by")


def type_of(record: Submission) -> FormType | None:
    """The form of a record; `None` when no room offers it any more."""
    return registry.all_types().get(record.form)


@dataclass(frozen=True)
class Row:
    """One record for a table; `position` counts from 1 in the filtered list."""

    record: Submission
    position: int = 0

    @cached_property
    def form(self) -> str:
        """What the form is called."""
        found = type_of(self.record)
        return str(found.label) if found else self.record.form

    @cached_property
    def name(self) -> str:
        """Whom it is about; empty after erasure."""
        found = type_of(self.record)
        return found.person(self.record.answers) if found and self.record.answers else ""

    @property
    def days(self) -> int | None:
        """Days since it was sent, as long as nobody took it in."""
        record = self.record
        if record.state != Submission.State.SENT or record.erased_at:
            return None
        return (clock.today() - record.sent_at.astimezone(clock.ZONE).date()).days

    @property
    def is_paper(self) -> bool:
        """Whether an officer typed it in."""
        return self.record.means == Means.PAPER


def load(user: User, keys: Sequence[int], start: int = 1) -> list[Row]:
    """The records of a page, which the scope lets through again, in the order of their keys."""
    found = (
        Submission.objects.visible_to(user).filter(pk__in=keys).select_related(*RELATED).in_bulk()
    )
    return [Row(found[key], place) for place, key in enumerate(keys, start) if key in found]
