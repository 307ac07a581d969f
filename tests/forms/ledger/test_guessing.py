"""Reference and code: guessing is throttled, written down, and learns nothing."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from portal.areas.models import Unit
from portal.forms import access, services
from portal.forms.errors import BlockedError, FormError, WrongCodeError
from portal.forms.models import AccessAttempt, Draft, Submission
from portal.jobs import clock
from tests.forms.ledger import trial
from tests.forms.ledger.conftest import WEDNESDAY

UNKNOWN = "RS-26-7K3M-9Q2C"
HERE, THERE = "203.0.113.7", "2001:db8::7"
QUARTER = timedelta(minutes=15)
SECOND = timedelta(seconds=1)


@pytest.fixture
def row(communes: list[Unit]) -> Submission:
    return trial.sent(communes[0])


def wrong_code(record: Draft | Submission) -> str:
    return f"{(int(str(record.code)) + 1) % 10**8:08}"


def guess(reference: str, code: str, address: str = HERE) -> type[FormError] | None:
    """What came of an attempt; `None` when it opened."""
    try:
        access.open_record(reference, code, address)
    except (BlockedError, WrongCodeError) as error:
        return type(error)
    return None


def outcomes(reference: str) -> list[str]:
    found = AccessAttempt.objects.filter(reference=reference).order_by("pk")
    return list(found.values_list("outcome", flat=True))


def test_reference_and_code_open_an_arrived_form(row: Submission) -> None:
    typed = row.reference.lower().replace("-", " ")
    code = f"{str(row.code)[:4]}-{str(row.code)[4:]}"
    assert access.open_record(typed, code, HERE) == row
    assert outcomes(row.reference) == ["opened"]


def test_and_a_draft(communes: list[Unit]) -> None:
    draft = trial.draft(communes[0])
    assert access.open_record(draft.reference, str(draft.code), HERE) == draft
    assert guess(draft.reference, wrong_code(draft)) is WrongCodeError


def test_the_code_of_the_draft_opens_what_was_sent(communes: list[Unit]) -> None:
    draft = trial.draft(communes[0])
    code = str(draft.code)
    row = services.submit(draft.key).submission
    assert access.open_record(row.reference, code, HERE) == row


def test_five_wrong_codes_block_a_reference_with_the_right_code_too(row: Submission) -> None:
    """From five addresses, so that no address is over its own number."""
    for number in range(5):
        assert guess(row.reference, wrong_code(row), f"203.0.113.{number}") is WrongCodeError
    assert guess(row.reference, wrong_code(row)) is BlockedError
    assert guess(row.reference, str(row.code)) is BlockedError
    assert guess(row.reference, str(row.code), THERE) is BlockedError
    assert outcomes(row.reference) == ["wrong"] * 5 + ["blocked"] * 3


def test_another_reference_stays_open(row: Submission, communes: list[Unit]) -> None:
    other = trial.sent(communes[1])
    for _each in range(5):
        guess(row.reference, wrong_code(row))
    assert guess(row.reference, str(row.code)) is BlockedError
    assert guess(other.reference, str(other.code)) is None


@pytest.mark.parametrize(
    ("moment", "outcome"),
    [
        (WEDNESDAY + QUARTER - SECOND, BlockedError),
        (WEDNESDAY + QUARTER, BlockedError),
        (WEDNESDAY + QUARTER + SECOND, None),
    ],
)
def test_it_opens_again_after_a_quarter_of_an_hour(
    row: Submission, moment: datetime, outcome: type[FormError] | None
) -> None:
    for _each in range(5):
        guess(row.reference, wrong_code(row))
    with clock.frozen(moment):
        assert guess(row.reference, str(row.code)) is outcome


def test_trying_while_blocked_does_not_make_it_longer(row: Submission) -> None:
    for _each in range(5):
        guess(row.reference, wrong_code(row))
    for minute in range(1, 15):
        with clock.frozen(WEDNESDAY + timedelta(minutes=minute)):
            assert guess(row.reference, wrong_code(row)) is BlockedError
    with clock.frozen(WEDNESDAY + QUARTER + SECOND):
        assert guess(row.reference, str(row.code)) is None


def test_twenty_wrong_attempts_block_an_address_for_every_reference(
    row: Submission, communes: list[Unit]
) -> None:
    """Attack: one code tried against many references."""
    rows = [trial.sent(communes[0]) for _each in range(20)]
    for one in rows:
        assert guess(one.reference, wrong_code(one)) is WrongCodeError
    assert guess(row.reference, str(row.code)) is BlockedError
    assert guess(row.reference, str(row.code), THERE) is None
    with clock.frozen(WEDNESDAY + QUARTER + SECOND):
        assert guess(row.reference, str(row.code)) is None


@pytest.mark.usefixtures("db")
def test_what_can_be_no_reference_counts_for_the_address() -> None:
    for number in range(20):
        assert guess(f"rác {number}", "12345678") is WrongCodeError
    assert guess("rác", "12345678") is BlockedError
    assert outcomes("-") == ["wrong"] * 20 + ["blocked"]


def test_unknown_references_cannot_be_told_from_known_ones(row: Submission) -> None:
    """Attack: somebody finds out which references exist, by answers or by when they stop."""
    told: dict[str, list[str]] = {UNKNOWN: [], row.reference: []}
    for reference, sentences in told.items():
        for number in range(7):
            with pytest.raises((BlockedError, WrongCodeError)) as caught:
                access.open_record(reference, wrong_code(row), f"198.51.100.{number}")
            sentences.append(f"{type(caught.value).__name__}: {caught.value}")
    assert told[UNKNOWN] == told[row.reference]
    assert outcomes(UNKNOWN) == outcomes(row.reference) == ["wrong"] * 5 + ["blocked"] * 2


@pytest.mark.parametrize("code", ["", "1234567", "123456789", "rác", "\x00" * 8, "9" * 10_000])
def test_a_code_that_is_none_is_a_wrong_one(row: Submission, code: str) -> None:
    assert guess(row.reference, code) is WrongCodeError
    assert outcomes(row.reference) == ["wrong"]


def test_an_erased_form_opens_with_nothing(row: Submission) -> None:
    Submission.objects.filter(pk=row.pk).update(code=None)
    assert guess(row.reference, "") is WrongCodeError
    assert guess(row.reference, "00000000") is WrongCodeError


def test_a_new_code_kills_the_old_one(row: Submission) -> None:
    old = str(row.code)
    new = services.reissue_code(row)
    assert new != old
    assert guess(row.reference, old) is WrongCodeError
    assert guess(row.reference, new) is None


def test_every_attempt_is_written_down_with_its_time_and_no_address(row: Submission) -> None:
    guess(row.reference, wrong_code(row))
    guess(row.reference, str(row.code))
    guess(UNKNOWN, "12345678", THERE)
    found = list(AccessAttempt.objects.order_by("pk"))
    assert [(one.reference, one.outcome) for one in found] == [
        (row.reference, "wrong"),
        (row.reference, "opened"),
        (UNKNOWN, "wrong"),
    ]
    assert {one.at for one in found} == {WEDNESDAY}
    assert found[0].address == found[1].address != found[2].address
    assert not [one for one in found if HERE in one.address or str(row.code) in str(vars(one))]
