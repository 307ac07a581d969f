"""The line to the database is cut while a form is being sent: clear words, nothing twice."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction
from django.test import Client

from portal.areas.models import Unit
from portal.forms import services
from portal.forms.models import Draft, LedgerEntry, Submission
from tests.areas.builders import make_commune
from tests.forms.samples import URL, fill

pytestmark = pytest.mark.usefixtures("mounted")
REVIEW = f"{URL}khai/xem-lai/"


@pytest.fixture
def cut(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The answer is lost behind the commit, as often as the list says; the connection stays."""
    losses: list[str] = []
    submit = services.submit

    def lossy(key: uuid.UUID, by: Any = None) -> services.Receipt:
        receipt = submit(key, by=by)
        if losses:
            raise OperationalError(losses.pop())
        return receipt

    monkeypatch.setattr(services, "submit", lossy)
    monkeypatch.setattr("portal.forms.views.review.connection.close", lambda: None)
    return losses


def test_an_answer_lost_behind_the_commit_ends_at_the_receipt(
    client: Client, cut: list[str]
) -> None:
    draft = fill(client)
    cut.append("cut")
    sent = client.post(REVIEW)
    assert sent.headers["Location"] == f"{URL}bien-nhan/"
    assert draft.reference in client.get(f"{URL}bien-nhan/").content.decode()
    assert Submission.objects.count() == LedgerEntry.objects.count() == 1


def test_a_database_that_stays_away_is_said_and_nothing_is_sent_twice(
    client: Client, cut: list[str]
) -> None:
    fill(client)
    cut += ["cut", "cut"]
    unclear = client.post(REVIEW)
    assert unclear.status_code == 503
    assert f'href="{REVIEW}"' in unclear.content.decode()
    assert client.get(REVIEW).headers["Location"] == f"{URL}bien-nhan/"
    assert Submission.objects.count() == 1


def test_bug_a_commune_taken_out_by_another_process_gave_an_error_page(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process still kept it; the database refused the row when the form was to be committed."""
    submit = services.submit

    def committed(key: uuid.UUID, by: Any = None) -> services.Receipt:
        with transaction.atomic():
            receipt = submit(key, by=by)
            connection.check_constraints()
            return receipt

    monkeypatch.setattr(services, "submit", committed)
    make_commune("02473", "Yên Sơn")
    draft = fill(client)
    Unit.objects.filter(code="02545")._raw_delete("default")
    assert client.post(REVIEW).headers["Location"] == f"{URL}khai/noi-o/?vi=thieu"
    assert Draft.objects.get().answers == draft.answers
    assert not Submission.objects.exists()
