"""The corpus of the judged queries: what they look for, among thousands that look alike.

The same seed gives the same corpus. What is generated cites the numbers and uses the words of
what is looked for, carries the same numbers with other symbols, and is nobody's answer.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta

from benchmarks.relevance.anchors import COMMUNES, DOCUMENTS, HOUSEHOLDS, NEWS, PROVINCE
from search import places
from search.contract import LIST_ENTRY, PageText, SearchEntry
from search.text import fold

SEED = 6
WINDOW = (datetime(2020, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC))
TYPES = {"KH": "Kế hoạch", "QĐ": "Quyết định", "BC": "Báo cáo", "TB": "Thông báo", "CT": "Chỉ thị"}
AGENCIES = (
    (PROVINCE, "UBND", 3),
    ("Sở Nội vụ", "SNV", 2),
    ("Sở Tài chính", "STC", 2),
    ("Sở Y tế", "SYT", 2),
    *((f"Ủy ban nhân dân xã {name}", "UBND", 1) for name in COMMUNES.values()),
)
SUBJECTS = (
    "chăm sóc đồi chè", "nạo vét kênh mương", "sửa đường liên bản", "dạy nghề may công nghiệp",
    "khám sức khỏe học đường", "vệ sinh đường làng ngõ xóm", "chuyển đổi số cấp cơ sở",
    "bảo vệ nguồn nước sạch", "đại hội thể dục thể thao", "phòng dịch cúm gia cầm",
    "kiểm kê tài sản công", "tập huấn nuôi cá lồng", "thi đua quyết thắng", "quản lý phân bón",
    "phát triển hợp tác xã", "cải cách thủ tục", "tuyên truyền pháp luật", "trồng dược liệu",
    "thu gom rác thải", "bồi thường giải phóng mặt bằng",
)  # fmt: skip
SCATTERED = (
    "thôn", "xã", "hộ", "nghèo", "lao", "động", "văn", "an", "tân", "lập", "nguyễn", "bảo", "y",
    "tế", "đất", "ở", "hòa", "rừng", "năm", "kế", "hoạch", "thông", "tin", "công", "dân", "cơ",
)  # fmt: skip
FAMILIES = ("Nguyễn", "Trần", "Hoàng", "Ma", "Nông", "Lý", "Triệu", "Bàn", "Đặng", "Hà", "Phạm")
MIDDLES = ("Văn", "Thị", "Đức", "Quang", "Minh", "Hữu", "Xuân", "Thanh", "Tiến")
GIVEN = (
    "Bình", "Cường", "Dung", "Giang", "Hải", "Hiền", "Hùng", "Khánh", "Lâm", "Long", "Mai", "Nam",
    "Nga", "Oanh", "Phong", "Quân", "Sơn", "Thảo", "Tuấn", "Uyên", "Vinh", "Yến", "Huệ", "Tâm",
    "An", "Lan", "Hương", "Đạt",
)  # fmt: skip
VILLAGES = ("Tân Lập", "Bòng", "Khe Trúc", "Nà Tông", "Đồng Quân", "Pác Bó", "Khuôn Khiêng")


def corpus(documents: int, households: int) -> Iterator[SearchEntry]:
    """What is looked for, and so much beside it."""
    yield from _anchors()
    dice = random.Random(SEED)
    taken = {_number(number) for _key, number, *_rest in DOCUMENTS}
    for place in range(documents):
        yield _news(place, dice) if place % 5 == 4 else _document(place, dice, taken)
    names = {fold(name) for _key, name, *_rest in HOUSEHOLDS}
    for place in range(households):
        yield _household(place, dice, names)


def know_places() -> None:
    """Have search know the communes of the corpus."""
    known = {fold(name): code for code, name in COMMUNES.items()}

    def labels(codes: Iterable[str]) -> Mapping[str, str]:
        return {code: f"xã {COMMUNES[code]}" for code in codes if code in COMMUNES}

    def named(names: Iterable[str]) -> Mapping[str, str]:
        return {known[name]: name for name in names if name in known}

    places.register(labels, named)


def _anchors() -> Iterator[SearchEntry]:
    for key, number, title, issuer, level, day, text in DOCUMENTS:
        yield _written(key, number, title, issuer, level, date.fromisoformat(day), text)
    for name, title, section, day, text in NEWS:
        kind, _colon, key = name.partition(":")
        yield _article(kind, key, title, section, date.fromisoformat(day), text)
    for key, name, village, commune in HOUSEHOLDS:
        yield _head(key, name, village, commune)


def _written(
    key: str, number: str, title: str, issuer: str, level: int, day: date, text: str
) -> SearchEntry:
    label = title.split(" ", 2)
    body = f"Số {number}. {issuer}. {text}"
    return SearchEntry(
        kind="official_document",
        key=key,
        version=1,
        title=title,
        url=f"/van-ban/{key}/",
        number=number,
        summary=text,
        body=body,
        date=day,
        facets={"issuer": (issuer,), "year": (str(day.year),), "doc_type": (" ".join(label[:2]),)},
        meta={"kind_label": " ".join(label[:2])},
        weight=level,
        pages=(PageText(1, body, f"/tep/{key}.pdf#page=1"),),
    )


def _article(kind: str, key: str, title: str, section: str, day: date, text: str) -> SearchEntry:
    facets = {"year": (str(day.year),)} | ({"section": (section,)} if section else {})
    return SearchEntry(
        kind, key, 1, title, f"/{kind}/{key}/", summary=text, body=text, date=day, facets=facets
    )


def _head(key: str, name: str, village: str, commune: str) -> SearchEntry:
    return SearchEntry(
        kind=LIST_ENTRY,
        key=key,
        version=1,
        title=name,
        url=f"/danh-sach/{commune}/",
        summary=f"{village}, xã {COMMUNES[commune]}",
        visible_from=WINDOW[0],
        visible_until=WINDOW[1],
        facets={"commune": (commune,), "list_class": ("Hộ nghèo",)},
        places=(commune,),
    )


def _number(number: str) -> tuple[str, str]:
    parts = number.replace("-", "/").split("/")
    return parts[0].lstrip("0"), next(part for part in parts if not part.isdecimal())


def _document(place: int, dice: random.Random, taken: set[tuple[str, str]]) -> SearchEntry:
    issuer, short, level = dice.choice(AGENCIES)
    symbol, label = dice.choice(list(TYPES.items()))
    number = dice.randint(1, 900)
    while (str(number), symbol) in taken:
        number = dice.randint(1, 900)
    day = date(2021, 1, 4) + timedelta(days=dice.randrange(2000))
    title = f"{label} {dice.choice(SUBJECTS)} năm {day.year}"
    return _written(
        f"g{place}", f"{number}/{symbol}-{short}", title, issuer, level, day, _text(dice)
    )


def _news(place: int, dice: random.Random) -> SearchEntry:
    day = date(2021, 1, 4) + timedelta(days=dice.randrange(2000))
    title = f"{dice.choice(list(COMMUNES.values()))} {dice.choice(SUBJECTS)}"
    return _article("article", f"g{place}", title, "Đời sống", day, _text(dice))


def _text(dice: random.Random) -> str:
    """Words that are looked for, in no order; a third cites a document that is looked for."""
    words = " ".join(dice.choices(SCATTERED, k=30))
    cited = f"Căn cứ văn bản số {dice.choice(DOCUMENTS)[1]}. " if dice.random() < 1 / 3 else ""
    return f"{dice.choice(SUBJECTS).capitalize()}. {cited}{words}."


def _household(place: int, dice: random.Random, taken: set[str]) -> SearchEntry:
    name = ""
    while not name or fold(name) in taken:
        name = f"{dice.choice(FAMILIES)} {dice.choice(MIDDLES)} {dice.choice(GIVEN)}"
    return _head(f"g{place}", name, f"Thôn {dice.choice(VILLAGES)}", dice.choice(list(COMMUNES)))
