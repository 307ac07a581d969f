"""Reads the files of units whole and checks them before anything is written.

Every fault is collected with file and line, so that one run names all of them.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

from django.utils.translation import gettext as _

from portal.areas.errors import UnitDataError
from portal.areas.models import UNKNOWN_START, Kind, Level, UnitSuccession

Key = tuple[str, date]

BEFORE = "units-before-2025.csv"
AFTER = "units-2025.csv"
SUCCESSORS = "successors.csv"
NAMES = "other-names.csv"
CHANGES = "changes-after-2025.csv"
COLUMNS = {
    BEFORE: ("code", "name", "kind", "level", "parent_code", "valid_to"),
    AFTER: ("code", "name", "kind", "level", "parent_code", "valid_from"),
    SUCCESSORS: ("old_code", "new_code", "part", "people"),
    NAMES: ("code", "name", "used_in"),
    CHANGES: ("code", "kind_before", "kind_after", "valid_from"),
}
DIGITS = {Level.PROVINCE: 2, Level.DISTRICT: 3, Level.COMMUNE: 5}
KINDS = {
    Level.PROVINCE: {Kind.TINH, Kind.THANH_PHO},
    Level.DISTRICT: {Kind.QUAN, Kind.HUYEN, Kind.THI_XA, Kind.THANH_PHO},
    Level.COMMUNE: {Kind.XA, Kind.PHUONG, Kind.THI_TRAN, Kind.DAC_KHU},
}
# Other names say of which era they are: those "sau" (after) the reform belong to a unit of today.
AFTER_MARK = "sau 01/7/2025"


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit as the files give it; `parent` is the key of the row it hangs on."""

    code: str
    name: str
    kind: str
    level: str
    parent_code: str
    valid_from: date
    valid_to: date | None
    parent: Key | None = None

    @property
    def key(self) -> Key:
        """What is unique: code and first day."""
        return self.code, self.valid_from


@dataclass(slots=True)
class UnitData:
    """All files together."""

    units: dict[Key, UnitRow] = field(default_factory=dict)
    successions: dict[tuple[Key, Key], tuple[str, str]] = field(default_factory=dict)
    names: dict[tuple[Key, str], str] = field(default_factory=dict)


def read_folder(folder: Path) -> UnitData:
    """The whole data of a folder. Raises `UnitDataError` naming every faulty line."""
    reader = _Reader(folder)
    reader.units(BEFORE)
    reader.units(AFTER)
    reader.successors()
    reader.changes()
    reader.other_names()
    reader.parents()
    if reader.errors:
        raise UnitDataError(reader.errors)
    return reader.data


class _Reader:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = UnitData()
        self.errors: list[str] = []
        self.lines: dict[Key, tuple[str, int]] = {}
        self.old: dict[str, Key] = {}
        self.new: dict[str, Key] = {}

    def fault(self, name: str, line: int, sentence: str) -> None:
        self.errors.append(
            _("%(file)s, line %(line)d: %(sentence)s")
            % {"file": name, "line": line, "sentence": sentence}
        )

    def rows(self, name: str) -> Iterator[tuple[int, dict[str, str]]]:
        """Lines with their number; a line of the wrong length is a fault of its own."""
        try:
            with (self.folder / name).open(encoding="utf-8-sig", newline="") as stream:
                reader = csv.DictReader(stream, strict=True)
                missing = set(COLUMNS[name]) - set(reader.fieldnames or ())
                if missing:
                    columns = ", ".join(sorted(missing))
                    self.fault(name, 1, _("columns missing: %(columns)s.") % {"columns": columns})
                    return
                for row in reader:
                    if None in row or None in row.values():
                        self.fault(name, reader.line_num, _("wrong number of values."))
                        continue
                    yield reader.line_num, {key: value.strip() for key, value in row.items()}
        except OSError:
            self.errors.append(_("%(file)s: cannot be opened.") % {"file": self.folder / name})
        except UnicodeDecodeError:
            self.errors.append(_("%(file)s: is not text in UTF-8.") % {"file": name})
        except csv.Error as error:
            self.errors.append(f"{name}: {error}")

    def units(self, name: str) -> None:
        """Units of one era; `old` or `new` remembers the codes of that era."""
        known = self.old if name == BEFORE else self.new
        for line, row in self.rows(name):
            unit = self.unit(name, line, row)
            if unit is None:
                continue
            if unit.code in known:
                self.fault(name, line, _("the code %(code)s stands twice.") % {"code": unit.code})
                continue
            known[unit.code] = unit.key
            self.data.units[unit.key] = unit
            self.lines[unit.key] = (name, line)

    def unit(self, name: str, line: int, row: dict[str, str]) -> UnitRow | None:
        """One line, or `None` after naming what is wrong with it."""
        start = UNKNOWN_START if name == BEFORE else self.day(name, line, row["valid_from"])
        end = self.day(name, line, row["valid_to"]) if name == BEFORE else None
        sentence = _fault_of(row)
        if sentence:
            self.fault(name, line, sentence)
        if sentence or start is None or (name == BEFORE and end is None):
            return None
        return UnitRow(
            row["code"], row["name"], row["kind"], row["level"], row["parent_code"], start, end
        )

    def day(self, name: str, line: int, text: str) -> date | None:
        try:
            return date.fromisoformat(text)
        except ValueError:
            self.fault(name, line, _("“%(text)s” is not a date (YYYY-MM-DD).") % {"text": text})
            return None

    def successors(self) -> None:
        """Pairs of codes: the first of the older era, the second of the newer one."""
        for line, row in self.rows(SUCCESSORS):
            old, new = self.old.get(row["old_code"]), self.new.get(row["new_code"])
            part, people = row["part"], row["people"]
            if old is None or new is None:
                code = row["old_code"] if old is None else row["new_code"]
                self.fault(SUCCESSORS, line, _("no unit has the code %(code)s.") % {"code": code})
            elif (
                part not in UnitSuccession.Part.values or people not in UnitSuccession.People.values
            ):
                value = f"{part}, {people}"
                self.fault(SUCCESSORS, line, _("unknown value “%(value)s”.") % {"value": value})
            elif (old, new) in self.data.successions:
                pair = f"{row['old_code']} → {row['new_code']}"
                self.fault(SUCCESSORS, line, _("%(pair)s stands twice.") % {"pair": pair})
            else:
                self.data.successions[old, new] = (part, people)

    def changes(self) -> None:
        """A change of kind ends a row the day before and begins one of the same code."""
        for line, row in self.rows(CHANGES):
            key, day = self.new.get(row["code"]), self.day(CHANGES, line, row["valid_from"])
            before = self.data.units[key] if key else None
            if before is None:
                sentence = _("no unit has the code %(code)s.") % {"code": row["code"]}
                self.fault(CHANGES, line, sentence)
            elif day is not None:
                self.change(line, row, before, day)

    def change(self, line: int, row: dict[str, str], before: UnitRow, day: date) -> None:
        fits = row["kind_after"] in KINDS[Level(before.level)]
        if before.kind != row["kind_before"] or day <= before.valid_from or not fits:
            sentence = _("does not fit the unit %(code)s.") % {"code": row["code"]}
            self.fault(CHANGES, line, sentence)
            return
        after = replace(before, kind=row["kind_after"], valid_from=day)
        ended = replace(before, valid_to=day - timedelta(days=1))
        self.data.units[before.key] = ended
        self.data.units[after.key] = after
        self.new[row["code"]] = after.key
        self.lines[after.key] = (CHANGES, line)
        self.data.successions[before.key, after.key] = (
            UnitSuccession.Part.WHOLE.value,
            UnitSuccession.People.ALL.value,
        )

    def other_names(self) -> None:
        """Other spellings; of an older unit unless `used_in` says after the reform."""
        for line, row in self.rows(NAMES):
            era = self.new if AFTER_MARK in row["used_in"] else self.old
            key = era.get(row["code"])
            if key is None:
                sentence = _("no unit has the code %(code)s.") % {"code": row["code"]}
                self.fault(NAMES, line, sentence)
            elif not row["name"]:
                self.fault(NAMES, line, _("the name is empty."))
            else:
                self.data.names[key, row["name"]] = row["used_in"]

    def parents(self) -> None:
        """Hang each unit on the row of its parent that is in force on the unit's last day."""
        by_code: dict[str, list[UnitRow]] = defaultdict(list)
        for unit in self.data.units.values():
            by_code[unit.code].append(unit)
        for unit in list(self.data.units.values()):
            if not unit.parent_code:
                continue
            last = unit.valid_to or date.max
            rows = by_code[unit.parent_code]
            fit = [row for row in rows if row.valid_from <= last <= (row.valid_to or date.max)]
            if fit and fit[0].level != Level.COMMUNE:
                self.data.units[unit.key] = replace(unit, parent=fit[0].key)
            else:
                name, line = self.lines[unit.key]
                sentence = _("no unit has the code %(code)s.") % {"code": unit.parent_code}
                self.fault(name, line, sentence)


def _fault_of(row: dict[str, str]) -> str:
    """What is wrong with a unit's line by itself; empty when nothing is."""
    code, level, kind = row["code"], row["level"], row["kind"]
    if level not in Level.values:
        return _("unknown level “%(value)s”.") % {"value": level}
    if not (code.isascii() and code.isdigit() and len(code) == DIGITS[Level(level)]):
        return _("the code “%(code)s” does not have %(digits)d digits.") % {
            "code": code,
            "digits": DIGITS[Level(level)],
        }
    if kind not in KINDS[Level(level)]:
        return _("unknown kind “%(value)s”.") % {"value": kind}
    if not row["name"]:
        return _("the name is empty.")
    if bool(row["parent_code"]) == (level == Level.PROVINCE):
        return _("only a province stands without a parent.")
    return ""
