"""Digest and hash against the formula of issue 4, written out here a second time."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from datetime import UTC, datetime

import pytest

from portal.areas.models import Unit
from portal.forms import ledger
from portal.forms.models import LedgerEntry, Submission
from portal.jobs import clock
from tests.forms.ledger import trial
from tests.forms.ledger.conftest import WEDNESDAY

NESTED = {
    "họ": "Đặng Ứng",
    "members": [{"id": "b", "name": "Ân", "ages": [1, 2]}, {"z": None, "a": True, "đ": 1.5}],
    "Z": {"y": {"x": "“trích”\n"}},
    "A": 1_250_000,
}
NESTED_AS_BYTES = (
    '{"A":1250000,"Z":{"y":{"x":"“trích”\\n"}},"họ":"Đặng Ứng",'
    '"members":[{"ages":[1,2],"id":"b","name":"Ân"},{"a":true,"z":null,"đ":1.5}]}'
).encode()


def test_json_has_sorted_keys_no_spaces_and_vietnamese_letters() -> None:
    assert ledger.canonical(NESTED) == NESTED_AS_BYTES


def test_the_order_in_which_answers_were_given_does_not_matter() -> None:
    turned = dict(reversed(NESTED.items()))
    assert ledger.canonical(turned) == ledger.canonical(NESTED)


def test_the_order_of_members_matters() -> None:
    turned = {**NESTED, "members": list(reversed(NESTED["members"]))}  # type: ignore[call-overload]
    assert ledger.canonical(turned) != ledger.canonical(NESTED)


def test_digest_is_sha256_of_salt_and_json() -> None:
    salt = bytes(range(16))
    assert ledger.digest_of(salt, NESTED) == hashlib.sha256(salt + NESTED_AS_BYTES).hexdigest()
    assert ledger.digest_of(b"\x01" * 16, NESTED) != ledger.digest_of(salt, NESTED)


def test_hash_is_sha256_of_the_joined_parts_in_utc() -> None:
    at = datetime(2026, 11, 25, 15, 30, 0, 123456, tzinfo=clock.ZONE)
    whole = "0" * 64 + "2026-11-25T08:30:00.123456Z" + "phieu" + "2026-1" + "d" * 64
    made = ledger.hash_of("0" * 64, at, "phieu", "2026-1", "d" * 64)
    assert made == hashlib.sha256(whole.encode()).hexdigest()
    assert made == ledger.hash_of("0" * 64, at.astimezone(UTC), "phieu", "2026-1", "d" * 64)


@pytest.mark.parametrize(
    ("before", "after"),
    [("previous", "1" * 64), ("form", "phieu2"), ("version", "2026-2"), ("digest", "e" * 64)],
)
def test_every_part_changes_the_hash(before: str, after: str) -> None:
    parts = {"previous": "0" * 64, "form": "phieu", "version": "2026-1", "digest": "d" * 64}
    assert ledger.hash_of(at=WEDNESDAY, **parts) != ledger.hash_of(
        at=WEDNESDAY, **(parts | {before: after})
    )


def test_salts_are_random() -> None:
    salts = {ledger.new_salt() for _each in range(50)}
    assert len(salts) == 50
    assert {len(salt) for salt in salts} == {16}


def recomputed(row: Submission, entry: LedgerEntry, previous: str) -> str:
    """The hash of a stored entry, from what lies in the database and the formula alone."""
    text = json.dumps(row.answers, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    digest = hashlib.sha256(bytes(row.salt or b"") + text.encode("utf-8")).hexdigest()
    time = row.sent_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return hashlib.sha256(f"{previous}{time}{row.form}{row.version}{digest}".encode()).hexdigest()


def test_what_is_stored_follows_the_formula(communes: list[Unit]) -> None:
    """Vietnamese answers with a group, read back; each entry from the one before."""
    for _each in range(3):
        trial.sent(communes[0])
    previous = "0" * 64
    for row in Submission.objects.select_related("entry").order_by("entry__number"):
        assert row.entry.hash == recomputed(row, row.entry, previous)
        assert row.answers is not None
        assert row.answers["members"][1]["member"] == trial.MEMBERS[1]
        assert unicodedata.is_normalized("NFC", row.answers["note"])
        previous = row.entry.hash


def test_the_same_answers_never_give_the_same_digest(communes: list[Unit]) -> None:
    """Otherwise who knows the answers of a neighbour could look for them in the ledger."""
    digests = {trial.sent(communes[0]).entry.digest for _each in range(5)}
    assert len(digests) == 5
