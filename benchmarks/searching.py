"""How quickly, and how rightly, typed words are answered over all entries."""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

from benchmarks import entries
from benchmarks.bare import Bare, text_of
from benchmarks.like import SqlLike
from benchmarks.lines import GROUPS
from search import queries
from search.contract import Hit
from search.text import fold

REPEATS = 20
Answer = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Judged:
    """What somebody types, and the folded words that the first hit must hold."""

    group: str
    text: str
    first: tuple[str, ...]


JUDGED = (
    Judged("names", "nguyen van an", ("nguyen van an",)),
    Judged("names", "Nguyễn Văn Ân", ("nguyen van an",)),
    Judged("names", "ma thi huệ", ("ma thi hue",)),
    Judged("commune", "nguyen van an tan trao", ("nguyen van an", "tan trao")),
    Judged("commune", "Hoàng Thị Lan Yên Sơn", ("hoang thi lan", "yen son")),
    Judged("number", "167/KH-UBND", ("167/kh-ubnd",)),
    Judged("number", "ke hoach 167", ("167/kh-ubnd",)),
    Judged("number", "số 212/KH-UBND", ("212/kh-ubnd",)),
    Judged("common", "thôn xã", ("thon", "xa")),
    Judged("common", "thon 1 xa", ("thon 1", "xa")),
)


def measure(bare: Bare) -> dict[str, float]:
    """Milliseconds by group for all sides, asked in turns, and how many first hits were right."""
    bare.fill(text_of(entry) for entry in entries.loaded())
    like = SqlLike()
    like.fill(text_of(entry) for entry in entries.loaded())
    sides: dict[str, Answer] = {
        "portal": _first,
        "peer": lambda text: "".join(bare.ask(text)[:1]),
        "like": lambda text: "".join(like.ask(text)[:1]),
    }
    right = {
        f"right.{side}": float(sum(_is_right(judged, answer) for judged in JUDGED))
        for side, answer in sides.items()
    }
    figures: dict[str, float] = dict(right)
    for group in GROUPS:
        for side, times in _times(group, sides).items():
            figures[f"search.{group}.{side}.median"] = statistics.median(times)
            figures[f"search.{group}.{side}.p95"] = statistics.quantiles(times, n=20)[-1]
    return figures


def _times(group: str, sides: dict[str, Answer]) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {side: [] for side in sides}
    asked = [judged.text for judged in JUDGED if judged.group == group]
    for text in asked * REPEATS:
        for side, answer in sides.items():
            started = time.perf_counter()
            answer(text)
            times[side].append((time.perf_counter() - started) * 1000)
    return times


def _first(text: str) -> str:
    return "".join(_words(hit) for hit in queries.ask(text).hits[:1])


def _words(hit: Hit) -> str:
    plain = re.sub(r"</?mark>", "", hit.snippet)
    return f"{hit.title}\n{hit.number or ''}\n{plain}\n{hit.meta.get('line', '')}"


def _is_right(judged: Judged, answer: Answer) -> bool:
    found = fold(answer(judged.text))
    return all(words in found for words in judged.first)
