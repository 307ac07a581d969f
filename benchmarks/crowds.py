"""Entries by the hundred thousand, made as they are asked for; the same on every run."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta

from portal.demo.households import FAMILIES, MEN, WOMEN
from portal.jobs import clock
from search.contract import LIST_ENTRY, PageText, Put, SearchEntry

SEED = 21
COMMUNES = 124
VILLAGES = 12
DOCUMENT = "official_document"
PAGES_EACH = 10
WORDS_A_PAGE = 220
SYLLABLES = (
    *("kế", "hoạch", "tỉnh", "xã", "hộ", "nghèo", "rà", "soát", "lao", "động", "thu", "thập"),
    *("thông", "tin", "người", "dân", "ủy", "ban", "nhân", "quyết", "định", "báo", "cáo", "kết"),
    *("quả", "thực", "hiện", "chương", "trình", "mục", "tiêu", "quốc", "gia", "giảm", "bền"),
    *("vững", "hỗ", "trợ", "sinh", "nhà", "ở", "nước", "sạch", "vệ", "giáo", "dục", "đào", "tạo"),
    *("việc", "làm", "y", "tế", "bảo", "hiểm", "đất", "rừng", "đường", "trường", "chợ", "cầu"),
)


def households(count: int) -> Iterator[Put]:
    """Masked entries of one list, spread over communes and villages."""
    chance = random.Random(SEED)
    now = clock.now()
    for number in range(1, count + 1):
        middles, given = chance.choice((MEN, MEN, WOMEN))
        name = " ".join(chance.choice(part) for part in (FAMILIES, middles, given))
        code, village = chance.randrange(COMMUNES), chance.randrange(VILLAGES)
        commune = f"{90000 + code}"
        yield Put(
            SearchEntry(
                LIST_ENTRY,
                str(number),
                1,
                name,
                f"/danh-sach/phep-do/{commune}/{village}/",
                summary=f"Thôn {village}, Xã Phép Đo {code}",
                visible_from=now - timedelta(days=1),
                visible_until=now + timedelta(days=30),
                facets={"commune": (commune,), "list_class": ("Hộ nghèo",)},
                places=(commune,),
                meta={"line": "Hộ nghèo · Danh sách của phép đo"},
            )
        )


def documents(pages: int) -> Iterator[Put]:
    """Official documents of ten pages each; every one has a word of its own on one of them."""
    chance = random.Random(SEED)
    for number in range(1, pages // PAGES_EACH + 1):
        texts = [" ".join(chance.choices(SYLLABLES, k=WORDS_A_PAGE)) for _page in range(PAGES_EACH)]
        texts[number % PAGES_EACH] += f" mốc{number}"
        url = f"/van-ban/phep-do-{number}/"
        yield Put(
            SearchEntry(
                DOCUMENT,
                str(number),
                1,
                f"Kế hoạch của phép đo {number}",
                url,
                number=f"{number}/KH-PĐ",
                body="\n".join(texts),
                date=clock.today(),
                facets={"year": (str(clock.today().year),)},
                pages=tuple(
                    PageText(page, text, f"{url}tep.pdf#page={page}")
                    for page, text in enumerate(texts, start=1)
                ),
            )
        )


def names(count: int) -> list[str]:
    """What people type: whole names without accents, some of which many bear."""
    chance = random.Random(SEED + 1)
    found = []
    for _number in range(count):
        middles, given = chance.choice((MEN, MEN, WOMEN))
        found.append(" ".join(chance.choice(part) for part in (FAMILIES, middles, given)))
    return found


def phrases(count: int, pages: int) -> list[str]:
    """Two words that many pages hold, or such a word and one that a single page holds."""
    chance = random.Random(SEED + 2)
    last = pages // PAGES_EACH
    common = [" ".join(chance.sample(SYLLABLES, 2)) for _number in range(count // 2)]
    rare = [
        f"{chance.choice(SYLLABLES)} mốc{chance.randint(1, last)}"
        for _number in range(count - count // 2)
    ]
    return [*common, *rare]
