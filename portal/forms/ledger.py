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
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext as _

from portal.areas.models import Unit
from portal.forms.models import LedgerChain, LedgerEntry, Submission
from portal.privacy.errors import DecryptionError
from portal.tables import composed

log = logging.getLogger(__name__)
Progress = Callable[[int], object]
START = "0" * 64
PROVINCE = "tinh"
SALT_BYTES = 16
BATCH = 500
LOCK = composed.Statement(LedgerChain, "SELECT {columns} FROM {table} WHERE name = %s {lock}")
MOVE = composed.Statement(LedgerChain, "UPDATE {table} SET head = %s, count = %s WHERE id = %s")


def _unseen(count: int) -> None:
    """Nobody watches."""


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
    chain = _locked(chain_name(unit))
    entry = LedgerEntry(
        chain=chain,
        number=chain.count + 1,
        at=at,
        form=form,
        version=version,
        digest=digest,
        previous=chain.head,
        hash=hash_of(chain.head, at, form, version, digest),
    )
    _move(chain, composed.insert(entry))
    return entry


def _locked(name: str) -> LedgerChain:
    """The chain, which begins with its first entry."""
    chain = LOCK.first(name)
    if chain is None:
        LedgerChain.objects.get_or_create(name=name, defaults={"head": START})
        return LedgerChain.objects.select_for_update().get(name=name)
    return chain


def _move(chain: LedgerChain, entry: LedgerEntry) -> None:
    """The entry is the end of the chain from now on."""
    chain.head, chain.count = entry.hash, entry.number
    MOVE.run(chain.head, chain.count, chain.pk)


def differences(seen: Progress = _unseen) -> Iterator[str]:
    """Everything that does not agree, one plain sentence each; reads by streaming.

    Forms may arrive meanwhile: each question is put in one statement, so that none of them is
    half seen. `seen(count)` is called with the entries and records read since it was called last.
    """
    for chain in LedgerChain.objects.order_by("name"):
        yield from _chain(chain, seen)
    yield from _unmatched()
    yield from _records(seen)


def counts() -> dict[str, int]:
    """How many chains, entries and records there are."""
    found = {"chains": LedgerChain, "entries": LedgerEntry, "records": Submission}
    return {name: model._default_manager.count() for name, model in found.items()}


def check_or_fail() -> None:
    """The nightly check. Raises `LedgerBrokenError`, which the schedule keeps and shows."""
    found = list(differences())
    if found:
        log.error("ledger: %s differences, the first: %s", len(found), found[0])
        raise LedgerBrokenError(found[0])


def is_sound(entry: LedgerEntry) -> bool:
    """Whether an entry alone is what was written, between the neighbours that it had then."""
    chain, near = entry.chain, (entry.number - 1, entry.number + 1)
    beside = {one.number: one for one in chain.entries.filter(number__in=near)}
    before, after = (beside.get(number) for number in near)
    previous = before.hash if before else START
    following = after.previous if after else chain.head
    return (
        entry.hash == hash_again(entry)
        and (before is not None or entry.number == 1)
        and (after is not None or entry.number == chain.count)
        and (entry.previous, following) == (previous, entry.hash)
    )


def hash_again(entry: LedgerEntry) -> str:
    """The hash that an entry should have."""
    return hash_of(entry.previous, entry.at, entry.form, entry.version, entry.digest)


def _chain(chain: LedgerChain, seen: Progress) -> Iterator[str]:
    """The entries up to the end that the chain had when it was read; later ones are not awaited."""
    previous, number = START, 0
    entries = chain.entries.filter(number__lte=chain.count).order_by("number")
    for entry in entries.iterator(chunk_size=BATCH):
        seen(1)
        number += 1
        if entry.number != number:
            yield _("%(chain)s %(number)s: the entry is missing, %(next)s follows") % {
                "chain": chain,
                "number": number,
                "next": entry.number,
            }
            number = entry.number
        if entry.previous != previous:
            yield _("%(entry)s: does not follow the entry before it") % {"entry": entry}
        if entry.hash != hash_again(entry):
            yield _("%(entry)s: the entry was changed") % {"entry": entry}
        previous = entry.hash
    if (chain.head, chain.count) != (previous, number):
        yield _("%(chain)s: the chain's end is not its last entry") % {"chain": chain}


def _unmatched() -> Iterator[str]:
    """Entries behind the end of their chain, entries without a record, records without an entry."""
    entries = LedgerEntry.objects.select_related("chain").order_by("chain__name", "number")
    for entry in entries.filter(number__gt=F("chain__count")).iterator(chunk_size=BATCH):
        yield _("%(entry)s: stands behind the chain's end") % {"entry": entry}
    for entry in entries.filter(submission=None).iterator(chunk_size=BATCH):
        yield _("%(entry)s: the record of the entry is missing") % {"entry": entry}
    own = LedgerEntry.objects.filter(pk=OuterRef("entry_id"))
    lost = Submission.objects.filter(~Exists(own)).order_by("pk")
    for reference in lost.values_list("reference", flat=True).iterator(chunk_size=BATCH):
        yield _("%(reference)s: the entry of the record is missing") % {"reference": reference}


def _records(seen: Progress) -> Iterator[str]:
    last = 0
    pks = Submission.objects.order_by("pk").values_list("pk", flat=True)
    while batch := list(pks.filter(pk__gt=last)[:BATCH]):
        yield from _batch(batch)
        seen(len(batch))
        last = batch[-1]


def _batch(pks: list[int]) -> Iterator[str]:
    """Records whose answers do not open any more are searched for by halves."""
    rows = Submission.objects.select_related("entry__chain", "unit").defer("code")
    try:
        found = list(rows.filter(pk__in=pks).order_by("pk"))
    except DecryptionError:
        half = len(pks) // 2
        if half:
            yield from _batch(pks[:half])
            yield from _batch(pks[half:])
            return
        reference = Submission.objects.values_list("reference", flat=True).get(pk=pks[0])
        yield _("%(reference)s: the answers cannot be opened") % {"reference": reference}
        return
    for row in found:
        yield from _record(row)


def _record(row: Submission) -> Iterator[str]:
    """A record has the form, version, time and chain of its entry, and the answers it proves."""
    entry, words = row.entry, {"reference": row.reference, "entry": row.entry}
    if (entry.form, entry.version, entry.at) != (row.form, row.version, row.sent_at):
        yield _("%(reference)s: form, version or time are not those of entry %(entry)s") % words
    if entry.chain.name != chain_name(row.unit):
        yield _("%(reference)s: entry %(entry)s is of another commune's chain") % words
    if row.answers is None:
        if row.erased_at is None:
            yield _("%(reference)s: the answers are missing and were not erased") % words
    elif digest_of(bytes(row.salt or b""), row.answers) != entry.digest:
        yield _("%(reference)s: the answers are not those of entry %(entry)s") % words
