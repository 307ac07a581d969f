"""Reference and code open a form: throttled, and every attempt is written down.

A person may err five times within a quarter of an hour for one reference, and twenty times from
one network address whatever the references; then nothing opens for a quarter of an hour, the
right code included. With 100 million codes that leaves guessing hopeless.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from portal.forms.errors import BlockedError, WrongCodeError
from portal.forms.models import AccessAttempt, Draft, Submission
from portal.forms.references import read_code, read_reference
from portal.jobs import clock
from portal.privacy.blinding import blind

WINDOW = timedelta(minutes=15)
MOST_PER_REFERENCE = 5
MOST_PER_ADDRESS = 20
ADDRESS = "network address"
Outcome = AccessAttempt.Outcome


def open_record(reference: str, code: str, address: str) -> Draft | Submission:
    """The draft or arrived form that both open; raises what `open_with` raises."""
    found: Draft | Submission = open_with(reference, code, address, _record)
    return found


def open_with(reference: str, code: str, address: str, find: Callable[[str], Any]) -> Any:
    """What both open, of whatever `find` knows by reference; it has a `code`, or lost it.

    Raises `BlockedError` after too many wrong attempts and `WrongCodeError` otherwise; the two
    say nothing about whether the reference exists.
    """
    known = read_reference(reference)
    blinded = blind(ADDRESS, address)
    name = known or "-"
    if _is_blocked(name, blinded):
        _note(name, blinded, Outcome.BLOCKED)
        raise BlockedError
    record = find(known) if known else None
    typed = read_code(code) or ""
    right = str(getattr(record, "code", None) or "")
    if record is None or not right or not hmac.compare_digest(right, typed):
        _note(name, blinded, Outcome.WRONG)
        raise WrongCodeError
    _note(name, blinded, Outcome.OPENED)
    return record


def _record(reference: str) -> Draft | Submission | None:
    draft = Draft.objects.filter(reference=reference).first()
    return draft or Submission.objects.filter(reference=reference).first()


def _is_blocked(reference: str, address: str) -> bool:
    since = clock.now() - WINDOW
    wrong = AccessAttempt.objects.filter(at__gte=since, outcome=Outcome.WRONG)
    if reference != "-" and wrong.filter(reference=reference).count() >= MOST_PER_REFERENCE:
        return True
    return wrong.filter(address=address).count() >= MOST_PER_ADDRESS


def _note(reference: str, address: str, outcome: str) -> None:
    AccessAttempt.objects.create(
        reference=reference, address=address, outcome=outcome, at=clock.now()
    )
