"""Code lists as tables: what each room registers, and how a list leaves as a workbook.

Stands at the bottom of the house so that every room registers its own lists; `code_import` reads
them in.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from portal.tables.columns import Column
from search.text import exact, fold

YES = {"co", "x", "1", "yes", "true", "dung"}
NO = {"khong", "0", "no", "false", "sai"}
DAYS = ("%d/%m/%Y", "%Y-%m-%d", "%Y-%m-%d %H:%M:%S")


Read = Callable[[str, str], Any]


class WrongCellError(ValueError):
    """A cell that is none of the words it may hold."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why an entry is not taken; `field` is one of the list's."""

    field: str
    sentence: str


@dataclass(frozen=True, slots=True)
class CodeTable:
    """A code list by its fields, the first `keys` of which tell the rows apart.

    A room whose list is not the same for everybody, or whose cells are more than plain fields,
    overrides the methods. `digits` are fields whose zeros in front a number cell would lose, `told`
    are further headings that go out and are not read, `index` is the list's address by name.
    """

    model: type[models.Model]
    fields: tuple[str, ...]
    keys: int = 1
    digits: tuple[str, ...] = ()
    told: tuple[str | Promise, ...] = ()
    index: str = ""

    @property
    def name(self) -> str:
        """Of the model, in addresses."""
        return str(self.model._meta.model_name)

    @property
    def key(self) -> str:
        """The field that a row is known by, or the first of them."""
        return self.fields[0]

    @property
    def index_name(self) -> str:
        """The address of the list in the back office."""
        return self.index or f"{self.model._meta.app_label}_{self.name}_modeladmin_index"

    def may_load(self, user: Any) -> bool:
        """Whether somebody may import: with the rights to add and to change entries."""
        rights = [f"{self.model._meta.app_label}.{verb}_{self.name}" for verb in ("add", "change")]
        return all(user.has_perm(right) for right in rights)

    def entries(self, user: Any) -> models.QuerySet[Any]:
        """What goes out to somebody, and all that this person's file can change."""
        return self.model._default_manager.all()

    def identity(self, values: Sequence[Any]) -> Hashable:
        """What two rows of one entry share, from the values of the key fields; not its case."""
        return tuple(exact(value) if isinstance(value, str) else value for value in values)

    def reader(self, user: Any) -> Read:
        """Reads cells (field, text) for one run. What it returns raises `WrongCellError`."""
        return lambda name, text: read_cell(self.field_of(name), text)

    def show(self, name: str, value: Any) -> Any:
        """A value as a cell; what the reader reads again."""
        return show_cell(self.field_of(name), value)

    def label(self, entry: Any) -> str:
        """The entry in the account of an import."""
        return str(entry)

    def tell(self, entry: Any) -> Sequence[Any]:
        """The cells below `told`."""
        return ()

    def complete(self, entry: Any) -> None:
        """Fill what a file does not say of a new entry."""

    def faults(self, entry: Any, before: dict[str, Any] | None) -> Iterator[Fault]:
        """What stands against a row beside the model's own rules; `before` is `None` when new."""
        yield from ()

    def join(self, entry: Any) -> None:
        """Tie a new entry to what stands, after the last row of the file is written."""

    def settle(self, entry: Any) -> Iterator[Fault]:
        """For each written entry after all are joined, before anything counts: what shows then."""
        yield from ()

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
                required=name in self.fields[: self.keys],
                digits=name in self.digits,
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


def headings(table: CodeTable) -> list[str]:
    """Of the workbook; the import reads those of the fields."""
    return [table.heading(name) for name in table.fields] + [str(each) for each in table.told]


def rows(table: CodeTable, user: Any) -> Iterator[Sequence[Any]]:
    """All entries that somebody sees in the order of the list."""
    for entry in table.entries(user):
        cells = [table.show(name, getattr(entry, name)) for name in table.fields]
        yield [*cells, *table.tell(entry)]


def show_cell(model_field: Any, value: Any) -> Any:
    """A plain field in words."""
    if isinstance(model_field, models.BooleanField):
        return pgettext("cell", "yes") if value else pgettext("cell", "no")
    return str(dict(model_field.choices).get(value, "")) if model_field.choices else value


def read_cell(model_field: Any, text: str) -> Any:
    """A plain field from words. Raises `WrongCellError`."""
    if isinstance(model_field, models.BooleanField):
        if fold(text) not in YES | NO:
            raise WrongCellError(_("Write có or không."))
        return fold(text) in YES
    if isinstance(model_field, models.DateField):
        return read_day(text)
    if not model_field.choices:
        return _plain(model_field, text)
    words = {fold(str(label)): value for value, label in model_field.choices}
    words |= {fold(str(value)): value for value, _label in model_field.choices}
    if fold(text) not in words:
        known = ", ".join(str(label) for _value, label in model_field.choices)
        raise WrongCellError(_("Not one of: %(words)s.") % {"words": known})
    return words[fold(text)]


def _plain(model_field: Any, text: str) -> Any:
    try:
        return model_field.to_python(text)
    except ValidationError as error:
        raise WrongCellError(" ".join(error.messages)) from error


def read_day(text: str) -> date:
    """As people write it, or as a workbook gives a cell of a date. Raises `WrongCellError`."""
    for form in DAYS:
        try:
            return datetime.strptime(text, form).replace(tzinfo=UTC).date()
        except ValueError:
            continue
    raise WrongCellError(_("Not a date; write it as 30/04/2027."))
