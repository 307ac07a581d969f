"""A chain for each commune, and one of the province; entries are added and never changed."""

from __future__ import annotations

import json
import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from portal.areas.models import Unit
from portal.forms import ledger, services
from portal.forms.models import Draft, LedgerChain, LedgerEntry, Submission
from portal.privacy.errors import AppendOnlyError
from tests.forms.ledger import trial

START = "0" * 64


def test_each_commune_counts_for_itself_and_the_rest_is_the_provinces(
    communes: list[Unit],
) -> None:
    for unit in (communes[0], communes[1], communes[0], None, communes[0], None):
        trial.sent(unit)
    chains = {chain.name: chain for chain in LedgerChain.objects.all()}
    assert {name: chain.count for name, chain in chains.items()} == {
        communes[0].code: 3,
        communes[1].code: 1,
        "tinh": 2,
    }
    for chain in chains.values():
        entries = list(chain.entries.order_by("number"))
        assert [entry.number for entry in entries] == list(range(1, chain.count + 1))
        assert [entry.previous for entry in entries] == [
            START,
            *(entry.hash for entry in entries[:-1]),
        ]
        assert chain.head == entries[-1].hash
    assert list(ledger.differences()) == []


def test_an_entry_has_time_form_version_of_its_record_and_nothing_else(
    communes: list[Unit],
) -> None:
    row = trial.sent(communes[0])
    entry = LedgerEntry.objects.get()
    assert (entry.at, entry.form, entry.version) == (row.sent_at, trial.FORM, trial.VERSION)
    names = {field.name for field in LedgerEntry._meta.concrete_fields}
    assert names == {"id", "chain", "number", "at", "form", "version", "digest", "previous", "hash"}


def test_sending_again_adds_nothing(communes: list[Unit]) -> None:
    key = trial.draft(communes[0]).key
    first, second = services.submit(key), services.submit(key)
    assert (first.again, second.again) == (False, True)
    assert first.submission.entry == second.submission.entry
    assert (Submission.objects.count(), LedgerEntry.objects.count()) == (1, 1)


def test_a_form_that_fails_on_the_way_leaves_no_entry(communes: list[Unit]) -> None:
    """The record breaks a rule of the database after the entry was added."""
    taken, draft = trial.sent(communes[0]), trial.draft(communes[0])
    Draft.objects.filter(pk=draft.pk).update(reference=taken.reference)
    with pytest.raises(IntegrityError), transaction.atomic():
        services.submit(draft.key)
    assert LedgerEntry.objects.get() == taken.entry
    Draft.objects.filter(pk=draft.pk).update(reference=draft.reference)
    assert services.submit(draft.key).submission.entry.number == 2
    assert list(ledger.differences()) == []


def test_entries_are_append_only(communes: list[Unit]) -> None:
    trial.sent(communes[0])
    entry = LedgerEntry.objects.get()
    entry.form = "khac"
    for attempt in (
        entry.save,
        entry.delete,
        lambda: LedgerEntry.objects.update(form="khac"),
        lambda: LedgerEntry.objects.all().delete(),
        lambda: LedgerEntry.objects.bulk_update([entry], ["form"]),
    ):
        with pytest.raises(AppendOnlyError), transaction.atomic():
            attempt()
    assert LedgerEntry.objects.get().form == trial.FORM


def test_two_entries_never_share_a_number(communes: list[Unit]) -> None:
    """The database refuses what the lock of the chain prevents."""
    trial.sent(communes[0])
    entry = LedgerEntry.objects.get()
    twin = LedgerEntry(
        chain=entry.chain,
        number=entry.number,
        at=entry.at,
        form=entry.form,
        version=entry.version,
        digest=entry.digest,
        previous=entry.previous,
        hash="f" * 64,
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


@pytest.mark.usefixtures("db")
def test_an_empty_ledger_agrees() -> None:
    assert numbers_in(reconciled()) == [0, 0, 0]


def test_the_command_counts_what_it_read(communes: list[Unit]) -> None:
    for unit in (communes[0], communes[0], communes[1], None):
        trial.sent(unit)
    assert numbers_in(reconciled()) == [3, 4, 4]
    assert json.loads(reconciled("--json")) == {
        "chains": 3,
        "entries": 4,
        "records": 4,
        "differences": [],
    }


def test_progress_goes_to_stderr(communes: list[Unit]) -> None:
    trial.sent(communes[0])
    out, progress = StringIO(), StringIO()
    call_command("reconcile_ledger", stdout=out, stderr=progress)
    assert "2/2" in progress.getvalue()
    assert out.getvalue().count("\n") == 1


def test_the_help_says_what_the_exit_code_means(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        call_command("reconcile_ledger", "--help")
    said = " ".join(capsys.readouterr().out.split())
    assert "exit code is 1 when there are differences" in said
    assert "--json" in said


def reconciled(*options: str) -> str:
    """What the command prints when all is well."""
    out = StringIO()
    call_command("reconcile_ledger", *options, stdout=out, stderr=StringIO())
    return out.getvalue()


def numbers_in(said: str) -> list[int]:
    """The counts of the sentence, whatever its language."""
    return [int(number) for number in re.findall(r"\d+", said)]
