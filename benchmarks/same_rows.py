"""The peer of a sent form: the rows that it leaves, by Django's `create()` and nothing else."""

from __future__ import annotations

import secrets
import uuid
from typing import Any

from django.db import models, transaction

from portal.forms.models import LedgerChain, LedgerEntry, Submission
from portal.registration.models import Declaration

CHAIN = "peer"


class Sample:
    """The values of one sent form, to be written again under keys of their own.

    Nothing is validated, scored, locked, chained or read back; sealing the answers is in `save()`.
    """

    def __init__(self, sent: Submission) -> None:
        self.submission = _values(sent)
        self.entry = _values(sent.entry)
        self.declaration = _values(Declaration.objects.get(submission=sent))
        self.chain = LedgerChain.objects.create(name=CHAIN, head="")

    def create(self, number: int) -> None:
        """Entry, form and score in one transaction."""
        with transaction.atomic():
            own = {
                "chain": self.chain,
                "number": secrets.randbits(62),
                "hash": secrets.token_hex(32),
            }
            entry = LedgerEntry.objects.create(**{**self.entry, **own})
            keys = {"reference": secrets.token_hex(7), "key": uuid.uuid4(), "entry": entry}
            submission = Submission.objects.create(**{**self.submission, **keys})
            Declaration.objects.create(**{**self.declaration, "submission": submission})


def _values(row: models.Model) -> dict[str, Any]:
    """All columns but the row's own key and what is set anew."""
    fresh = {"id", "entry", "submission", "chain"}
    fields = [field for field in row._meta.concrete_fields if field.name not in fresh]
    return {field.attname: getattr(row, field.attname) for field in fields}
