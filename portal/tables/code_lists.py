"""Code lists as tables: out as a workbook, in from one, all rows or none.

Stands at the bottom of the house so that every room registers its own lists.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from portal.tables import CellError, Column, TableRow, read_table
from search.text import fold

YES = {"co", "x", "1", "yes", "true", "dung"}
NO = {"khong", "0", "no", "false", "sai"}
DAYS = ("%d/%m/%Y", "%Y-%m-%d", "%Y-%m-%d %H:%M:%S")


class WrongCellError(ValueError):
    """A cell that is none of the words it may hold."""


@dataclass(frozen=True, slots=True)
class CodeTable:
    """A code list by its fields, the first of which tells the rows apart."""

    model: type[models.Model]
    fields: tuple[str, ...]

    @property
    def name(self) -> str:
        """Of the model, in addresses."""
        return str(self.model._meta.model_name)

    @property
    def key(self) -> str:
        """The field that a row is known by."""
        return self.fields[0]

    def field_of(self, name: str) -> Any:
        """The model's own field."""
        return self.model._meta.get_field(name)

    def heading(self, name: str) -> str:
        """As people read it, and as the workbook says it."""
        label = str(self.field_of(name).verbose_name)
        return label[:1].upper() + label[1:]

    def columns(self) -> list[Column]:
        """What a file must or may hold; headings count folded, in words or by field name."""
        return [
            Column(
                name,
                (fold(self.heading(name)), fold(name.replace("_", " "))),
                required=name == self.key,
                label=self.heading(name),
            )
            for name in self.fields
        ]


_tables: dict[str, CodeTable] = {}


def register(table: CodeTable) -> None:
    """Called once from an app's `ready()`; the list is known by its model's name."""
    _tables[table.name] = table


def get(name: str) -> CodeTable | None:
    """The list of that model's name."""
    return _tables.get(name)


@dataclass(slots=True)
class Outcome:
    """What a file would do, or did: `errors` not empty means nothing was changed."""

    added: int = 0
    changed: int = 0
    same: int = 0
    errors: list[CellError] = field(default_factory=list)
    done: bool = False


def headings(table: CodeTable) -> list[str]:
    """Of the workbook."""
    return [table.heading(name) for name in table.fields]


def rows(table: CodeTable) -> Iterator[Sequence[Any]]:
    """All entries in the order of the list."""
    for entry in table.model._default_manager.all():
        yield [_shown(table.field_of(name), getattr(entry, name)) for name in table.fields]


def _shown(model_field: Any, value: Any) -> Any:
    if isinstance(model_field, models.BooleanField):
        return pgettext("cell", "yes") if value else pgettext("cell", "no")
    return str(dict(model_field.choices)[value]) if model_field.choices else value


def load(table: CodeTable, path: str | Path, *, dry: bool) -> Outcome:
    """Check every row as the form would; write them together, or nothing."""
    read = read_table(path, table.columns())
    outcome = Outcome(errors=list(read.errors))
    with transaction.atomic():
        seen: dict[str, int] = {}
        for row in read.rows:
            _take(table, row, seen, outcome)
        outcome.done = not (dry or outcome.errors)
        if not outcome.done:
            transaction.set_rollback(True)
    return outcome


def _take(table: CodeTable, row: TableRow, seen: dict[str, int], outcome: Outcome) -> None:
    try:
        key = _read(table.field_of(table.key), row.cells.get(table.key) or "")
    except WrongCellError as error:
        outcome.errors.append(_error(table, row, table.key, str(error)))
        return
    if fold(str(key)) in seen:
        text = _("The same as in row %(row)s.") % {"row": seen[fold(str(key))]}
        outcome.errors.append(_error(table, row, table.key, text))
        return
    seen[fold(str(key))] = row.number
    entry = table.model._default_manager.filter(**{table.key: key}).first()
    new = entry is None
    entry = entry or table.model(**{table.key: key})
    before = {name: getattr(entry, name) for name in table.fields}
    faults = _fill(table, entry, row)
    if faults:
        outcome.errors += faults
    elif new:
        entry.save()
        outcome.added += 1
    elif before == {name: getattr(entry, name) for name in table.fields}:
        outcome.same += 1
    else:
        entry.save()
        outcome.changed += 1


def _fill(table: CodeTable, entry: models.Model, row: TableRow) -> list[CellError]:
    """Cells into fields; an empty cell leaves what stands. Errors name the column."""
    faults = []
    for name in table.fields:
        text = row.cells.get(name)
        if not text:
            continue
        try:
            setattr(entry, name, _read(table.field_of(name), text))
        except WrongCellError as error:
            faults.append(_error(table, row, name, str(error)))
    try:
        entry.full_clean()
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            place = name if name in table.fields else table.key
            faults += [_error(table, row, place, message) for message in messages]
    return faults


def _read(model_field: Any, text: str) -> Any:
    if isinstance(model_field, models.BooleanField):
        if fold(text) not in YES | NO:
            raise WrongCellError(_("Write có or không."))
        return fold(text) in YES
    if isinstance(model_field, models.DateField):
        return _day(text)
    if not model_field.choices:
        return text
    words = {fold(str(label)): value for value, label in model_field.choices}
    words |= {fold(str(value)): value for value, _label in model_field.choices}
    if fold(text) not in words:
        known = ", ".join(str(label) for _value, label in model_field.choices)
        raise WrongCellError(_("Not one of: %(words)s.") % {"words": known})
    return words[fold(text)]


def _day(text: str) -> date:
    """As people write it, or as a workbook gives a cell of a date."""
    for form in DAYS:
        try:
            return datetime.strptime(text, form).replace(tzinfo=UTC).date()
        except ValueError:
            continue
    raise WrongCellError(_("Not a date; write it as 30/04/2027."))


def _error(table: CodeTable, row: TableRow, name: str, message: str) -> CellError:
    return CellError(row.sheet, row.number, row.headings.get(name) or table.heading(name), message)
