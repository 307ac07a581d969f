"""Verbs of the room."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portal.forms.models import Submission
from portal.jobs import clock
from portal.labour import doubles, queries
from portal.labour.models import WorkerSheet

COPIED = (
    "sex",
    "economic_activity",
    "technical_qualification",
    "employment_position",
    "unemployment_duration",
)


def record_sheet(submission: Submission, answers: Mapping[str, Any]) -> WorkerSheet:
    """Keep the sheet of an arrived form; beside another one of the same person it waits.

    Runs in the transaction of the submission. The lock on the commune's ledger chain, held since
    the entry was added, lets two sheets of one person in a commune only follow each other.
    """
    others = queries.current_sheets_of(submission)
    counts = doubles.replaces(submission) or not others.exists()
    if counts:
        others.update(current=False)
    return WorkerSheet.objects.create(
        submission=submission,
        current=counts,
        waiting=not counts,
        year=submission.sent_at.astimezone(clock.ZONE).year,
        **{name: answers.get(name, "") for name in COPIED},
    )
