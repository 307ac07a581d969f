"""Units and villages as workbooks hold them."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Sequence
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.areas.errors import UnitNameError
from portal.areas.kept_index import index_of
from portal.areas.models import UNKNOWN_START, Level, Unit, Village
from portal.areas.officers import administers, keeps_villages, own_units
from portal.areas.reform import against_code, against_end, follow
from portal.areas.services import area_type_of
from portal.areas.succession import came_to, in_force, unit_on
from portal.areas.unit_files import DIGITS, KINDS
from portal.jobs import clock
from portal.tables import code_lists
from portal.tables.code_lists import CodeTable, Fault, Read, WrongCellError, read_cell
from search.text import fold

CODE = re.compile(r"\b\d{5}\b")
UNKNOWN_DAY = gettext_lazy("not known")


class VillageTable(CodeTable):
    """Villages of the communes in somebody's scope, known by commune and folded name."""

    def may_load(self, user: Any) -> bool:
        """The province and the communes' officers."""
        return super().may_load(user) and keeps_villages(user)

    def entries(self, user: Any) -> models.QuerySet[Any]:
        """Of today's communes in the scope, or the one village of its head."""
        today = Unit.objects.filter(in_force(clock.today()))
        mine = Village.objects.visible_to(user).filter(unit__in=today)
        return mine.select_related("unit").order_by("unit__sort_key", "unit__code", "sort_key")

    def identity(self, values: Sequence[Any]) -> Hashable:
        """A name stands once in a commune, however it is accented."""
        unit, name = values
        return unit.pk, fold(" ".join(name.split()))

    def reader(self, user: Any) -> Read:
        """Communes by code or name, in the scope only; the map is read once for all rows."""
        communes = {unit.code: unit for unit in own_units(user)}

        def read(name: str, text: str) -> Any:
            if name == "unit":
                return _commune(text, communes)
            value = read_cell(self.field_of(name), text)
            return " ".join(value.split()) if name == "name" else value

        return read

    def show(self, name: str, value: Any) -> Any:
        """A commune with its code, since two may be called alike."""
        return f"{value} ({value.code})" if name == "unit" else CodeTable.show(self, name, value)

    def label(self, entry: Village) -> str:
        """With the commune: every second one has a Thôn 1."""
        return f"{entry.name}, {entry.unit}"


class UnitTable(CodeTable):
    """Units of the province on the maps of all times, known by code and first day.

    Kind, level and place in the tree of a unit that stands are never changed: a reform ends its
    row and begins another one. New rows are communes of the province.
    """

    def may_load(self, user: Any) -> bool:
        """Officers of the province, who change units otherwise too."""
        return bool(user.has_perm("areas.change_unit")) and administers(user)

    def entries(self, user: Any) -> models.QuerySet[Any]:
        """Today's first."""
        own = Unit.objects.filter(came_to(settings.PROVINCE_CODE)).select_related("parent")
        order = ("-valid_from", "-level", "sort_key", "code")
        return own.prefetch_related("successors").order_by(*order)

    def reader(self, user: Any) -> Read:
        """The first day of units of before 2025 is not known."""

        def read(name: str, text: str) -> Any:
            if name == "valid_from" and fold(text) == fold(str(UNKNOWN_DAY)):
                return UNKNOWN_START
            return read_cell(self.field_of(name), text)

        return read

    def show(self, name: str, value: Any) -> Any:
        """As the reader takes it."""
        unknown = name == "valid_from" and value == UNKNOWN_START
        return str(UNKNOWN_DAY) if unknown else CodeTable.show(self, name, value)

    def label(self, entry: Unit) -> str:
        """With the code."""
        return f"{entry} ({entry.code})"

    def tell(self, entry: Unit) -> Sequence[Any]:
        """Level, parent, and what the unit went into."""
        into = ", ".join(f"{unit} ({unit.code})" for unit in entry.successors.all())
        return (str(entry.get_level_display()), str(entry.parent or ""), into)

    def complete(self, entry: Unit) -> None:
        """A new unit is a commune of the portal's province."""
        entry.level = Level.COMMUNE
        entry.parent = unit_on(settings.PROVINCE_CODE, clock.today())
        entry.area_type = entry.area_type or area_type_of(entry.kind)

    def faults(self, entry: Unit, before: dict[str, Any] | None) -> Iterator[Fault]:
        """Against the row itself."""
        if before is None:
            yield from _new(entry)
        elif entry.kind != before["kind"]:
            text = _("A unit keeps its kind: give it a last day and add a row from the next day.")
            yield Fault("kind", text)
        if entry.valid_to is not None and entry.valid_to < entry.valid_from:
            yield Fault("valid_to", _("The last day is before the first."))

    def join(self, entry: Unit) -> None:
        """After a change of kind or name the same code goes on."""
        follow(entry)

    def settle(self, entry: Unit) -> Iterator[Fault]:
        """One unit to a code and day, and a successor for what is in use."""
        for name, sentence in (("code", against_code(entry)), ("valid_to", against_end(entry))):
            if sentence:
                yield Fault(name, sentence)


def register() -> None:
    """Called once from the app's `ready()`."""
    code_lists.register(
        VillageTable(
            Village,
            ("unit", "name", "kind", "area_type"),
            keys=2,
            index="thon-to-dan-pho_modeladmin_index",
        )
    )
    code_lists.register(
        UnitTable(
            Unit,
            ("code", "valid_from", "kind", "name", "area_type", "valid_to"),
            keys=2,
            digits=("code",),
            told=(gettext_lazy("level"), gettext_lazy("belongs to"), gettext_lazy("went into")),
            index="don-vi-hanh-chinh_modeladmin_index",
        )
    )


def _commune(text: str, communes: dict[str, Unit]) -> Unit:
    """By the code in the cell, else by name. Raises `WrongCellError`."""
    code = CODE.search(text)
    try:
        found = code.group() if code else _named(text)
    except UnitNameError as error:
        raise WrongCellError(str(error)) from error
    if found not in communes:
        raise WrongCellError(_("“%(text)s” is no commune of your area today.") % {"text": text})
    return communes[found]


def _named(text: str) -> str:
    return index_of(settings.PROVINCE_CODE, clock.today()).commune(text).code


def _new(entry: Unit) -> Iterator[Fault]:
    digits = DIGITS[Level.COMMUNE]
    if not (entry.code.isascii() and entry.code.isdigit() and len(entry.code) == digits):
        values = {"code": entry.code, "digits": digits}
        text = _("the code “%(code)s” does not have %(digits)d digits.") % values
        yield Fault("code", text)
    if entry.kind not in KINDS[Level.COMMUNE]:
        yield Fault("kind", _("New units are communes of the province: xã, phường or đặc khu."))
    if entry.valid_from == UNKNOWN_START:
        yield Fault("valid_from", _("A new unit needs its first day."))
    if entry.parent is None:
        yield Fault("code", _("The province itself is not loaded yet (load_units)."))
