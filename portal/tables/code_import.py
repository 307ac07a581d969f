"""A code list in from a table: every row checked as the form would, all rows or none."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from portal.tables.code_lists import CodeTable, Fault, WrongCellError
from portal.tables.columns import CellError, TableRow
from portal.tables.reading import read_table


@dataclass(frozen=True, slots=True)
class Touched:
    """A row that adds or changes something; `cells` are heading, value before, value after."""

    number: int
    label: str
    new: bool
    cells: tuple[tuple[str, Any, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """A row and the entry it became, until the end of the run."""

    row: TableRow
    entry: Any
    new: bool


@dataclass(slots=True)
class Outcome:
    """What a file would do, or did: `errors` not empty means nothing was changed."""

    added: int = 0
    changed: int = 0
    same: int = 0
    errors: list[CellError] = field(default_factory=list)
    touched: list[Touched] = field(default_factory=list)
    done: bool = False


def load(table: CodeTable, path: str | Path, *, user: Any, dry: bool) -> Outcome:
    """Check every row; write them together in one transaction, or nothing.

    Entries that the file does not name stay as they are, and so does what an empty cell leaves
    open. What `user` does not see of the list cannot be changed.
    """
    read = read_table(path, table.columns())
    with transaction.atomic():
        work = _Import(table, user, read.errors)
        for row in read.rows:
            work.take(row)
        work.settle()
        outcome = work.outcome
        outcome.done = not (dry or outcome.errors)
        if not outcome.done:
            transaction.set_rollback(True)
    return outcome


class _Import:
    """The state of one run over a file."""

    def __init__(self, table: CodeTable, user: Any, errors: Iterable[CellError]) -> None:
        self.table = table
        self.outcome = Outcome(errors=list(errors))
        self.key_fields = table.fields[: table.keys]
        self.read = table.reader(user)
        self.known = {
            table.identity([getattr(entry, name) for name in self.key_fields]): entry
            for entry in table.entries(user)
        }
        self.seen: dict[Hashable, int] = {}
        self.written: list[Written] = []

    def take(self, row: TableRow) -> None:
        """One row: read, told apart from the others, checked, written."""
        values = self.values(row)
        if values is None:
            return
        mark = self.table.identity([values[name] for name in self.key_fields])
        if self.stands_twice(row, mark):
            return
        entry = self.known.get(mark)
        before = {name: getattr(entry, name) for name in self.table.fields} if entry else None
        entry = entry or self.table.model()
        for name, value in values.items():
            setattr(entry, name, value)
        if before is None:
            self.table.complete(entry)
        after = {name: getattr(entry, name) for name in values}
        if before is not None and before == before | after:
            self.outcome.same += 1
        elif not self.is_refused(row, entry, before):
            self.write(row, entry, before)

    def values(self, row: TableRow) -> dict[str, Any] | None:
        """The cells as values; nothing when one of them is wrong, which is told."""
        values: dict[str, Any] = {}
        good = True
        for name in self.table.fields:
            text = row.cells.get(name) or ""
            if not text and name not in self.key_fields:
                continue
            try:
                values[name] = self.read(name, text)
            except WrongCellError as error:
                good = self.refuse(row, Fault(name, str(error)))
        return values if good else None

    def stands_twice(self, row: TableRow, mark: Hashable) -> bool:
        """Two rows of one entry: neither can be right."""
        if mark not in self.seen:
            self.seen[mark] = row.number
            return False
        text = _("The same as in row %(row)s.") % {"row": self.seen[mark]}
        return not self.refuse(row, Fault(self.table.key, text))

    def is_refused(self, row: TableRow, entry: Any, before: dict[str, Any] | None) -> bool:
        """Whether the list or the model has something against it, which is told."""
        faults = list(self.table.faults(entry, before)) or list(self.of_model(entry))
        for fault in faults:
            self.refuse(row, fault)
        return bool(faults)

    def of_model(self, entry: Any) -> Iterable[Fault]:
        try:
            entry.full_clean()
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                place = name if name in self.table.fields else self.table.key
                yield from (Fault(place, message) for message in messages)

    def write(self, row: TableRow, entry: Any, before: dict[str, Any] | None) -> None:
        entry.save()
        self.written.append(Written(row, entry, new=before is None))
        self.outcome.added += before is None
        self.outcome.changed += before is not None
        shown = tuple(self.differences(entry, before)) if before is not None else ()
        label = self.table.label(entry)
        self.outcome.touched.append(Touched(row.number, label, before is None, shown))

    def differences(self, entry: Any, before: dict[str, Any]) -> Iterable[tuple[str, Any, Any]]:
        for name, value in before.items():
            now = getattr(entry, name)
            if now != value:
                show = self.table.show
                yield self.table.heading(name), show(name, value), show(name, now)

    def settle(self) -> None:
        """What only the whole shows; of a file with errors nothing is concluded."""
        if self.outcome.errors:
            return
        for each in self.written:
            if each.new:
                self.table.join(each.entry)
        for each in self.written:
            for fault in self.table.settle(each.entry):
                self.refuse(each.row, fault)

    def refuse(self, row: TableRow, fault: Fault) -> bool:
        """Write the fault down at its cell; always `False`."""
        heading = row.headings.get(fault.field) or self.table.heading(fault.field)
        self.outcome.errors.append(CellError(row.sheet, row.number, heading, fault.sentence))
        return False
