"""Whoever changes something behind the portal's back is named by `reconcile_ledger`, each way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from portal.areas.models import Unit
from portal.forms import ledger, services
from portal.forms.models import LedgerEntry, Submission
from tests.forms.ledger import trial

FORGED = "f" * 64


@dataclass(frozen=True)
class Book:
    """Three forms of one commune, one of another; `second` is the one that is touched."""

    first: Submission
    second: Submission
    third: Submission
    other: Submission


@pytest.fixture
def book(communes: list[Unit]) -> Book:
    own, foreign = communes[0], communes[1]
    third = trial.draft(own, name="Hoàng Văn Đức")
    first, second = trial.sent(own), trial.sent(own)
    return Book(first, second, services.submit(third.key).submission, trial.sent(foreign))


def sql(statement: str, *values: object) -> None:
    """As somebody does who has the database and not the portal."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        assert cursor.rowcount, statement


def differences(options: tuple[str, ...] = ()) -> list[str]:
    """What the command prints; it has to end with 1."""
    out = StringIO()
    with pytest.raises(CommandError) as caught:
        call_command("reconcile_ledger", *options, stdout=out, stderr=StringIO())
    assert caught.value.returncode == 1
    return out.getvalue().splitlines()


def changed_answers(book: Book) -> None:
    """Sealed with the portal's own key."""
    answers = {**(book.second.answers or {}), "income": 1}
    Submission.objects.filter(pk=book.second.pk).update(answers=answers)


def exchanged_answers(book: Book) -> None:
    sql(
        "UPDATE forms_submission SET answers = (SELECT answers FROM forms_submission "
        "WHERE id = %s) WHERE id = %s",
        book.third.pk,
        book.second.pk,
    )


def spoiled_answers(book: Book) -> None:
    sql("UPDATE forms_submission SET answers = %s WHERE id = %s", b"k1:noise", book.second.pk)


def emptied_answers(book: Book) -> None:
    sql("UPDATE forms_submission SET answers = NULL WHERE id = %s", book.second.pk)


def changed_salt(book: Book) -> None:
    sql("UPDATE forms_submission SET salt = %s WHERE id = %s", b"\x00" * 16, book.second.pk)


def changed_record(column: str, value: object) -> Callable[[Book], None]:
    def change(book: Book) -> None:
        sql(f"UPDATE forms_submission SET {column} = %s WHERE id = %s", value, book.second.pk)

    return change


def changed_time(book: Book) -> None:
    later = book.second.sent_at + timedelta(microseconds=1)
    Submission.objects.filter(pk=book.second.pk).update(sent_at=later)


def moved_record(book: Book) -> None:
    """The form disappears from the inbox of its commune."""
    sql(
        "UPDATE forms_submission SET unit_id = %s WHERE id = %s", book.other.unit_id, book.second.pk
    )


@pytest.mark.parametrize(
    "tamper",
    [
        changed_answers,
        exchanged_answers,
        spoiled_answers,
        emptied_answers,
        changed_salt,
        changed_time,
        moved_record,
        changed_record("form", "khac"),
        changed_record("version", "2026-2"),
    ],
)
def test_a_changed_record_is_named(book: Book, tamper: Callable[[Book], None]) -> None:
    tamper(book)
    found = differences()
    assert len(found) == 1
    assert found[0].startswith(f"{book.second.reference}: ")


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("form", "khac"),
        ("version", "2026-2"),
        ("digest", FORGED),
        ("previous", FORGED),
        ("hash", FORGED),
    ],
)
def test_a_changed_entry_is_named(book: Book, column: str, value: str) -> None:
    entry = book.second.entry
    sql(f"UPDATE forms_ledgerentry SET {column} = %s WHERE id = %s", value, entry.pk)
    assert f"{entry}: " in "\n".join(differences())


def test_a_changed_time_of_an_entry_is_named(book: Book) -> None:
    entry = book.second.entry
    earlier = connection.ops.adapt_datetimefield_value(entry.at - timedelta(days=1))
    sql("UPDATE forms_ledgerentry SET at = %s WHERE id = %s", earlier, entry.pk)
    found = "\n".join(differences())
    assert f"{entry}: " in found
    assert f"{book.second.reference}: " in found


def test_a_well_forged_entry_is_betrayed_by_the_next_one(book: Book) -> None:
    """Answers, digest and hash fit each other; the next entry still follows the old hash."""
    row, entry = book.second, book.second.entry
    answers = {**(row.answers or {}), "income": 1}
    digest = ledger.digest_of(bytes(row.salt or b""), answers)
    forged = ledger.hash_of(entry.previous, entry.at, entry.form, entry.version, digest)
    Submission.objects.filter(pk=row.pk).update(answers=answers)
    sql(
        "UPDATE forms_ledgerentry SET digest = %s, hash = %s WHERE id = %s",
        digest,
        forged,
        entry.pk,
    )
    found = differences()
    assert len(found) == 1
    assert found[0].startswith(f"{book.third.entry}: ")


def test_swapped_entries_are_named(book: Book) -> None:
    first, second = book.first.entry, book.second.entry
    for number, entry in ((99, first), (1, second), (2, first)):
        sql("UPDATE forms_ledgerentry SET number = %s WHERE id = %s", number, entry.pk)
    found = "\n".join(differences())
    assert all(f"{entry}: " in found for entry in (first, second, book.third.entry))


def test_an_entry_moved_to_another_chain_is_named(book: Book) -> None:
    chain = book.other.entry.chain
    sql(
        "UPDATE forms_ledgerentry SET chain_id = %s, number = 2 WHERE id = %s",
        chain.pk,
        book.second.entry.pk,
    )
    found = "\n".join(differences())
    assert f"{book.second.entry}: " in found or f"{chain} 2: " in found
    assert f"{book.second.reference}: " in found


@pytest.mark.parametrize("which", ["first", "second", "third"])
def test_a_deleted_entry_is_named_with_its_record(book: Book, which: str) -> None:
    """The database's own foreign key is deferred here, as whoever deletes would switch it off."""
    row: Submission = getattr(book, which)
    chain, name = str(row.entry.chain), f"{row.entry}: "
    with transaction.atomic():
        sql("DELETE FROM forms_ledgerentry WHERE id = %s", row.entry.pk)
        found = differences()
        transaction.set_rollback(True)
    assert any(line.startswith(f"{row.reference}: ") for line in found)
    last = which == "third"
    assert any(line.startswith(f"{chain}: " if last else name) for line in found)


@pytest.mark.parametrize("which", ["first", "second", "third"])
def test_a_record_deleted_with_its_entry_is_noticed(book: Book, which: str) -> None:
    row: Submission = getattr(book, which)
    chain = str(row.entry.chain)
    sql("DELETE FROM forms_submission WHERE id = %s", row.pk)
    sql("DELETE FROM forms_ledgerentry WHERE id = %s", row.entry.pk)
    assert any(line.startswith(chain) for line in differences())


def test_a_deleted_record_is_named_by_its_entry(book: Book) -> None:
    sql("DELETE FROM forms_submission WHERE id = %s", book.second.pk)
    found = differences()
    assert len(found) == 1
    assert found[0].startswith(f"{book.second.entry}: ")


@pytest.mark.parametrize(
    ("column", "value"), [("head", FORGED), ("count", 2), ("count", 4), ("name", "02600")]
)
def test_a_changed_chain_is_named(book: Book, column: str, value: object) -> None:
    chain = book.first.entry.chain
    sql(f'UPDATE forms_ledgerchain SET "{column}" = %s WHERE id = %s', value, chain.pk)
    name = "02600" if column == "name" else chain.name
    assert any(name in line for line in differences())


def test_a_smuggled_entry_is_named(book: Book) -> None:
    """Behind the end of the chain, made well, but with no form that arrived."""
    chain, at = book.third.entry.chain, book.third.sent_at
    chain.refresh_from_db()
    entry = LedgerEntry.objects.create(
        chain=chain,
        number=4,
        at=at,
        form=trial.FORM,
        version=trial.VERSION,
        digest=FORGED,
        previous=chain.head,
        hash=ledger.hash_of(chain.head, at, trial.FORM, trial.VERSION, FORGED),
    )
    found = differences()
    assert len(found) == 2
    assert all(line.startswith(f"{entry}: ") for line in found)


def test_every_difference_is_printed_and_counted(book: Book) -> None:
    for row in (book.first, book.third, book.other):
        sql("UPDATE forms_submission SET salt = NULL WHERE id = %s", row.pk)
    assert [line.partition(":")[0] for line in differences()] == [
        row.reference for row in (book.first, book.third, book.other)
    ]
    listed = "".join(differences(("--json",)))
    assert all(
        getattr(book, field.name).reference in listed
        for field in fields(book)
        if field.name != "second"
    )


def test_many_spoiled_records_are_found_one_by_one(communes: list[Unit]) -> None:
    rows = [trial.sent(communes[0]) for _each in range(9)]
    for row in rows[2:5]:
        sql("UPDATE forms_submission SET answers = %s WHERE id = %s", b"k1:noise", row.pk)
    assert [line.partition(":")[0] for line in differences()] == [
        row.reference for row in rows[2:5]
    ]


def test_the_nightly_check_fails_and_says_why(book: Book, caplog: pytest.LogCaptureFixture) -> None:
    ledger.check_or_fail()
    changed_answers(book)
    with pytest.raises(ledger.LedgerBrokenError, match=book.second.reference):
        ledger.check_or_fail()
    assert book.second.reference in caplog.text
    assert trial.PERSON not in caplog.text


def test_forms_that_arrive_while_it_reads_are_no_difference(
    book: Book, communes: list[Unit]
) -> None:
    """The portal goes on at night: a new end of a chain is not taken for a broken one."""
    arrived: list[Submission] = []

    def meanwhile(_count: int) -> None:
        if len(arrived) < 6:
            arrived.append(trial.sent(communes[len(arrived) % 2]))

    assert list(ledger.differences(meanwhile)) == []
    assert len(arrived) == 6
    assert list(ledger.differences()) == []


def test_one_entry_is_checked_with_its_neighbours(book: Book) -> None:
    """What the page of the receipts recomputes."""
    rows = (book.first, book.second, book.third, book.other)
    entries = [LedgerEntry.objects.select_related("chain").get(submission=row) for row in rows]
    assert all(ledger.is_sound(entry) for entry in entries)
    sql("UPDATE forms_ledgerentry SET previous = %s WHERE id = %s", FORGED, entries[2].pk)
    again = LedgerEntry.objects.select_related("chain")
    assert [ledger.is_sound(again.get(pk=entry.pk)) for entry in entries] == [
        True,
        False,
        False,
        True,
    ]
