"""What stands around the answers of a record: consent, doubles, proof, history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from wagtail.log_actions import registry as log_registry

from portal.areas.models import User
from portal.forms.inbox import answers
from portal.forms.inbox.records import type_of
from portal.forms.inbox.services import NEW_CODE
from portal.forms.models import Submission
from portal.forms.reading import Chapter
from portal.forms.registry import Section, Sheet
from portal.forms.services import SUBJECT
from portal.privacy.models import ConsentRecord

MOST_DOUBLES = 20


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a record; `by` is a user name, empty for the sender."""

    at: datetime
    what: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class Doubles:
    """Other records of the same form with the same citizen number; `hidden` counts foreign ones."""

    count: int = 0
    own: Sequence[Submission] = ()
    hidden: int = 0


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that a record's page shows; after erasure proof and history alone."""

    history: list[Event]
    consent: ConsentRecord | None = None
    doubles: Doubles = field(default_factory=Doubles)
    chapters: list[Chapter] | None = None
    sections: Sequence[Section] = ()
    notes: Sequence[Section] = ()
    sheets: Sequence[Sheet] = ()


def facts_of(record: Submission, user: User) -> Facts:
    """Gather them for a user."""
    form = type_of(record)
    if record.answers is None:
        return Facts(history_of(record))
    walk = answers.walk_of(record)
    return Facts(
        history=history_of(record),
        consent=consent_of(record),
        doubles=doubles_of(record, user),
        chapters=answers.chapters(walk) if walk else None,
        sections=form.sections(record, record.answers) if form else (),
        notes=form.for_officers(record, user) if form else (),
        sheets=form.sheets if form else (),
    )


def consent_of(record: Submission) -> ConsentRecord | None:
    """The proof of consent that was kept when the form was begun."""
    known = ConsentRecord.objects.filter(subject_kind=SUBJECT, subject_ref=record.reference)
    return known.select_related("by").first()


def doubles_of(record: Submission, user: User) -> Doubles:
    """Whether the person stands in other records; those of other communes are only counted."""
    if not record.citizen_blind:
        return Doubles()
    same = Submission.objects.filter(form=record.form, citizen_blind=record.citizen_blind)
    others = same.exclude(pk=record.pk)
    count = others.count()
    if not count:
        return Doubles()
    own = others.visible_to(user).defer("answers", "code").select_related("unit")
    seen = own.count()
    return Doubles(count, list(own[:MOST_DOUBLES]), count - seen)


def history_of(record: Submission) -> list[Event]:
    """From the beginning; codes that were given anew stand in the log of the back office."""
    typist = record.entered_by
    events = [Event(record.sent_at, _("sent"), typist.get_username() if typist else "")]
    if record.received_at:
        events.append(Event(record.received_at, _("received"), _name(record.received_by)))
    logs = log_registry.get_logs_for_instance(record).filter(action=NEW_CODE)
    events += [
        Event(entry.timestamp, _("new code given"), _name(entry.user))
        for entry in logs.select_related("user")
    ]
    if record.erased_at:
        events.append(Event(record.erased_at, _("erased at the end of its time"), _("the system")))
    return sorted(events, key=lambda event: event.at)


def _name(user: Any) -> str:
    return user.get_username() if user else ""
