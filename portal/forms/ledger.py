"""The ledger of arrived forms (design decision 13): a chain of hashes per commune.

    digest = SHA-256(salt ‖ answers as JSON with sorted keys, no spaces, UTF-8)
    hash   = SHA-256(previous ‖ time ‖ form ‖ version ‖ digest)

The parts are joined without anything between them; hashes are lower-case hexadecimal, the time is
UTC as `2026-11-25T08:30:00.123456Z`, and the first entry of a chain follows 64 zeros.
"""

from __future__ import annotations

import hashlib
import json
import logging
import secrets
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from django.db.models import Count

from portal.areas.models import Unit
from portal.forms.models import LedgerChain, LedgerEntry, Submission

log = logging.getLogger(__name__)
START = "0" * 64
PROVINCE = "tinh"
SALT_BYTES = 16
BATCH = 500


class LedgerBrokenError(Exception):
    """The ledger and the records do not agree."""


def canonical(answers: Mapping[str, Any]) -> bytes:
    """The answers as the digest sees them."""
    text = json.dumps(answers, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


def digest_of(salt: bytes, answers: Mapping[str, Any]) -> str:
    """The salted digest; without the salt nobody can try answers against it."""
    return hashlib.sha256(salt + canonical(answers)).hexdigest()


def stamp(at: datetime) -> str:
    """The time as the hash sees it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def hash_of(previous: str, at: datetime, form: str, version: str, digest: str) -> str:
    """The hash of an entry."""
    return hashlib.sha256(f"{previous}{stamp(at)}{form}{version}{digest}".encode()).hexdigest()


def new_salt() -> bytes:
    """Random, kept with the record and erased with it."""
    return secrets.token_bytes(SALT_BYTES)


def chain_name(unit: Unit | None) -> str:
    """Each commune has a chain; what belongs to none is the province's."""
    return unit.code if unit else PROVINCE


def append(unit: Unit | None, *, at: datetime, form: str, version: str, digest: str) -> LedgerEntry:
    """Add an entry; call it in the transaction of the record, as its last write but the record's.

    The chain's row is locked until that transaction ends, so entries follow each other.
    """
    name = chain_name(unit)
    LedgerChain.objects.get_or_create(name=name, defaults={"head": START})
    chain = LedgerChain.objects.select_for_update().get(name=name)
    entry = LedgerEntry.objects.create(
        chain=chain,
        number=chain.count + 1,
        at=at,
        form=form,
        version=version,
        digest=digest,
        previous=chain.head,
        hash=hash_of(chain.head, at, form, version, digest),
    )
    chain.head, chain.count = entry.hash, entry.number
    chain.save(update_fields=["head", "count"])
    return entry


def differences() -> Iterator[str]:
    """Everything that does not agree, one plain sentence each; reads by streaming."""
    for chain in LedgerChain.objects.order_by("name"):
        yield from _chain(chain)
    yield from _records()
    yield from _counts()


def check_or_fail() -> None:
    """The nightly check. Raises `LedgerBrokenError`, which the schedule keeps and shows."""
    found = list(differences())
    if found:
        log.error("ledger: %s differences, the first: %s", len(found), found[0])
        raise LedgerBrokenError(found[0])


def _chain(chain: LedgerChain) -> Iterator[str]:
    previous, number = START, 0
    for entry in chain.entries.order_by("number").iterator(chunk_size=BATCH):
        number += 1
        if entry.number != number:
            yield f"{chain}: entry {number} is missing, {entry.number} follows"
            number = entry.number
        if entry.previous != previous:
            yield f"{chain} {entry.number}: does not follow the entry before it"
        if entry.hash != hash_of(entry.previous, entry.at, entry.form, entry.version, entry.digest):
            yield f"{chain} {entry.number}: the entry was changed"
        previous = entry.hash
    if (chain.head, chain.count) != (previous, number):
        yield f"{chain}: the chain's end is not its last entry"


def _records() -> Iterator[str]:
    """Every record has its entry, under its form and version, with the digest of its answers."""
    rows = Submission.objects.select_related("entry__chain", "unit").order_by("pk")
    for row in rows.iterator(chunk_size=BATCH):
        entry = row.entry
        if (entry.form, entry.version) != (row.form, row.version):
            yield f"{row.reference}: entry {entry} is of another form"
        if row.answers is None:
            continue
        if digest_of(bytes(row.salt or b""), row.answers) != entry.digest:
            yield f"{row.reference}: the answers are not those of entry {entry}"


def _counts() -> Iterator[str]:
    """As many records as entries in each chain, and no entry without its record."""
    entries = dict(
        LedgerEntry.objects.order_by().values_list("chain__name").annotate(count=Count("pk"))
    )
    records = dict(
        Submission.objects.order_by().values_list("entry__chain__name").annotate(count=Count("pk"))
    )
    for name in sorted(entries.keys() | records.keys()):
        if entries.get(name, 0) != records.get(name, 0):
            yield f"{name}: {entries.get(name, 0)} entries, {records.get(name, 0)} records"
