"""Numbers and symbols of official documents, as printed and as people type them.

Printed: `167/KH-UBND`, `12/2026/QĐ-UBND`, `1684/NQ-UBTVQH15` (NĐ 30/2020, Phụ lục I and III).
Typed: `KH 167`, `kế hoạch số 167`, `nghi quyet 1684`. Both are brought to the same keys, plain
folded words with single spaces, so that comparing is looking up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from search.contract import SearchEntry
from search.text import fold, spellings, words

# An official letter has no abbreviation in its number; people say CV all the same.
LETTER = "Công văn"
LETTER_SHORT = "CV"
LONGEST_KEY = 8
_NUMBER = re.compile(r"0*(\d{1,5})")
_YEAR = re.compile(r"(?:19|20)\d\d")
_TOGETHER = re.compile(r"([a-zđ]{2,5})(\d{1,5})|(\d{1,5})([a-zđ]{2,5})")
# Lower-case, marks kept: ĐA is Đề án, DA is Dự án; HĐ is Hợp đồng, HD is Hướng dẫn.
LABELS = {
    "nq": "Nghị quyết",
    "nđ": "Nghị định",
    "qđ": "Quyết định",
    "tt": "Thông tư",
    "ttlt": "Thông tư liên tịch",
    "ct": "Chỉ thị",
    "qc": "Quy chế",
    "qyđ": "Quy định",
    "tc": "Thông cáo",
    "tb": "Thông báo",
    "hd": "Hướng dẫn",
    "ctr": "Chương trình",
    "kh": "Kế hoạch",
    "pa": "Phương án",
    "đa": "Đề án",
    "da": "Dự án",
    "bc": "Báo cáo",
    "bb": "Biên bản",
    "ttr": "Tờ trình",
    "hđ": "Hợp đồng",
    "cđ": "Công điện",
    "bgn": "Bản ghi nhớ",
    "btt": "Bản thỏa thuận",
    "guq": "Giấy ủy quyền",
    "gm": "Giấy mời",
    "ggt": "Giấy giới thiệu",
    "gnp": "Giấy nghỉ phép",
    "pg": "Phiếu gửi",
    "pc": "Phiếu chuyển",
    "pb": "Phiếu báo",
}
_SHORT_NAMES = {fold(short) for short in (*LABELS, LETTER_SHORT.lower())}


def plain(word: str) -> str:
    """A number of at most five digits without leading zeros; empty for any other word."""
    match = _NUMBER.fullmatch(word)
    return match.group(1) if match else ""


def ways(word: str) -> tuple[str, ...]:
    """The spellings of a word; offices write numbers below 10 with a leading zero."""
    number = plain(word)
    if not number:
        return spellings(word)
    return tuple(dict.fromkeys((word, number, number.zfill(2))))


def parts(word: str) -> tuple[str, ...]:
    """`kh167` and `167kh` are a short name and a number written together; other words are whole."""
    match = _TOGETHER.fullmatch(word)
    if not match:
        return (word,)
    found = tuple(part for part in match.groups() if part)
    name = next(part for part in found if not part.isdecimal())
    return found if fold(name) in _SHORT_NAMES else (word,)


def without_year_word(folded: Sequence[str]) -> list[str]:
    """The words without the "năm" that stands before a year."""
    pairs = zip(folded, [*folded[1:], ""], strict=False)
    return [word for word, after in pairs if not (word == "nam" and _YEAR.fullmatch(after))]


def announces(word: str, following: str) -> bool:
    """Whether a word is the "số" before a number, which says nothing of its own."""
    return fold(word) == "so" and following.isdecimal()


def keys_typed(folded: Sequence[str]) -> list[str]:
    """Every run of words that begins or ends with a number may be a number and symbol.

    A number typed alone means that document; among other words it is weaker (`Plan.numbers`).
    """
    if len(folded) == 1 and (number := plain(folded[0])):
        return [number]
    keys = []
    for start, word in enumerate(folded):
        for end in range(start + 2, min(start + LONGEST_KEY, len(folded)) + 1):
            run = folded[start:end]
            if plain(word) or plain(run[-1]):
                keys.append(_key(run))
    return keys


def label_of(number: str) -> str:
    """The type's name that the symbol stands for: `1684/NQ-UBTVQH15` is a Nghị quyết."""
    return next((LABELS[word] for word in words(number) if word in LABELS), "")


def together(number: str) -> str:
    """The letters of a symbol without the signs between them: `88/KH-SGDĐT` is typed as
    `88/KHSGDĐT` too. Empty where there is one group of letters or none."""
    letters = [part for part in words(number) if part.isalpha()]
    return "".join(letters) if len(letters) > 1 else ""


def number_keys(entry: SearchEntry) -> tuple[str, ...]:
    """Under which typed forms an official document is meant itself.

    `167/KH-UBND` gives `167`, `167 kh ubnd`, `167 khubnd`, `167 kh`, `kh 167`, and with the type's
    name `ke hoach 167`, `167 ke hoach`; the name is that of the symbol and that of `kind_label`.
    Each stands with the year of issue too: `kh 167 2024`.
    """
    written = [fold(word) for word in words(entry.number or "")]
    if not written:
        return ()
    first = _key(written[:1])
    letters = [part for part in written[1:] if not part.isdecimal()]
    keys = {_key(written), _key([first, *letters]), number_alone(entry)}
    if joined := fold(together(entry.number or "")):
        keys.add(f"{first} {joined}")
    names = (label_of(entry.number or ""), _label_shown(entry), short_of(entry))
    for name in (*letters[:1], *map(_folded, names)):
        if name:
            keys |= {f"{name} {first}", f"{first} {name}"}
    keys.discard("")
    dated = {f"{key} {entry.date.year}" for key in keys} if entry.date else set()
    return tuple(sorted(keys | dated))


def _label_shown(entry: SearchEntry) -> str:
    return entry.meta.get("kind_label", "").split("(")[0].strip()


def short_of(entry: SearchEntry) -> str:
    """The short name by which a type is asked for although its symbol does not hold it."""
    return LETTER_SHORT if entry.number and _label_shown(entry) == LETTER else ""


def number_alone(entry: SearchEntry) -> str:
    """The number without its symbol."""
    written = words(entry.number or "")
    return plain(written[0]) if written else ""


def _key(run: Sequence[str]) -> str:
    return " ".join(plain(part) or part for part in run)


def _folded(text: str) -> str:
    return " ".join(map(fold, words(text)))
