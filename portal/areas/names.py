"""Finds units by the name somebody wrote: with or without kind, accents, of today or of before.

Exact spelling comes before folded spelling, and today's names before older ones. An older name
leads to the communes that hold its people today.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from portal.areas.errors import AmbiguousUnitError, DividedUnitError, UnknownUnitError
from portal.areas.models import Kind, Level, Unit, UnitName, UnitSuccession
from portal.areas.succession import is_valid
from search.text import exact, fold

WORDS: dict[str, tuple[Kind, ...]] = {
    "tỉnh": (Kind.TINH,),
    "thành phố": (Kind.THANH_PHO,),
    "tp": (Kind.THANH_PHO,),
    "thị xã": (Kind.THI_XA,),
    "tx": (Kind.THI_XA,),
    "quận": (Kind.QUAN,),
    "q": (Kind.QUAN,),
    "huyện": (Kind.HUYEN,),
    "h": (Kind.HUYEN,),
    "xã": (Kind.XA,),
    "x": (Kind.XA,),
    "phường": (Kind.PHUONG,),
    "p": (Kind.PHUONG,),
    "thị trấn": (Kind.THI_TRAN,),
    "tt": (Kind.THI_TRAN,),
    "đặc khu": (Kind.DAC_KHU,),
}
LISTED = 6
COMMA = re.compile(r"\s*[,;]\s*")
DASH = re.compile(r"\s+[-–]\s+")
NO_LETTERS = str.maketrans("-–“”", "    ")


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand a text: a name, and the kinds that it may be of (empty: any)."""

    name: str
    kinds: tuple[Kind, ...]


def readings(text: str) -> list[Reading]:
    """All ways to read a name; "phuong thien" may be the ward Thiện or a place Phương Thiện."""
    whole = _plain(text)
    found = [Reading(whole, ())]
    for word, kinds in WORDS.items():
        for start in {word, fold(word)}:
            rest = _after(whole, start)
            if rest:
                found.append(Reading(rest, kinds))
    return found


def divisions(text: str) -> Iterator[tuple[str, list[str]]]:
    """All ways to read a text as a name and what the place lies in, the longest name first.

    A comma ends the name. A dash may, or it belongs to it: "Tân Trào - Sơn Dương" is a commune of
    a district, "Xuân Hương - Đà Lạt" is one ward.
    """
    first, *above = COMMA.split(text.strip())
    parts = DASH.split(first)
    for count in range(len(parts), 0, -1):
        rest = [" - ".join(parts[count:])] if parts[count:] else []
        yield " - ".join(parts[:count]), rest + above


class UnitIndex:
    """The names of a province on a day, read once: five queries, then as many look-ups as rows.

    Holds the units of the province in force and all older ones whose people came to it.
    """

    def __init__(self, province: str, on: date) -> None:
        self.province = province
        self.on = on
        self.units = self._load()
        self.following = self._follow()
        self.children: dict[int, list[Unit]] = defaultdict(list)
        for unit in self.units.values():
            if unit.parent_id:
                self.children[unit.parent_id].append(unit)
        self.exact: dict[str, list[Unit]] = defaultdict(list)
        self.folded: dict[str, list[Unit]] = defaultdict(list)
        self.pieces: dict[str, list[Unit]] = defaultdict(list)
        self._fill()

    @cached_property
    def whole(self) -> Unit | None:
        """The province itself on the day."""
        own = (unit for unit in self.units.values() if unit.code == self.province)
        return next((u for u in own if u.level == Level.PROVINCE and is_valid(u, self.on)), None)

    @cached_property
    def communes(self) -> dict[tuple[str, str], Unit]:
        """The communes of today by their key: code, and the first day as `2025-07-01`."""
        return {
            (unit.code, unit.valid_from.isoformat()): unit
            for unit in self.units.values()
            if unit.level == Level.COMMUNE and is_valid(unit, self.on)
        }

    def find(self, text: str, kind: str | None = None) -> list[Unit]:
        """Units named so on the day; else those that hold the people of the older ones."""
        matches = self.matches(text, kind)
        return _sorted({one.pk: one for unit in matches for one in self.today(unit)}.values())

    def commune(self, text: str) -> Unit:
        """The one commune of the province that a text names, or an error with the candidates.

        A district after a comma ("Tân Trào, huyện Sơn Dương") says that the old unit is meant.
        """
        matches = [unit for unit in self.matches(text) if unit.level == Level.COMMUNE]
        targets = _sorted({one.pk: one for unit in matches for one in self.today(unit)}.values())
        if len(targets) == 1 and targets[0].pk in self.units:
            return targets[0]
        if len(targets) < 2:
            raise UnknownUnitError(*self._unknown(text))
        sentence = _("“%(name)s” names several places: %(units)s. Write the commune of today.")
        error: type[AmbiguousUnitError | DividedUnitError] = AmbiguousUnitError
        if len(matches) == 1:
            sentence = _(
                "The people of “%(name)s” were divided between %(units)s. "
                "Ask for the commune of today."
            )
            error = DividedUnitError
        raise error(sentence % {"name": text.strip(), "units": _listed(targets)}, targets)

    def namesakes(self, text: str) -> list[Unit]:
        """The communes that a text may mean when today's is not preferred to one of before.

        Where a commune bears the name of an older one whose people live elsewhere now, whoever
        writes it may mean either: a household is asked, a list of today is not.
        """
        for name, context in divisions(text):
            for names in (self.exact, self.folded):
                matches = [
                    unit
                    for valid in (True, False)
                    for unit in self._named(names, valid, readings(name), context)
                    if unit.level == Level.COMMUNE
                ]
                if matches:
                    return _sorted({o.pk: o for unit in matches for o in self.today(unit)}.values())
        return []

    def matches(self, text: str, kind: str | None = None) -> list[Unit]:
        """Units of the longest name that any has, of the first of the four ranks that has any."""
        for name, context in divisions(text):
            ways = readings(name)
            if kind is not None:
                ways = [Reading(way.name, (Kind(kind),)) for way in ways]
            for names, valid in self._ranks(name):
                found = self._named(names, valid, ways, context)
                if found:
                    return found
        return []

    def _named(
        self,
        names: dict[str, list[Unit]],
        valid: bool,
        ways: list[Reading],
        context: list[str],
    ) -> list[Unit]:
        """Units of one of the readings, in force or not, that lie in all that `context` names."""
        above = [self._above(part) for whole in context for part in self._pieces(whole)]
        found = {
            unit.pk: unit
            for way in ways
            for unit in names.get(way.name if names is self.exact else fold(way.name), ())
            if is_valid(unit, self.on) == valid and self._fits(unit, way, above)
        }
        return list(found.values())

    def _ranks(self, name: str) -> list[tuple[dict[str, list[Unit]], bool]]:
        """Where to look first: who writes accents means them, else today's places come first."""
        if fold(_plain(name)) == _plain(name):
            return [
                (self.exact, True),
                (self.folded, True),
                (self.exact, False),
                (self.folded, False),
            ]
        return [(self.exact, True), (self.exact, False), (self.folded, True), (self.folded, False)]

    def _fits(self, unit: Unit, way: Reading, above: list[set[int] | None]) -> bool:
        """Whether the kind is right and the unit lies in all that the text names after it."""
        if way.kinds and unit.kind not in way.kinds:
            return False
        parent = self.units.get(unit.parent_id or 0)
        line = {unit.parent_id, parent.parent_id if parent else None}
        return all(ids is None or line & ids for ids in above)

    def today(self, unit: Unit) -> list[Unit]:
        """Where the people of a unit are on the day of the index."""
        waiting, found, seen = [unit], list[Unit](), {unit.pk}
        while waiting:
            one = waiting.pop()
            if is_valid(one, self.on):
                found.append(one)
                continue
            following = self.following[one.pk]
            if not following and one.level == Level.DISTRICT:
                following = self.children[one.pk]
            waiting += [new for new in following if new.pk not in seen]
            seen |= {new.pk for new in following}
        return found

    def _load(self) -> dict[int, Unit]:
        """Walk back from the province over its predecessors and down to the communes."""
        found: dict[int, Unit] = {}
        frontier = list(Unit.objects.filter(code=self.province, level=Level.PROVINCE))
        frontier = [one for one in frontier if is_valid(one, self.on)]
        while frontier:
            found |= {unit.pk: unit for unit in frontier}
            keys = [unit.pk for unit in frontier]
            links = UnitSuccession.objects.filter(new_id__in=keys)
            older = links.exclude(people=UnitSuccession.People.NONE).values("old_id")
            near = Unit.objects.filter(Q(parent_id__in=keys) | Q(pk__in=older))
            frontier = [unit for unit in near if unit.pk not in found]
        return found

    def _follow(self) -> dict[int, list[Unit]]:
        """Where the people of each unit went, other provinces included."""
        following: dict[int, list[Unit]] = defaultdict(list)
        links = UnitSuccession.objects.filter(old__in=self.units).select_related("new")
        for link in links.exclude(people=UnitSuccession.People.NONE):
            following[link.old_id].append(link.new)
        return following

    def _fill(self) -> None:
        spellings = [(unit, unit.name) for unit in self.units.values()]
        others = UnitName.objects.filter(unit__in=self.units).values_list("unit_id", "name")
        spellings += [(self.units[pk], name) for pk, name in others]
        for unit, name in spellings:
            self.exact[_plain(name)].append(unit)
            self.folded[fold(_plain(name))].append(unit)
            pieces = DASH.split(name)
            for piece in pieces if len(pieces) > 1 else ():
                self.pieces[fold(_plain(piece))].append(unit)

    def _pieces(self, whole: str) -> list[str]:
        """Places with dashes between them; a dash within the name of one divides nothing."""
        parts, found = DASH.split(whole), list[str]()
        while parts:
            longest = range(len(parts), 1, -1)
            count = next((n for n in longest if self._is_named(" - ".join(parts[:n]))), 1)
            found.append(" - ".join(parts[:count]))
            parts = parts[count:]
        return found

    def _is_named(self, text: str) -> bool:
        return any(fold(way.name) in self.folded for way in readings(text))

    def _above(self, part: str) -> set[int] | None:
        """Ids of the districts and older provinces that a part names; `None`: no restriction.

        The province of today restricts nothing. A place that is not here matches no unit.
        """
        if fold(part) == "viet nam":
            return None
        named = [
            unit
            for way in readings(part)
            for unit in self.folded.get(fold(way.name), ())
            if unit.level != Level.COMMUNE and (not way.kinds or unit.kind in way.kinds)
        ]
        today = {unit.code for unit in named if unit.level == Level.PROVINCE}
        return None if self.province in today else {unit.pk for unit in named}

    def _unknown(self, text: str) -> tuple[str, list[Unit]]:
        """Sentence and candidates: places of another kind, or with the name within a longer one."""
        names = [fold(way.name) for name, _above in divisions(text) for way in readings(name)]
        near = [
            unit
            for name in names
            for known in (self.folded, self.pieces)
            for unit in known.get(name, ())
        ]
        near = [one for unit in near for one in self.today(unit) if one.level == Level.COMMUNE]
        near = _sorted({one.pk: one for one in near}.values())
        if near:
            sentence = _("“%(name)s” is no commune of the province; is %(units)s meant?")
            return sentence % {"name": text.strip(), "units": _listed(near)}, near
        sentence = _("The province has no commune named “%(name)s”.")
        return sentence % {"name": text.strip()}, []


def find_unit(name: str, *, province: str, on: date, kind: str | None = None) -> list[Unit]:
    """Units in force in a province on a day that a text names, older names by their successors.

    "xã Tân Trào", "P. Minh Xuân", "minh xuan" and "huyện Yên Sơn" (the communes that its people
    live in today) are understood; `kind` narrows further. No match gives an empty list.
    """
    return UnitIndex(province, on).find(name, kind)


def resolve_commune(text: str, on: date) -> Unit:
    """The commune of the portal's province for one text; for many rows keep a `UnitIndex`.

    Raises `UnknownUnitError`, `AmbiguousUnitError` or `DividedUnitError` with a sentence that
    names the candidates.
    """
    return UnitIndex(settings.PROVINCE_CODE, on).commune(text)


def _plain(text: str) -> str:
    """NFC, one way of placing tone marks, lower case, single spaces, no quotation marks, dashes."""
    return " ".join(exact(text).translate(NO_LETTERS).split())


def _after(text: str, word: str) -> str:
    """What follows a kind word; an abbreviation may carry a full stop and no space."""
    found = re.fullmatch(rf"{re.escape(word)}(?:\.\s*|\s+)(.+)", text)
    return found.group(1) if found else ""


def _sorted(units: Iterable[Unit]) -> list[Unit]:
    return sorted(units, key=lambda unit: (unit.sort_key, unit.code))


def _listed(units: Iterable[Unit]) -> str:
    """Names with their kind; the code too, where two of them read alike."""
    pairs = [(str(unit), unit.code) for unit in units]
    twice = len({text for text, _code in pairs}) < len(pairs)
    texts = [f"{text} ({code})" if twice else text for text, code in pairs]
    return ", ".join(texts[:LISTED] + ["…"] * (len(texts) > LISTED))
