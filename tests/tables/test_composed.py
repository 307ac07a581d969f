"""Statements that are composed once read and write the rows that the models would."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.test.utils import CaptureQueriesContext

from portal.areas.models import Village
from portal.forms.models import Draft, Filler, LedgerChain, LedgerEntry, Means, Submission
from portal.registration.models import Declaration, ReviewRound
from portal.tables.composed import Statement, insert
from tests.areas.builders import make_commune, make_village

pytestmark = pytest.mark.django_db
MOMENT = datetime(2026, 11, 24, 1, 30, 0, 123456, tzinfo=UTC)
AWKWARD = "tab\tđêm\n\\ %s {table} '; DROP TABLE forms_draft;--"
DRAFT = Statement(Draft, "SELECT {columns} FROM {table} WHERE reference = %s {lock}")


def draft(**values: Any) -> Draft:
    return Draft(
        **{
            "form": "thu",
            "version": "1",
            "reference": "RS-26-0000-0001",
            "code": "mã số",
            "answers": {"text": AWKWARD, "list": [1, None]},
            "pages": {"nha": 2},
            "filler": Filler.SELF,
            "started_at": MOMENT,
            "touched_at": MOMENT,
            **values,
        }
    )


def entry(**values: Any) -> LedgerEntry:
    chain, _made = LedgerChain.objects.get_or_create(name="00001", defaults={"head": "0" * 64})
    row = {"number": 1, "at": MOMENT, "form": "thu", "version": "1", "digest": "d" * 64}
    return LedgerEntry(**{**row, "chain": chain, "previous": "0" * 64, "hash": "h" * 64, **values})


def submission(owner: LedgerEntry, village: Village) -> Submission:
    return Submission(
        form="thu",
        version="1",
        reference="RS-26-0000-0002",
        code=None,
        key=uuid.uuid4(),
        answers={"text": AWKWARD},
        salt=b"\x00\xff salt",
        unit=village.unit,
        village=village,
        name_key="nguyen van an",
        sort_key=AWKWARD,
        filler=Filler.MEMBER,
        means=Means.PAPER,
        sent_at=MOMENT,
        keep_until=date(2031, 1, 1),
        entry=owner,
    )


def stored(row: models.Model) -> dict[str, Any]:
    """What the models read of a row; bytes of either database alike."""
    found = type(row)._base_manager.get(pk=row.pk)
    return values(found)


def values(row: models.Model) -> dict[str, Any]:
    named = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return {
        name: bytes(value) if isinstance(value, memoryview) else value
        for name, value in named.items()
    }


def test_a_row_of_every_kind_of_column_arrives_as_it_was_given() -> None:
    village = make_village(make_commune())
    first = insert(entry())
    second = insert(submission(first, village))
    third = insert(Declaration(submission=second, standard="x", area="rural", record=[1, AWKWARD]))
    last = insert(draft(typed={"nha": {"q": [AWKWARD]}}))
    for row in (first, second, third, last):
        assert row.pk is not None
        assert not row._state.adding
        assert stored(row) == values(row)


def test_what_is_sealed_lies_sealed() -> None:
    """Attack: whoever reads the tables reads the answers."""
    row = insert(draft())
    with connection.cursor() as cursor:
        cursor.execute("SELECT code, answers FROM forms_draft WHERE id = %s", [row.pk])
        code, answers = map(bytes, cursor.fetchone())
    assert b"DROP TABLE" not in answers
    assert "mã số".encode() not in code


def test_a_row_is_read_as_the_models_read_it() -> None:
    row = insert(draft())
    found = DRAFT.first(row.reference)
    assert found is not None
    assert values(found) == stored(row)
    assert found == Draft.objects.get()
    assert not found._state.adding


def test_a_row_that_was_read_is_saved_like_any_other() -> None:
    insert(draft())
    found = DRAFT.first("RS-26-0000-0001")
    assert found is not None
    found.pages = {"nha": 3}
    found.save()
    assert Draft.objects.get().pages == {"nha": 3}


def test_true_and_false_days_and_nothing_are_read_as_such() -> None:
    day = date(2026, 11, 1)
    made = ReviewRound.objects.create(
        title="Đợt", standard="x", reference_day=day, opens_on=day, closes_on=day, demo=True
    )
    found = Statement(ReviewRound, "SELECT {columns} FROM {table} WHERE id = %s").first(made.pk)
    assert found is not None
    assert (found.demo, found.opens_on) == (True, day)
    assert found.demo is True
    row = insert(draft())
    read = DRAFT.first(row.reference)
    assert read is not None
    assert (read.typed, read.mount, read.entered_by_id) == (None, None, None)


@pytest.mark.parametrize("reference", ["", "RS-26-0000-0009", "x' OR '1'='1", "%s", "{table}"])
def test_no_row_gives_none_and_a_value_is_never_sql(reference: str) -> None:
    """Attack: a reference that ends the condition."""
    insert(draft())
    assert DRAFT.first(reference) is None
    assert DRAFT.row(reference) is None


def test_a_statement_that_awaits_nothing_runs() -> None:
    insert(draft())
    Statement(Draft, "UPDATE {table} SET form = %s WHERE reference = %s").run("kia", "x")
    assert Draft.objects.get().form == "thu"
    Statement(Draft, "UPDATE {table} SET form = %s WHERE reference = %s").run(
        "kia", "RS-26-0000-0001"
    )
    assert Draft.objects.get().form == "kia"


def test_a_row_taken_out_is_given_back_with_its_answers() -> None:
    insert(draft())
    take = Statement(Draft, "DELETE FROM {table} WHERE reference = %s RETURNING {columns}")
    found = take.first("RS-26-0000-0001")
    assert found is not None
    assert found.answers["text"] == AWKWARD
    assert not Draft.objects.exists()
    assert take.first("RS-26-0000-0001") is None


def test_a_row_that_breaks_a_rule_is_the_same_error_and_goes_with_its_transaction() -> None:
    insert(draft())
    with pytest.raises(IntegrityError):
        _two_and_a_twin()
    assert Draft.objects.count() == 1


@transaction.atomic
def _two_and_a_twin() -> None:
    insert(draft(reference="RS-26-0000-0003"))
    insert(draft())


def test_a_key_of_the_callers_own_is_refused() -> None:
    with pytest.raises(ValueError, match="gives the keys"):
        insert(draft(pk=7))


def test_a_row_is_not_inserted_twice() -> None:
    """Attack: an entry of the ledger, once written, is written again under another key."""
    row = insert(entry())
    with pytest.raises(ValueError, match="gives the keys"):
        insert(row)
    row.pk = None
    with pytest.raises(ValueError, match="gives the keys"):
        insert(row)
    assert LedgerEntry.objects.count() == 1


def test_each_is_one_question_and_is_seen_in_the_log() -> None:
    """What counts the questions of a page must see these too."""
    with CaptureQueriesContext(connection) as queries:
        insert(draft())
        DRAFT.first("x")
    assert len(queries) == 2


@pytest.mark.django_db(transaction=True)
def test_it_opens_a_connection_that_was_closed() -> None:
    """As between two requests, when the server was begun again."""
    insert(draft())
    connection.close()
    assert DRAFT.first("RS-26-0000-0001") is not None


@pytest.mark.servers
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("threshold", "found"), [(5, 1), (None, 0)])
def test_the_server_prepares_what_it_is_asked_often_where_that_is_allowed(
    threshold: int | None, found: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A pooler may not keep prepared statements: `PORTAL_DB_PREPARE=0`."""
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "prepare_threshold", threshold)
    connection.close()
    for _time in range(8):
        DRAFT.first("x")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%draft%'")
        assert cursor.fetchone() == (found,)
    connection.close()
