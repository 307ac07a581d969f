"""The demo told of another province: its texts speak of Tuyên Quang and of communes there.

Elsewhere the same texts are told with the names, codes and numbers of the portal's own units.
What is true of Tuyên Quang alone (`only_here` in the data) is left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.conf import settings

from portal.areas.models import Kind, Unit
from portal.areas.queries import unit_on, units_of_province
from portal.demo.content import Told
from portal.home.slugs import slugify_vi

HOME = "08"
PROVINCE = "Tuyên Quang"
# The communes that the texts name, with their codes; the last one is a ward.
COMMUNES = {
    "Tân Trào": "02545",
    "Yên Sơn": "02473",
    "Hàm Yên": "02374",
    "Phù Lưu": "02392",
    "Sơn Dương": "02536",
    "Hồng Thái": "02260",
    "Lâm Bình": "02266",
    "Xuân Vân": "02449",
    "Hùng Lợi": "02455",
    "Minh Thanh": "02554",
    "Lũng Cú": "00715",
    "Đồng Văn": "00721",
    "Du Già": "00871",
    "Côn Lôn": "02245",
    "Thượng Lâm": "02269",
    "Chiêm Hóa": "02287",
}
WARD = "Minh Xuân"
TOTALS = ("124 xã, phường", "117 xã và 7 phường")
# A city's authorities are not a province's.
OF_THE_PROVINCE = (
    "Ủy ban nhân dân",
    "UBND",
    "Cổng thông tin điện tử",
    "địa bàn",
    "toàn",
    "Toàn",
    "Công an",
    "lãnh đạo",
)


@dataclass(frozen=True)
class Places:
    """What each name of the texts is called here; empty at home, where nothing is replaced."""

    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def at_home(self) -> bool:
        """Whether the texts are told of the province that they were written for."""
        return not self.words

    def told(self, value: Any) -> Any:
        """A text, or every text in a list or table, with the names of here."""
        if self.at_home:
            return value
        if isinstance(value, str):
            return self._pattern.sub(lambda found: self.words[found[0]], value)
        if isinstance(value, dict):
            return {key: self.told(each) for key, each in value.items()}
        if isinstance(value, list | tuple):
            return type(value)(self.told(each) for each in value)
        return value

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """All names at once, longer ones first: what was put in is not replaced again."""
        names = sorted(self.words, key=len, reverse=True)
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)")


def places_of(code: str, on: date) -> Places:
    """The names for a province; at home no unit is asked for."""
    province = None if code == HOME else unit_on(code, on)
    if province is None:
        return Places()
    communes = list(units_of_province(code, on).order_by("sort_key", "code"))
    rural = [unit for unit in communes if unit.kind == Kind.XA] or communes
    words = _province_words(province) | _total_words(communes)
    for (name, number), unit in zip(COMMUNES.items(), rural, strict=False):
        words |= {
            name: unit.name,
            number: unit.code,
            slugify_vi(name): slugify_vi(unit.name),
        }
    ward = next((unit for unit in communes if unit.kind == Kind.PHUONG), communes[-1])
    return Places(words | {f"phường {WARD}": str(ward)})


def places_here(on: date) -> Places:
    """The names for the portal's own province."""
    return places_of(settings.PROVINCE_CODE, on)


def told_here(on: date) -> Told | None:
    """What `portal.demo.content` asks for: nothing at home."""
    places = places_here(on)
    return None if places.at_home else places.told


def _province_words(province: Unit) -> dict[str, str]:
    kind, name = province.get_kind_display(), province.name
    words = {
        PROVINCE: name,
        f"tỉnh {PROVINCE}": f"{kind} {name}",
        f"Tỉnh {PROVINCE}": f"{kind.capitalize()} {name}",
        f"{PROVINCE} Province": f"{name} {'City' if kind == 'thành phố' else 'Province'}",
        "Lễ hội Thành Tuyên": "Tết Trung thu",
        "dọc sông Gâm": "dọc sông",
    }
    return words | {f"{word} tỉnh": f"{word} {kind}" for word in OF_THE_PROVINCE}


def _total_words(communes: list[Unit]) -> dict[str, str]:
    kinds = Counter(unit.get_kind_display() for unit in communes)
    each = " và ".join(f"{count} {kind}" for kind, count in kinds.most_common())
    return {TOTALS[0]: f"{len(communes)} xã, phường", TOTALS[1]: each}
