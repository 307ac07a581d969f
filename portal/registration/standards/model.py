"""A poverty standard as data: frozen, dated, every value with its legal reference (decision 6)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal, NamedTuple

from portal.registration.standards.codes import Area
from portal.registration.standards.errors import TableError

Mark = Literal["V", "V2", "R", "I", "M"]


class Words(NamedTuple):
    """A wording in both languages of the portal; part of the frozen standard."""

    vi: str
    en: str

    def within(self, language: str) -> str:
        """Vietnamese unless English is asked for."""
        return self.en if language.startswith("en") else self.vi


class Reference(NamedTuple):
    """Where a value comes from and how far that was checked.

    Marks: V read in the source text, V2 in a secondary one, R recalled, I inferred, M made up for
    illustration. Only V counts as verified.
    """

    source: str
    mark: Mark

    @property
    def verified(self) -> bool:
        """Whether the value was read in the legal text itself."""
        return self.mark == "V"


@dataclass(frozen=True, slots=True)
class IncomeLine:
    """An income line, VND per person and month (chuẩn thu nhập)."""

    area: Area
    kind: str
    amount: int
    ref: Reference


@dataclass(frozen=True, slots=True)
class Cut:
    """Cut-offs of B1 in points: at most `b1_max` a household is poor or near-poor.

    `b1_poor` (2016-2020 only): at most this it is poor whatever it is deprived of.
    """

    area: Area
    b1_max: int
    b1_poor: int | None
    ref: Reference


@dataclass(frozen=True, slots=True)
class Valued:
    """One number with its reference."""

    value: int
    ref: Reference


@dataclass(frozen=True, slots=True)
class Service:
    """A basic social service or dimension (dịch vụ xã hội cơ bản)."""

    code: str
    name: Words
    ref: Reference


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator of deprivation (chỉ số); `definition` stands on its own reference.

    `facts` are the facts it is computed from; none when the definition is not known here, so that
    the indicator can only be stated. `clear` says in words that nobody is concerned.
    """

    number: int
    code: str
    service: str
    name: Words
    ref: Reference
    definition: Words | None = None
    definition_ref: Reference | None = None
    facts: tuple[str, ...] = ()
    clear: Words | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """A value that a rule needs and that is not certain enough to be a constant."""

    code: str
    value: Any
    label: Words
    ref: Reference


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign of comfort on the quick form (Phiếu A)."""

    code: str
    label: Words
    ref: Reference


@dataclass(frozen=True, slots=True)
class Option:
    """An answer with its points per area.

    `start`: the number from which it applies (type "number"); `values`: the facts it stands for.
    """

    code: str
    label: Words
    points: Mapping[Area, int]
    start: int | None = None
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """An item of B1: "number" (bands), "one" (a choice) or "many" (points of choices add up).

    A `derived` item is computed from facts and never asked; options of a derived "one" stand from
    the highest to the lowest. `not_scored_if` names the condition under which it gives no points.
    """

    code: str
    type: Literal["number", "one", "many"]
    label: Words
    options: tuple[Option, ...]
    ref: Reference
    derived: str | None = None
    not_scored_if: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """The points of B1 (bảng điểm B1). `illustrative` must be said on screen and on paper.

    Ages in years: able to work from `worker_from` to `worker_to` included; no diploma that counts
    before `diploma_from`.
    """

    id: str
    standard: str
    illustrative: bool
    label: Words
    items: tuple[Item, ...]
    ref: Reference
    worker_from: int = 0
    worker_to: int = 200
    diploma_from: int = 0

    def asked(self) -> tuple[Item, ...]:
        """The items that a form has to ask, since no fact tells them."""
        return tuple(item for item in self.items if item.derived is None)


class Doubt(NamedTuple):
    """A value that was not read in the legal text itself."""

    label: Words
    ref: Reference


@dataclass(frozen=True, eq=False)
class Standard:
    """A poverty standard with its period of validity (chuẩn nghèo); days included."""

    id: str
    name: Words
    first: date
    last: date
    period_ref: Reference
    lines: tuple[IncomeLine, ...]
    cuts: Mapping[Area, Cut]
    poor_from: Valued
    points: Valued | None
    services: tuple[Service, ...]
    indicators: tuple[Indicator, ...]
    settings: Mapping[str, Setting]
    signs: tuple[Sign, ...]
    words: Mapping[str, Any] = field(repr=False)
    table: Table | None = None

    def with_table(self, table: Table | None) -> Standard:
        """The same standard with other B1 points; keep it, since it is compiled once per object.

        Raises `TableError` for the table of another standard.
        """
        if table is not None and table.standard != self.id:
            raise TableError("standard", f"“{table.standard}” ≠ “{self.id}”")
        return replace(self, table=table)

    def doubts(self) -> tuple[Doubt, ...]:
        """Everything that is not verified, for the page that must say so."""
        return tuple(doubt for doubt in self._values() if not doubt.ref.verified)

    def _values(self) -> Iterator[Doubt]:
        for line in self.lines:
            yield Doubt(Words(**self.words["lines"][line.kind]), line.ref)
        if self.points is not None:
            yield Doubt(Words(**self.words["b2_points"]), self.points.ref)
        for indicator in self.indicators:
            yield Doubt(indicator.name, indicator.ref)
            if indicator.definition and indicator.definition_ref:
                yield Doubt(indicator.definition, indicator.definition_ref)
        for setting in self.settings.values():
            yield Doubt(setting.label, setting.ref)
        for sign in self.signs:
            yield Doubt(sign.label, sign.ref)
        if self.table is not None:
            yield Doubt(self.table.label, self.table.ref)
