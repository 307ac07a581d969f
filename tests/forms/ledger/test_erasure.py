"""At the end of its time a form loses what is personal; the ledger goes on proving that it came."""

from __future__ import annotations

from datetime import timedelta

from django.apps import apps
from django.db import connection

from portal.areas.models import Unit
from portal.forms import ledger, receipts, retention
from portal.forms.models import LedgerEntry, Submission
from portal.jobs import clock
from portal.privacy.blinding import blind
from search.text import name_key
from tests.forms.ledger import trial
from tests.forms.ledger.conftest import WEDNESDAY

AFTER = WEDNESDAY + timedelta(days=366)
PERSONAL = (
    trial.PERSON,
    name_key(trial.PERSON),
    trial.CITIZEN,
    blind("citizen", trial.CITIZEN),
    *trial.MEMBERS,
)


def stored() -> str:
    """Every value in every table of the room, as the database holds it."""
    found = []
    with connection.cursor() as cursor:
        for model in apps.get_app_config("forms").get_models():
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
            found += [
                str(bytes(value) if isinstance(value, memoryview) else value)
                for row in cursor.fetchall()
                for value in row
            ]
    return "\n".join(found)


def test_nothing_is_erased_before_its_day(communes: list[Unit]) -> None:
    trial.sent(communes[0])
    with clock.frozen(WEDNESDAY + timedelta(days=365)):
        assert retention.erase_due() == 0
    assert Submission.objects.get().answers is not None


def test_what_is_personal_goes_and_the_ledger_stays(communes: list[Unit]) -> None:
    rows = [trial.sent(communes[0]), trial.sent(communes[0]), trial.sent(None)]
    proofs = [receipts.facts_of(row).proof for row in rows]
    entries = list(LedgerEntry.objects.order_by("pk").values())
    before = stored()
    assert name_key(trial.PERSON) in before
    with clock.frozen(AFTER):
        assert retention.erase_due() == 3
        assert retention.erase_due() == 0
        late = trial.sent(communes[0])
    for row, proof in zip(rows, proofs, strict=True):
        row.refresh_from_db()
        assert (row.answers, row.code, row.salt) == (None, None, None)
        assert (row.name_key, row.sort_key, row.citizen_blind) == ("", "", "")
        assert row.erased_at == AFTER
        assert receipts.facts_of(row, with_code=True).code == ""
        assert receipts.facts_of(row).proof == proof
    assert list(LedgerEntry.objects.order_by("pk").values())[:3] == entries
    assert late.entry.previous == rows[1].entry.hash
    assert list(ledger.differences()) == []


def test_nothing_personal_is_left_in_the_tables(communes: list[Unit]) -> None:
    trial.sent(communes[0])
    with clock.frozen(AFTER):
        retention.erase_due()
    left = stored()
    assert not [value for value in PERSONAL if value in left]


def test_without_the_salt_nobody_proves_what_was_answered(communes: list[Unit]) -> None:
    """The digest that stays is of no use to someone who knows the answers."""
    row = trial.sent(communes[0])
    answers = row.answers or {}
    with clock.frozen(AFTER):
        retention.erase_due()
    digest = LedgerEntry.objects.get().digest
    assert digest != ledger.digest_of(b"", answers)
    assert Submission.objects.get().salt is None
