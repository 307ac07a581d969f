"""Many rows at once: COPY on PostgreSQL, prepared inserts on SQLite (design decision 24)."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any, TypeVar

from django.db import connection, models, transaction

M = TypeVar("M", bound=models.Model)


def bulk_load(model: type[M], rows: Iterable[M], batch: int = 1000) -> int:
    """Insert instances, all of them or none; returns how many. `rows` may be a stream.

    Neither `save()` nor signals run. The database gives the keys: one that stands on an instance
    is refused (`ValueError`), and none is set on it.
    """
    stream = iter(rows)
    count = 0
    with transaction.atomic():
        while part := list(islice(stream, batch)):
            if any(instance.pk is not None for instance in part) and _key_is_given(model):
                raise ValueError(f"{model.__name__}: the database gives the keys")
            if connection.vendor == "postgresql":
                _copy(model, part)
            else:
                model._base_manager.bulk_create(part, batch_size=batch)
            count += len(part)
    return count


def _key_is_given(model: type[M]) -> bool:
    return isinstance(model._meta.pk, models.AutoField)


def _copy(model: type[M], part: list[M]) -> None:
    fields = [field for field in model._meta.concrete_fields if not _generated(field)]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    statement = f"COPY {quote(model._meta.db_table)} ({columns}) FROM STDIN"
    with (
        connection.cursor() as cursor,
        connection.wrap_database_errors,
        cursor.copy(statement) as copy,
    ):
        for instance in part:
            copy.write_row([_value(field, instance) for field in fields])


def _generated(field: models.Field[Any, Any]) -> bool:
    return isinstance(field, models.AutoField | models.GeneratedField)


def _value(field: models.Field[Any, Any], instance: models.Model) -> Any:
    value = field.pre_save(instance, add=True)
    return field.get_db_prep_save(value, connection)
