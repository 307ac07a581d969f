"""Number and symbol of documents (số, ký hiệu) as NĐ 30/2020, Phụ lục I, II.3 writes them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from portal.home.slugs import slugify_vi
from search.text import fold

_ISSUER = r"(?P<issuer>[A-ZĐ][A-Za-zĐđ0-9&\-]*)"
_NORMATIVE = re.compile(
    rf"(?P<number>\d{{1,5}})/(?P<year>\d{{4}})/(?:(?P<type>NQ|NĐ|QĐ|TTLT|TT|PL|L|CT)-)?{_ISSUER}"
)
_ADMINISTRATIVE = re.compile(
    r"(?P<number>\d{1,5})/(?P<type>NQ|QĐ|CT|QC|QyĐ|TC|TB|HD|CTr|KH|PA|ĐA|DA|BC|BB|TTr|HĐ|CĐ|BGN"
    rf"|BTT|GUQ|GM|GGT|GNP|PG|PC|PB)-{_ISSUER}"
)
_LETTER = re.compile(r"(?P<number>\d{1,5})/(?P<issuer>[A-ZĐ][A-Za-zĐđ0-9]*)-(?P<unit>[A-ZĐ].*)")
_LOOSE = re.compile(r"(?P<number>\d{1,5})\s*/\s*(?P<symbol>.+)")

_SIGNS = dict.fromkeys(map(ord, "‐‑‒–—―−﹣－"), "-") | dict.fromkeys(map(ord, "⁄∕／"), "/")
_PARTS = re.compile(r"(?P<number>\d{1,5}/(?:\d{4}/)?)(?P<symbol>[^\W\d_][^\s/]*)")
_SMALL_ENDED = {"ttg": "TTg", "cp": "CP"}

_NORMATIVE_TYPES = {
    ("NĐ", ""): "decree",
    ("TT", ""): "circular",
    ("TTLT", ""): "joint_circular",
    ("QĐ", "TTg"): "pm_decision",
    ("QĐ", ""): "committee_decision",
    ("NQ", "UBTVQH"): "ubtvqh_resolution",
    ("NQ", "QH"): "na_resolution",
    ("NQ", ""): "council_resolution",
    ("L", ""): "law",
}


@dataclass(frozen=True, slots=True)
class Numbered:
    """A number taken apart: `1684/NQ-UBTVQH15` is 1684, `NQ-UBTVQH15`, no year, its type's code.

    `abbreviation` is the type's as written; `type_code` is empty where the number does not tell.
    """

    number: int | None
    symbol: str
    year: int | None = None
    abbreviation: str = ""
    issuer: str = ""
    type_code: str = ""


def parse_number(text: str) -> Numbered:
    """Take a number apart: normative acts first, then administrative ones, then letters.

    Dashes of word processors and small letters are read as what they stand for. Never fails: what
    has no number keeps its text as the symbol.
    """
    clean = _recased(_plain(text))
    if match := _NORMATIVE.fullmatch(clean):
        return _normative(match)
    if match := _ADMINISTRATIVE.fullmatch(clean):
        kind, issuer = match["type"], match["issuer"]
        return Numbered(
            int(match["number"]), f"{kind}-{issuer}", None, kind, issuer, _guess(kind, issuer)
        )
    if match := _LETTER.fullmatch(clean):
        symbol = f"{match['issuer']}-{match['unit']}"
        code = "official_letter"
        return Numbered(int(match["number"]), symbol, issuer=match["issuer"], type_code=code)
    if match := _LOOSE.fullmatch(clean):
        return Numbered(int(match["number"]), match["symbol"].strip())
    if clean.isdecimal() and len(clean) <= 5:
        return Numbered(int(clean), "")
    return Numbered(None, clean)


def _plain(text: str) -> str:
    """The number with one kind of dash and stroke and nothing around them."""
    signs = unicodedata.normalize("NFC", text).translate(_SIGNS).strip()
    return re.sub(r"\s*([/\-])\s*", r"\1", signs)


def _recased(clean: str) -> str:
    """`61/kh-ubnd` as it is printed; what holds a capital is left as it was typed."""
    match = _PARTS.fullmatch(clean)
    if not match:
        return clean
    first, dash, rest = match["symbol"].partition("-")
    first = _TYPES.get(first.casefold(), first) if dash else first
    printed = [_capitals(part) for part in (first, *([rest] if dash else []))]
    return f"{match['number']}{'-'.join(printed)}"


def _capitals(part: str) -> str:
    return _SMALL_ENDED.get(part, part.upper()) if part.islower() else part


def _normative(match: re.Match[str]) -> Numbered:
    kind, issuer = match["type"] or "", match["issuer"]
    symbol = f"{kind}-{issuer}" if kind else issuer
    code = "law" if not kind and issuer.startswith("QH") else ""
    for (abbreviation, start), guessed in _NORMATIVE_TYPES.items():
        if not code and kind == abbreviation and issuer.startswith(start):
            code = guessed
    return Numbered(int(match["number"]), symbol, int(match["year"]), kind, issuer, code)


def _guess(kind: str, issuer: str) -> str:
    if kind == "NQ" and issuer.startswith("UBTVQH"):
        return "ubtvqh_resolution"
    return ADMINISTRATIVE_CODES.get(kind, "")


ADMINISTRATIVE_CODES = {
    "NQ": "resolution",
    "QĐ": "decision",
    "CT": "directive",
    "QC": "regulation_internal",
    "QyĐ": "provisions",
    "TC": "communique",
    "TB": "notice",
    "HD": "guidance",
    "CTr": "programme",
    "KH": "plan",
    "PA": "scheme",
    "ĐA": "project_scheme",
    "DA": "project",
    "BC": "report",
    "BB": "minutes",
    "TTr": "submission",
    "HĐ": "contract",
    "CĐ": "telegram",
    "BGN": "memorandum",
    "BTT": "agreement",
    "GUQ": "authorisation",
    "GM": "invitation",
    "GGT": "introduction",
    "GNP": "leave",
    "PG": "sending_slip",
    "PC": "transfer_slip",
    "PB": "notice_slip",
}


_TYPES = {
    abbreviation.casefold(): abbreviation
    for abbreviation in [*ADMINISTRATIVE_CODES, *(kind for kind, _start in _NORMATIVE_TYPES)]
}


def written(parsed: Numbered) -> str:
    """The number as it is printed: below 10 with a leading zero, the year before the symbol."""
    if parsed.number is None:
        return parsed.symbol
    parts = [f"{parsed.number:02d}", str(parsed.year or ""), parsed.symbol]
    return "/".join(part for part in parts if part)


def number_slug(number: int | None, symbol: str, year: int | None) -> str:
    """The address part: 167, `KH-UBND`, 2024 is `167-kh-ubnd-2024`; empty without a number."""
    if number is None:
        return ""
    return slugify_vi(f"{number:02d} {symbol} {year or ''}")


def number_key(text: str) -> str:
    """The number for comparison: `167/KH-UBND`, `167 KH UBND` and `167-kh-ubnd` are one."""
    return " ".join(re.findall(r"[a-z0-9]+", fold(text)))
