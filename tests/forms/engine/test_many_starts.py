"""Beginning forms is limited by network address, and whoever waits reads what to do."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest

from portal.forms import services, throttle
from portal.forms.models import AccessAttempt, Draft, Filler, Submission
from portal.forms.registry import FormType
from portal.jobs import clock
from portal.privacy.models import ConsentRecord
from tests.forms.engine.browsers import Browser, location, words
from tests.forms.samples import URL, fill

pytestmark = [pytest.mark.usefixtures("mounted"), pytest.mark.once]
MOST = 3


@pytest.fixture(autouse=True)
def _few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttle, "MOST_STARTS", MOST)


def start(client: Browser, key: uuid.UUID | None = None, address: str = "203.0.113.9") -> Any:
    """Agree and begin."""
    values = {"filler": Filler.SELF, "consent": "on", "key": str(key or uuid.uuid4())}
    return client.post(f"{URL}khai/", values, REMOTE_ADDR=address)


def test_a_machine_that_begins_forms_is_stopped(client: Browser) -> None:
    """Attack: drafts are begun in a loop from one address until the database is full of them."""
    begun = [start(Browser()) for _time in range(MOST + 2)]
    assert [answer.status_code for answer in begun] == [302] * MOST + [429, 429]
    assert Draft.objects.count() == ConsentRecord.objects.count() == MOST
    assert start(Browser(), address="203.0.113.10").status_code == 302


def test_whoever_waits_reads_what_to_do(client: Browser) -> None:
    first = start(client)
    for _time in range(MOST):
        answer = start(Browser())
    assert answer.status_code == 429
    assert answer["Retry-After"] == "900"
    assert "no-store" in answer["Cache-Control"]
    assert "15" in words(answer)
    page = answer.content.decode()
    assert all(f'href="{URL}{path}"' in page for path in ("khai/tiep-tuc/", "khai/"))
    assert client.get(location(first)).status_code == 200


def test_a_quarter_of_an_hour_later_forms_are_begun_again(client: Browser) -> None:
    for _time in range(MOST + 1):
        start(Browser())
    with clock.frozen(clock.now() + throttle.WINDOW + timedelta(seconds=1)):
        assert start(client).status_code == 302


def test_the_same_page_sent_twice_counts_once(client: Browser) -> None:
    """A line that drops makes people press the button again."""
    key = uuid.uuid4()
    answers = [start(client, key).status_code for _time in range(MOST + 2)]
    assert answers == [302] * (MOST + 2)
    assert Draft.objects.count() == 1


def test_a_spent_key_counts_like_any_other(client: Browser) -> None:
    """Attack: the key of a form that has arrived begins a new draft each time it is sent."""
    key = fill(client).key
    client.post(f"{URL}khai/xem-lai/")
    assert Submission.objects.filter(key=key).exists()
    AccessAttempt.objects.all().delete()
    answers = [start(Browser(), key).status_code for _time in range(MOST + 1)]
    assert answers == [302] * MOST + [429]


def test_the_address_is_kept_as_a_blind_value_and_locks_no_code(
    client: Browser, sample: FormType
) -> None:
    """Attack: a neighbour on the same address uses up the starts, so that nobody can go on."""
    draft = services.start_draft(sample, filler=Filler.SELF)
    for _time in range(MOST + 1):
        start(Browser())
    assert not AccessAttempt.objects.filter(address__contains="203.0.113").exists()
    values = {"reference": draft.reference, "code": draft.code}
    answer = client.post(f"{URL}khai/tiep-tuc/", values, REMOTE_ADDR="203.0.113.9")
    assert answer.status_code == 302
