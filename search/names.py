"""Whether the words of a query look like a person's name; rather once too often.

Words typed with marks are compared with them ("xã" is no family Xa), others without.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from search.models import KnownWord
from search.text import exact, fold

_FAMILIES = frozenset(exact(
    "an âu bạch bàn bế bùi cao chẩu châu chu cù cư đàm đặng đào điệp diệp đinh đỗ đoàn đồng dương "
    "giàng giang hà hạng hầu hồ hoàng hứa huỳnh khổng khuất khúc kiều kim la lã lại lâm lê liễu lò "
    "lộc lù lục lừu lương lưu lý ma mạc mai mông mùa nghiêm ngô nguyễn nhữ nịnh nông ông phạm phan "
    "phàn phí phù phùng quách quan sằm sầm sin sùng tạ tằng tăng tẩn thạch thái thân thào tiêu tô "
    "tôn tống trần trang tráng triệu trịnh trương từ vàng văn vi võ vũ vừ vương xa"
).split())  # fmt: skip
_MIDDLES = frozenset(exact(
    "a bá công danh đắc đăng đình đức duy hải hoài hồng hùng hữu khắc kim mạnh minh mỹ ngọc như "
    "phúc quang quốc quý sỹ thanh thành thế thị thu thúy tiến trọng trung tuấn văn viết việt xuân"
).split())  # fmt: skip
_ADDRESS = frozenset(exact("hộ ông bà anh chị chú cô bác cụ").split())
_FOLDED = {known: frozenset(map(fold, known)) for known in (_FAMILIES, _MIDDLES, _ADDRESS)}
FEWEST = 2


def suspected(typed: Sequence[str]) -> bool:
    """A family and a middle name side by side; or a family name at the beginning, together with
    the word behind it found in no public title."""
    if any(_one_of(_FAMILIES, one) and _one_of(_MIDDLES, two) for one, two in pairwise(typed)):
        return True
    rest = list(typed)
    while len(rest) > FEWEST and _one_of(_ADDRESS, rest[0]):
        rest = rest[1:]
    if len(rest) < FEWEST or not _one_of(_FAMILIES, rest[0]):
        return False
    return not KnownWord.objects.filter(folded=fold(f"{rest[0]} {rest[1]}")).exists()


def _one_of(known: frozenset[str], word: str) -> bool:
    return word in known if word != fold(word) else word in _FOLDED[known]
