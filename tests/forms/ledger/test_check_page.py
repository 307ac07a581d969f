"""`/bien-nhan/`: what anybody learns who holds a receipt, and who holds none."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from portal.areas.models import Unit
from portal.forms import access, ledger, receipts, retention
from portal.forms.models import AccessAttempt, Submission
from portal.jobs import clock
from search.text import name_key
from tests.forms.ledger import trial
from tests.forms.ledger.conftest import WEDNESDAY

pytestmark = pytest.mark.once

URL = "/bien-nhan/"
OTHER = "RS-26-7K3M-9Q2C"
WRONG_PROOF = "0123456789abcdef"
HERE, THERE = "203.0.113.7", "203.0.113.8"


@pytest.fixture
def row(communes: list[Unit]) -> Submission:
    trial.sent(communes[0])
    return trial.sent(communes[0])


def ask(client: Client, so: str, dau: str, address: str = HERE) -> Any:
    return client.get(URL, {"so": so, "dau": dau}, REMOTE_ADDR=address)


def checked(client: Client, row: Submission, address: str = HERE) -> Any:
    return ask(client, row.reference, row.entry.hash[:16], address)


def outcomes() -> list[str]:
    return list(AccessAttempt.objects.order_by("pk").values_list("outcome", flat=True))


@pytest.mark.usefixtures("db")
def test_the_page_asks_for_reference_and_proof(client: Client) -> None:
    response = client.get(URL)
    page = response.content.decode()
    assert response.status_code == 200
    assert 'name="so"' in page
    assert 'name="dau"' in page
    assert 'method="get"' in page
    assert "<script>" not in page
    assert not response.context["form"].errors
    assert outcomes() == []


def test_a_genuine_receipt_is_told_with_time_form_place_and_number(
    client: Client, row: Submission
) -> None:
    response = checked(client, row)
    page = response.content.decode()
    assert response.status_code == 200
    assert response.context["genuine"].sound
    for part in (
        row.reference,
        trial.TITLE,
        trial.VERSION,
        "25/11/2026 - 15:30",
        "xã Tân Trào, tỉnh Tuyên Quang",
        '<dd class="figures">2</dd>',
    ):
        assert part in page
    assert outcomes() == ["opened"]


def test_the_address_of_the_qr_code_leads_to_the_answer(client: Client, row: Submission) -> None:
    response = client.get(receipts.check_url(row, ""))
    assert response.context["genuine"].reference == row.reference


@pytest.mark.parametrize("case", ["genuine", "wrong", "refused", "empty", "throttled"])
def test_no_answer_is_kept_or_found_by_robots(client: Client, row: Submission, case: str) -> None:
    if case == "throttled":
        block(client, HERE)
    asked: dict[str, dict[str, str]] = {
        "genuine": {"so": row.reference, "dau": row.entry.hash[:16]},
        "wrong": {"so": row.reference, "dau": WRONG_PROOF},
        "refused": {"so": "x", "dau": "y"},
        "empty": {},
        "throttled": {"so": row.reference, "dau": row.entry.hash[:16]},
    }
    response = client.get(URL, asked[case], REMOTE_ADDR=HERE)
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in response.content.decode()
    assert "Set-Cookie" not in response
    assert "X-Cache" not in response


def test_typed_by_hand_in_capitals_with_spaces(client: Client, row: Submission) -> None:
    proof = receipts.shown_proof(row.entry.hash).upper()
    response = ask(client, f" {row.reference.lower().replace('-', ' ')} ", proof.replace(" ", "-"))
    assert response.context["genuine"].reference == row.reference


@pytest.mark.parametrize("letter", ["O", "o"])
def test_zeros_that_were_read_as_letters(client: Client, row: Submission, letter: str) -> None:
    proof = row.entry.hash[:16].replace("0", letter).replace("1", "l")
    assert ask(client, row.reference, proof).context["genuine"] is not None


def test_nothing_personal_stands_on_the_page(client: Client, row: Submission) -> None:
    page = checked(client, row).content.decode()
    told = (
        trial.PERSON,
        name_key(trial.PERSON),
        trial.CITIZEN,
        trial.NOTE,
        *trial.MEMBERS,
        str(row.code),
        str(row.get_filler_display()),
        row.key.hex,
        row.entry.digest,
    )
    assert not [value for value in told if value in page]


def test_wrong_reference_and_wrong_proof_are_told_alike(client: Client, row: Submission) -> None:
    """Attack: somebody finds out which references exist."""
    answers = [
        ask(client, row.reference, WRONG_PROOF),
        ask(client, OTHER, WRONG_PROOF),
        ask(client, OTHER, row.entry.hash[:16]),
    ]
    pages = {without_typed(answer, row) for answer in answers}
    assert len(pages) == 1
    assert {answer.status_code for answer in answers} == {200}
    assert all(answer.context["refusal"] for answer in answers)
    assert outcomes() == ["wrong"] * 3


def test_the_comparison_takes_the_same_way_without_a_record(
    row: Submission, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[tuple[str, str]] = []

    def compare(one: str, other: str) -> bool:
        compared.append((one, other))
        return one == other

    monkeypatch.setattr(receipts.hmac, "compare_digest", compare)
    assert receipts.find(OTHER, WRONG_PROOF) is None
    assert receipts.find(row.reference, WRONG_PROOF) is None
    assert [len(one) for one, _other in compared] == [16, 16]


@pytest.mark.parametrize(
    ("so", "dau", "wrong"),
    [
        ("", "", {"so", "dau"}),
        ("", WRONG_PROOF, {"so"}),
        (OTHER, "", {"dau"}),
        (OTHER, "0123", {"dau"}),
        (OTHER, WRONG_PROOF + "0", {"dau"}),
        (OTHER, "g" * 16, {"dau"}),
        ("RS-26-7K3M-9Q2D", WRONG_PROOF, {"so"}),
        ("rác", "rác", {"so", "dau"}),
        ("<script>alert(1)</script>", "\x00\x00", {"so", "dau"}),
        ("' OR 1=1 --", "%00", {"so", "dau"}),
        ("9" * 10_000, "a" * 10_000, {"so", "dau"}),
        ("\ud83d\ude00" * 40, "٠١٢٣٤٥٦٧٨٩٠١٢٣٤٥", {"so", "dau"}),
    ],
)
@pytest.mark.usefixtures("db")
def test_what_can_be_no_receipt_is_refused_by_field_and_is_no_guess(
    client: Client, so: str, dau: str, wrong: set[str]
) -> None:
    so = so.encode("utf-16", "surrogatepass").decode("utf-16")
    response = ask(client, so, dau)
    page = response.content.decode()
    assert response.status_code == 200
    assert set(response.context["form"].errors) == wrong
    assert 'role="alert"' in page
    for name in wrong:
        assert f'href="#id_{name}"' in page
        assert f'id="error_{name}"' in page
    assert "<script>" not in page
    main = page.partition("<main")[2]  # the header's links repeat the whole address
    assert "9" * 41 not in main
    assert "a" * 41 not in main
    assert outcomes() == []


@pytest.mark.usefixtures("db")
def test_one_field_alone_in_the_address(client: Client) -> None:
    assert set(client.get(URL, {"so": OTHER}).context["form"].errors) == {"dau"}


@pytest.mark.parametrize("method", ["post", "put", "delete"])
@pytest.mark.usefixtures("db")
def test_only_reading_is_allowed(client: Client, method: str) -> None:
    assert getattr(client, method)(URL).status_code == 405


def test_after_twenty_wrong_ones_an_address_waits_a_quarter_of_an_hour(
    client: Client, row: Submission
) -> None:
    block(client, HERE)
    refused = checked(client, row)
    assert refused.status_code == 429
    assert refused["Retry-After"] == "900"
    assert refused.context["genuine"] is None
    assert 'role="alert"' in refused.content.decode()
    assert checked(client, row, THERE).context["genuine"] is not None
    with clock.frozen(WEDNESDAY + timedelta(minutes=14, seconds=59)):
        assert checked(client, row).status_code == 429
    with clock.frozen(WEDNESDAY + timedelta(minutes=15, seconds=1)):
        assert checked(client, row).context["genuine"] is not None
    assert outcomes() == ["wrong"] * 20 + ["blocked", "opened", "blocked", "opened"]


def test_right_ones_are_never_too_many(client: Client, row: Submission) -> None:
    answers = [checked(client, row) for _each in range(25)]
    assert {answer.status_code for answer in answers} == {200}


def test_attempts_are_written_down_without_the_address(client: Client, row: Submission) -> None:
    checked(client, row)
    ask(client, OTHER, WRONG_PROOF)
    found = list(AccessAttempt.objects.order_by("pk"))
    assert [one.reference for one in found] == [
        f"bn:{row.reference.replace('-', '')}",
        f"bn:{OTHER.replace('-', '')}",
    ]
    assert {one.at for one in found} == {WEDNESDAY}
    assert all(len(one.address) == 64 and HERE not in one.address for one in found)


def test_who_checks_receipts_locks_nobody_out_of_a_form(client: Client, row: Submission) -> None:
    """Attack: a neighbour with the paper in hand keeps the household from its own status page."""
    for _each in range(20):
        ask(client, row.reference, WRONG_PROOF)
    assert access.open_record(row.reference, str(row.code), HERE) == row


def test_an_erased_form_still_verifies(client: Client, row: Submission) -> None:
    with clock.frozen(WEDNESDAY + timedelta(days=400)):
        retention.erase_due()
        response = checked(client, row)
    assert response.context["genuine"].sound
    assert "25/11/2026 - 15:30" in response.content.decode()


def test_an_entry_that_was_changed_is_told(client: Client, row: Submission) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE forms_ledgerentry SET version = '1' WHERE id = %s", [row.entry.pk])
    response = checked(client, row)
    assert not response.context["genuine"].sound
    assert "panel bad" in response.content.decode()
    assert list(ledger.differences())


def test_answers_are_not_decrypted_for_the_page(
    client: Client, row: Submission, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_values: object) -> None:
        raise AssertionError

    monkeypatch.setattr("portal.privacy.fields.unseal", refuse)
    assert checked(client, row).status_code == 200


@pytest.fixture(autouse=True)
def _cached_pages(settings: Any) -> None:
    """The cache of public pages is on, and must not keep these."""
    settings.PAGE_CACHE_SECONDS = 300


def block(client: Client, address: str) -> None:
    """Use up what an address may guess."""
    for _each in range(20):
        assert ask(client, OTHER, WRONG_PROOF, address).status_code == 200


def without_typed(answer: HttpResponse, row: Submission) -> str:
    """The page less what was typed into it."""
    page = answer.content.decode()
    for value in (row.reference, OTHER, WRONG_PROOF, row.entry.hash[:16]):
        page = page.replace(value, "…")
    return page
