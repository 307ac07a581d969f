"""Statements that are composed once, for the few that sending a form asks (docs/adr/0018).

Composing them anew for each form takes longer than their answers. On PostgreSQL the server binds
their values, and prepares what it is asked often, where `prepare_threshold` allows it.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, TypeVar, cast

from django.db import DEFAULT_DB_ALIAS, connections, models

M = TypeVar("M", bound=models.Model)
Converters = Sequence[tuple[int, Sequence[Any], Any]]


@dataclass(frozen=True, slots=True)
class Statement(Generic[M]):
    """SQL about the rows of one model.

    `{table}` and `{columns}` stand for those of the model, `{lock}` for the words that lock a row
    where the database has any. Values are given as the database takes them.
    """

    model: type[M]
    text: str

    def first(self, *values: Any) -> M | None:
        """The first row as an instance; `{columns}` are what is asked for."""
        row = self.row(*values)
        return None if row is None else _instance(self.model, row)

    def row(self, *values: Any) -> tuple[Any, ...] | None:
        """The first row as the database gives it."""
        with _cursor(connections[DEFAULT_DB_ALIAS]) as cursor:
            cursor.execute(_filled(self), values)
            found: tuple[Any, ...] | None = cursor.fetchone()
            return found

    def run(self, *values: Any) -> None:
        """Where no row is awaited."""
        with _cursor(connections[DEFAULT_DB_ALIAS]) as cursor:
            cursor.execute(_filled(self), values)


def insert(instance: M) -> M:
    """Insert a new instance; the database gives it its key.

    As with `bulk_load`, neither `save()` nor signals run, and a key that stands on the instance
    already is refused (`ValueError`).
    """
    here, model = connections[DEFAULT_DB_ALIAS], type(instance)
    if instance.pk is not None or not instance._state.adding:
        raise ValueError(f"{model.__name__}: the database gives the keys")
    values = [
        field.get_db_prep_save(field.pre_save(instance, add=True), here)
        for field in _written(model)
    ]
    with _cursor(here) as cursor:
        cursor.execute(_insertion(model), values)
        (instance.pk,) = cursor.fetchone()
    instance._state.adding, instance._state.db = False, here.alias
    return instance


def _cursor(here: Any) -> AbstractContextManager[Any]:
    """A cursor of the connection; on PostgreSQL one that leaves binding to the server."""
    if here.vendor != "postgresql":
        return cast("AbstractContextManager[Any]", here.cursor())
    from psycopg import Cursor

    here.close_if_health_check_failed()
    here.ensure_connection()
    return cast("AbstractContextManager[Any]", here._prepare_cursor(Cursor(here.connection)))


@cache
def _filled(statement: Statement[Any]) -> str:
    here, options = connections[DEFAULT_DB_ALIAS], statement.model._meta
    quote = here.ops.quote_name
    return statement.text.format(
        table=quote(options.db_table),
        columns=", ".join(quote(str(field.column)) for field in options.concrete_fields),
        lock=here.ops.for_update_sql() if here.features.has_select_for_update else "",
    )


def _instance(model: type[M], row: Sequence[Any]) -> M:
    values, here = list(row), connections[DEFAULT_DB_ALIAS]
    for position, converters, column in _converters(model):
        for convert in converters:
            values[position] = convert(values[position], column, here)
    return model.from_db(here.alias, _names(model), values)


@cache
def _names(model: type[models.Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


@cache
def _converters(model: type[models.Model]) -> Converters:
    """What makes Python values of those of the database, by position."""
    table, compiler = model._meta.db_table, models.sql.Query(model).get_compiler(DEFAULT_DB_ALIAS)
    columns = [field.get_col(table) for field in model._meta.concrete_fields]
    found = compiler.get_converters(columns)
    return [(position, converters, column) for position, (converters, column) in found.items()]


@cache
def _written(model: type[models.Model]) -> Sequence[models.Field[Any, Any]]:
    given = models.AutoField, models.GeneratedField
    return [field for field in model._meta.local_concrete_fields if not isinstance(field, given)]


@cache
def _insertion(model: type[models.Model]) -> str:
    quote, fields = connections[DEFAULT_DB_ALIAS].ops.quote_name, _written(model)
    table, key = quote(model._meta.db_table), quote(str(model._meta.pk.column))
    columns = ", ".join(quote(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    return f"INSERT INTO {table} ({columns}) VALUES ({places}) RETURNING {key}"  # noqa: S608  # nosec B608
