"""The peers of a sent form: the rows that it leaves, inserted and nothing else."""

from __future__ import annotations

import os
import secrets
import uuid
from functools import cache
from typing import Any

import psycopg
from django.db import connection, models, transaction
from psycopg import sql

from portal.forms.models import LedgerChain, LedgerEntry, Submission
from portal.registration.models import Declaration

CHAIN = "peer"
Columns = dict[str, Any]


class Sample:
    """The values of one sent form, to be written again under keys of their own.

    Nothing is validated, scored, locked or chained. By `create()` the answers are sealed anew, as
    saving does; `insert` sends what was sealed before.
    """

    def __init__(self, sent: Submission) -> None:
        rows = (sent.entry, sent, Declaration.objects.get(submission=sent))
        self.entry, self.submission, self.declaration = map(_values, rows)
        self.chain = LedgerChain.objects.create(name=CHAIN, head="")
        self.stored = [_stored(row) for row in rows]

    def create(self, number: int) -> None:
        """Entry, form and score by Django in one transaction."""
        with transaction.atomic():
            entry = LedgerEntry.objects.create(**{**self.entry, "chain": self.chain, **_entry()})
            submission = Submission.objects.create(
                **{**self.submission, **_submission(), "entry": entry}
            )
            Declaration.objects.create(**{**self.declaration, "submission": submission})

    def insert(self, number: int) -> None:
        """The same rows by the driver alone."""
        entry, submission, declaration = self.stored
        server = _server()
        with server.transaction():
            own = _insert(LedgerEntry, {**entry, "chain_id": self.chain.pk, **_entry()})
            own = _insert(Submission, {**submission, **_submission(), "entry_id": own})
            _insert(Declaration, {**declaration, "submission_id": own})


def _entry() -> Columns:
    return {"number": secrets.randbits(62), "hash": secrets.token_hex(32)}


def _submission() -> Columns:
    return {"reference": secrets.token_hex(7), "key": uuid.uuid4()}


def _insert(model: type[models.Model], values: Columns) -> Any:
    """The key of a new row; the driver prepares what it is asked often."""
    row = _server().execute(_statement(model, tuple(values)), list(values.values())).fetchone()
    return row[0] if row else None


@cache
def _statement(model: type[models.Model], names: tuple[str, ...]) -> sql.Composed:
    return sql.SQL("INSERT INTO {} ({}) VALUES ({}) RETURNING id").format(
        sql.Identifier(model._meta.db_table),
        sql.SQL(", ").join(map(sql.Identifier, names)),
        sql.SQL(", ").join(sql.Placeholder() * len(names)),
    )


@cache
def _server() -> psycopg.Connection[Any]:
    """The one connection of a process."""
    return psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)


def _stored(row: models.Model) -> Columns:
    """The values of a row as they are sent to the server."""
    fields = [field for field in row._meta.concrete_fields if not field.primary_key]
    return {
        field.column: field.get_db_prep_save(getattr(row, field.attname), connection)
        for field in fields
    }


def _values(row: models.Model) -> Columns:
    """All columns but the row's own key and what is set anew."""
    fresh = {"id", "entry", "submission", "chain"}
    fields = [field for field in row._meta.concrete_fields if field.name not in fresh]
    return {field.attname: getattr(row, field.attname) for field in fields}
