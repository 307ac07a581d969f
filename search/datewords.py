"""Days, months and years in a query, offered as a filter; the words themselves stay words."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from search.text import fold, nfc, words

_DAY = re.compile(
    r"(?<![\d/.-])(?:ngay\s+)?(?:(\d{1,2})([/.-])(\d{1,2})\2((?:19|20)\d\d)(?![\d/.-])"
    r"|(\d{1,2})\s+thang\s+(\d{1,2})\s+nam\s+((?:19|20)\d\d)\b)"
)
_MONTH = re.compile(r"\bthang\s+(\d{1,2})(?:\s+nam\s+|\s*[/.-]\s*|\s+)((?:19|20)\d\d)\b")
_YEAR = re.compile(r"\bnam\s+((?:19|20)\d\d)\b")


@dataclass(frozen=True, slots=True)
class DateOffer:
    """The days that a query names, both included, and the words that are left without them."""

    since: date
    until: date
    rest: str


def offer(text: str) -> DateOffer | None:
    """The first date of a query that the calendar knows; the narrowest reading wins."""
    plain = nfc(text)
    folded = fold(plain)
    for pattern, read in ((_DAY, _day), (_MONTH, _month), (_YEAR, _year)):
        match = pattern.search(folded)
        span = (
            read([int(part) for part in match.groups() if part and part.isdecimal()])
            if match
            else None
        )
        if match and span:
            rest = " ".join(f"{plain[: match.start()]} {plain[match.end() :]}".split())
            return DateOffer(*span, rest if words(rest) else plain.strip())
    return None


def read_day(text: str) -> date | None:
    """A day of an address or a form: 2024-09-23 or 23/9/2024; `None` when it is none."""
    iso = re.fullmatch(r"\s*(\d{4})-(\d\d)-(\d\d)\s*", text)
    local = re.fullmatch(r"\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\s*", text)
    parts = [int(part) for part in iso.groups()] if iso else []
    if local:
        parts = [int(part) for part in reversed(local.groups())]
    try:
        return date(*parts) if parts else None
    except ValueError:
        return None


def _day(parts: list[int]) -> tuple[date, date] | None:
    found = read_day("/".join(map(str, parts)))
    return (found, found) if found else None


def _month(parts: list[int]) -> tuple[date, date] | None:
    month, year = parts
    if not 1 <= month <= 12:
        return None
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _year(parts: list[int]) -> tuple[date, date]:
    return date(parts[0], 1, 1), date(parts[0], 12, 31)
