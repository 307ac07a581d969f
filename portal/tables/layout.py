"""Rows of office tables that hold nothing to take in, told by how offices lay them out.

Only what looks like such a row beyond doubt is passed over: a household that lacks its commune is
an error, and never a title.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from portal.tables.columns import TableRow
from portal.tables.headings import key_of
from search.text import exact, fold

FEW = 50
_ORDINAL = re.compile(r"[(\[]?(\d{1,2}|[A-Za-z])[)\].]?(?:\s*=.*)?")
_ROMAN = re.compile(r"[(]?(?:[IVX]{1,5}|[A-H])(?:[.)/].*)?")
# With their accents: Bàn, Tô, Công and Tống are family names, Bản, Tổ, Cộng and Tổng are not.
_GROUP = re.compile(
    r"(?:thôn|bản|xóm|tổ|tổ dân phố|tiểu khu|khu|khối|buôn|làng|xã|phường|thị trấn|tổng|cộng"
    r"|hộ nghèo|hộ cận nghèo|hộ thoát nghèo|danh sách)(?:[\s:.,(\d]|$)"
)
_SUM = re.compile(r"(?:tổng|cộng)(?:[\s:.,(]|$)")
_SUM_FOLDED = re.compile(r"(?:tong cong|tong so|cong)(?:[\s:.,(]|$)")
_DAY = re.compile(r"ngay\b.*\bthang\b.*\bnam\b")
_SIGNATURE = re.compile(
    r"(?:tm|kt|tl|tuq)\s*\.|người lập|lập biểu|thủ trưởng|chủ tịch|phó chủ tịch|trưởng thôn"
    r"|xác nhận|ghi chú|nơi nhận|ủy ban nhân dân|ubnd|cán bộ|công chức|đại diện|thay mặt"
)


def numbers_columns(texts: Sequence[str]) -> bool:
    """Whether a row only counts the columns below their headings: (1) (2) (3), or A B 1 2 3."""
    marks = [_ORDINAL.fullmatch(text) for text in texts if text]
    digits = [int(mark[1]) for mark in marks if mark and mark[1].isdecimal()]
    start = digits[0] if digits else 0
    return len(digits) > 1 and all(marks) and digits == [*range(start, start + len(digits))]


def spare_rows(rows: Sequence[TableRow], wanted: Sequence[str]) -> frozenset[int]:
    """The numbers of rows that are titles of groups, sums, repeated headings or what follows the
    table; `wanted` are the columns that every row must fill.

    More of them than rows that count mean that the table is not understood: then none is spare.
    """
    whole = [i for i, row in enumerate(rows) if all(row.cells[name] for name in wanted)]
    last = whole[-1] if whole else -1
    spare = {row.number for row in rows if _repeats_headings(row, wanted)}
    closing = False
    for place, row in enumerate(rows):
        filled = [text for name in wanted if (text := row.cells[name])]
        if len(filled) == len(wanted):
            continue
        closing = closing or (place > last and _closes([*filled, *row.before]))
        if closing or not filled or (len(filled) == 1 and _heads_group(filled[0], row.before)):
            spare.add(row.number)
    return frozenset(spare if len(spare) <= max(FEW, len(whole)) else ())


def _repeats_headings(row: TableRow, wanted: Sequence[str]) -> bool:
    """Long tables repeat their headings on every page."""
    return all(key_of(row.cells[name] or "") == key_of(row.headings[name]) for name in wanted)


def _heads_group(text: str, before: Sequence[str]) -> bool:
    """Whether the one cell of a row is a title; what has a number of its own is a household."""
    first = before[0] if before else ""
    if _SUM.match(exact(first)) or _SUM.match(exact(text)) or _ROMAN.fullmatch(first):
        return True
    return not first.isdecimal() and any(_GROUP.match(exact(one)) for one in (text, first))


def _closes(texts: Iterable[str]) -> bool:
    """Whether what follows the table begins here: the sum, the day, who signs."""
    return any(
        _SUM.match(exact(text))
        or _SUM_FOLDED.match(fold(text) if text.isascii() else "")
        or _DAY.search(fold(text))
        or _SIGNATURE.match(exact(text))
        for text in texts
    )
