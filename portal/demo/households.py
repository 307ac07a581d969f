"""Invented households for the demo's lists; the same seed gives the same people."""

from __future__ import annotations

import random
from collections.abc import Sequence

FAMILIES = (
    *("Nguyễn", "Trần", "Lê", "Hoàng", "Ma", "Hà", "Đặng", "Bàn", "Triệu"),
    *("Lý", "Nông", "Phùng", "Vàng", "Giàng", "Lù", "Quan", "Chẩu", "Đàm"),
)
# A middle name goes with given names that are usual for it.
MEN = (
    ("Văn", "Đức", "Minh", "Xuân", "Hữu", "Quang", "Đình"),
    (
        *("An", "Ân", "Bình", "Chiến", "Dũng", "Đức", "Giang", "Hải", "Hòa", "Khánh", "Lâm"),
        *("Minh", "Nam", "Phúc", "Quý", "Sơn", "Thắng", "Toàn", "Tú", "Vinh"),
    ),
)
WOMEN = (
    ("Thị", "Thu", "Thanh", "Ngọc", "Kim"),
    (
        *("Anh", "Bình", "Chi", "Dung", "Giang", "Hà", "Hạnh", "Hòa", "Huệ", "Lan", "Liên"),
        *("Mai", "Nga", "Nhung", "Phương", "Thảo", "Thủy", "Vân", "Xuân", "Yến"),
    ),
)
CLASSES = ("Hộ nghèo", "Hộ cận nghèo")
HEADINGS = ("STT", "Họ và tên chủ hộ", "Thôn", "Xã", "Diện")
FIXED = (
    ("Nguyễn Văn An", "Thôn Tân Lập", "Xã Tân Trào", "Hộ nghèo"),
    ("Nguyễn Văn Ân", "Thôn Tân Lập", "Xã Tân Trào", "Hộ cận nghèo"),
)


def households(
    seed: int,
    places: dict[str, tuple[str, ...]],
    count: int,
    *,
    fixed: Sequence[tuple[str, ...]] = (),
) -> list[tuple[str, ...]]:
    """Rows under `HEADINGS`, the fixed ones first; `places` maps a commune to its villages."""
    chance = random.Random(seed)  # noqa: S311  # nosec B311
    rows = list(fixed)
    spots = [(commune, village) for commune, villages in places.items() for village in villages]
    seen = {(row[0], row[1]) for row in rows}
    while len(rows) < count:
        middles, given = chance.choice((MEN, MEN, WOMEN))
        name = " ".join(chance.choice(part) for part in (FAMILIES, middles, given))
        commune, village = chance.choice(spots)
        if (name, village) not in seen:
            seen.add((name, village))
            rows.append((name, village, commune, chance.choices(CLASSES, (3, 2))[0]))
    return [(str(number), *row) for number, row in enumerate(rows, start=1)]
