"""Verbs of the room: prove consent, log reading, rotate keys."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Iterable, Iterator

from django.apps import apps
from django.db import models, transaction
from django.db.models import BinaryField, ExpressionWrapper, F, Value

from portal.areas.models import Unit, User
from portal.jobs import clock
from portal.privacy.fields import EncryptedField
from portal.privacy.models import ConsentRecord, ReadEvent
from portal.privacy.sealing import current_key_id, key_id_of, seal, unseal

BATCH = 500
Progress = Callable[[str, int], None]


def wording_digest(wording: str) -> str:
    """SHA-256 of a wording in NFC with single spaces, so that layout does not count."""
    text = " ".join(unicodedata.normalize("NFC", wording).split())
    return hashlib.sha256(text.encode()).hexdigest()


def record_consent(
    subject: tuple[str, str],
    *,
    purpose: str,
    wording: str,
    wording_version: str,
    legal_basis: str,
    means: str = ConsentRecord.Means.WEB_FORM,
    by: User | None = None,
) -> ConsentRecord:
    """Keep the proof of a consent; `subject` is (kind, reference), never a name or number."""
    return ConsentRecord.objects.create(
        subject_kind=subject[0],
        subject_ref=subject[1],
        purpose=purpose,
        wording_version=wording_version,
        wording_hash=wording_digest(wording),
        legal_basis=legal_basis,
        given_at=clock.now(),
        means=means,
        by=by,
    )


def log_read(user: User, record: models.Model, action: str = ReadEvent.Action.READ) -> ReadEvent:
    """Write down that a user read a record; call it before the data leave the view."""
    return log_reads(user, [record], action)[0]


def log_reads(
    user: User, records: Iterable[models.Model], action: str = ReadEvent.Action.LIST
) -> list[ReadEvent]:
    """As `log_read`, for all records that a list, an export or a print shows."""
    now = clock.now()
    return ReadEvent.objects.bulk_create(
        ReadEvent(
            user=user,
            action=action,
            record_kind=record._meta.label_lower,
            record_id=str(record.pk),
            unit=_unit_of(record),
            at=now,
        )
        for record in records
    )


def rotate_keys(progress: Progress | None = None, *, batch: int = BATCH) -> int:
    """Seal every value of an older key with the current one; returns the number of values.

    A batch is one transaction, and a killed run is simply started again. A value that somebody
    saves meanwhile is left to that save. Raises `DecryptionError` at a value that does not open.
    """
    done = 0
    for model, field in encrypted_columns():
        done += _rotate(model, field, batch)
        if progress:
            progress(f"{model._meta.label}.{field.name}", done)
    return done


def encrypted_columns() -> Iterator[tuple[type[models.Model], EncryptedField]]:
    """Every encrypted field of the installed models."""
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            if isinstance(field, EncryptedField):
                yield model, field


def _rotate(model: type[models.Model], field: EncryptedField, batch: int) -> int:
    stored = ExpressionWrapper(F(field.name), output_field=BinaryField())
    rows = models.QuerySet(model).annotate(stored=stored).filter(stored__isnull=False)
    done, last = 0, None
    while True:
        page = rows.order_by("pk") if last is None else rows.order_by("pk").filter(pk__gt=last)
        found = list(page.values_list("pk", "stored")[:batch])
        if not found:
            return done
        last = found[-1][0]
        with transaction.atomic():
            done += sum(_reseal(rows, field, key, bytes(old)) for key, old in found)


def _reseal(
    rows: models.QuerySet[models.Model], field: EncryptedField, key: object, old: bytes
) -> int:
    if key_id_of(old) == current_key_id():
        return 0
    new = Value(seal(unseal(old, field.place), field.place), output_field=BinaryField())
    return rows.filter(pk=key, stored=old).update(**{field.name: new})


def _unit_of(record: models.Model) -> Unit | None:
    """The unit that the record's `unit_path` leads to."""
    if isinstance(record, Unit):
        return record
    end: object = record
    for part in str(getattr(record, "unit_path", "unit")).split("__"):
        end = getattr(end, part, None)
    return end if isinstance(end, Unit) else None
