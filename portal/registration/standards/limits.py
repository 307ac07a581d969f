"""The settings of a standard as the rules want them: plain numbers and sets, made once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from portal.registration.standards.codes import MEMBER_CHOICES, STRUCTURES
from portal.registration.standards.model import Setting


class Band(NamedTuple):
    """Ages in years, `below` excluded, and the answers that fit them."""

    start: int
    below: int
    accepted: frozenset[str]


class Limits(NamedTuple):
    """What the rules compare with; ages in years, `pension` in months by year."""

    unknown_day: int
    unknown_month: tuple[int, int]
    working_from: int
    pension: Mapping[int, tuple[int, int]]
    dependants_over: int
    child_below: int
    elderly_from: int
    insurance_from: int
    adults: tuple[Band, ...]
    adults_any: frozenset[str]
    pupils: tuple[Band, ...]
    pupils_any: frozenset[str]
    not_durable_from: int
    durable: Mapping[str, frozenset[str]]
    area_min: int
    clean_water: frozenset[str]
    hygienic_toilet: frozenset[str]

    def pension_on(self, year: int) -> tuple[int, int]:
        """Pension ages (men, women) of a year; beyond the table its nearest year counts."""
        return self.pension[min(max(year, min(self.pension)), max(self.pension))]


def limits_of(settings: Mapping[str, Setting]) -> Limits | None:
    """None for a standard whose definitions are not known."""
    if not settings:
        return None
    value = {code: setting.value for code, setting in settings.items()}
    adults = _bands(value["adult_bands"])
    pupils = _bands(value["school_bands"], higher=value["higher_level_fits"])
    return Limits(
        unknown_day=value["birth_unknown_day"],
        unknown_month=value["birth_unknown_month"],
        working_from=value["working_age_from"],
        pension=_pension(value["pension_age"]),
        dependants_over=value["dependants_over_percent"],
        child_below=value["child_below"],
        elderly_from=value["elderly_from"],
        insurance_from=value["insurance_from"],
        adults=adults,
        adults_any=_in_all(adults),
        pupils=pupils,
        pupils_any=_in_all(pupils),
        not_durable_from=value["not_durable_from"],
        durable=_durable(value["durable"], sheet=value["sheet_roof_durable"]),
        area_min=value["area_min_m2"],
        clean_water=frozenset(value["clean_water"]),
        hygienic_toilet=frozenset(value["hygienic_toilet"]),
    )


def _bands(rows: tuple[Mapping[str, Any], ...], *, higher: bool = False) -> tuple[Band, ...]:
    return tuple(
        Band(row["from"], row["below"], _accepted(row["accepted"], higher)) for row in rows
    )


def _accepted(codes: tuple[str, ...], higher: bool) -> frozenset[str]:
    """The codes, with every level above them where a higher one fits as well."""
    levels = MEMBER_CHOICES["studying"]
    above = levels[min(map(levels.index, codes)) :] if higher else ()
    return frozenset((*codes, *above))


def _in_all(bands: tuple[Band, ...]) -> frozenset[str]:
    """What fits at every age, so that the age does not matter."""
    return frozenset.intersection(*(band.accepted for band in bands))


def _pension(table: Mapping[str, Mapping[str, tuple[int, int]]]) -> dict[int, tuple[int, int]]:
    men, women = table["male"], table["female"]
    return {
        int(year): (men[year][0] * 12 + men[year][1], women[year][0] * 12 + women[year][1])
        for year in men
    }


def _durable(lists: Mapping[str, tuple[str, ...]], *, sheet: bool) -> dict[str, frozenset[str]]:
    roof = ("sheet",) if sheet else ()
    return {part: frozenset(lists[part] + (roof if part == "roof" else ())) for part in STRUCTURES}
