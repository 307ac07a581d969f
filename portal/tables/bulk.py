"""Many rows at once: COPY on PostgreSQL, prepared inserts on SQLite (design decision 24)."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any, TypeVar

from django.db import connection, models

M = TypeVar("M", bound=models.Model)


def bulk_load(model: type[M], rows: Iterable[M], batch: int = 1000) -> int:
    """Insert instances in the caller's transaction; returns how many.

    Neither `save()` nor signals run, and keys are not set on the instances.
    """
    stream = iter(rows)
    count = 0
    while part := list(islice(stream, batch)):
        if connection.vendor == "postgresql":
            _copy(model, part)
        else:
            model._default_manager.bulk_create(part, batch_size=batch)
        count += len(part)
    return count


def _copy(model: type[M], part: list[M]) -> None:
    fields = [field for field in model._meta.concrete_fields if not _generated(field)]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    statement = f"COPY {quote(model._meta.db_table)} ({columns}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for instance in part:
            copy.write_row([_value(field, instance) for field in fields])


def _generated(field: models.Field[Any, Any]) -> bool:
    return isinstance(field, models.AutoField | models.GeneratedField)


def _value(field: models.Field[Any, Any], instance: models.Model) -> Any:
    value = field.pre_save(instance, add=True)
    return field.get_db_prep_save(value, connection)
