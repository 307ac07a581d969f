"""Names of places, which only the rooms above know (design section 7).

`register()` is called by the room that owns the units; search asks for the label of a code that
stands in a facet or an address, for the communes that a query names, and for older units.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from search.text import fold, words


@dataclass(frozen=True, slots=True)
class Place:
    """A unit of today or of before: its name and that of the unit it lay in, with their kinds
    ("thị trấn Tân Yên", "huyện Hàm Yên"), and the names of today's units that hold its people.

    `current` says that it is in force itself; then `today` holds its own name alone.
    """

    name: str
    within: str
    today: tuple[str, ...]
    current: bool


Labels = Callable[[Iterable[str]], Mapping[str, str]]
Named = Callable[[Iterable[str]], Mapping[str, str]]
Beginning = Callable[[str], Iterable[str]]
Meant = Callable[[Iterable[str]], Mapping[str, Sequence[Place]]]

LONGEST_NAME = 5
_labels: list[Labels] = []
_named: list[Named] = []
_beginning: list[Beginning] = []
_meant: list[Meant] = []


def register(
    labels: Labels,
    named: Named | None = None,
    beginning: Beginning | None = None,
    meant: Meant | None = None,
) -> None:
    """`labels(codes)` gives the name of each code in force now.

    `named(names)` gives code and folded name (without its kind) of the communes in force now whose
    folded name is among those given. `beginning(folded)` gives a few of them, with their kind,
    whose name begins so. `meant(runs)` gives for runs of words what units of the province, of today
    and of before, each may name.
    """
    _labels[:] = [labels]
    _named[:] = [named] if named else []
    _beginning[:] = [beginning] if beginning else []
    _meant[:] = [meant] if meant else []


def labels_of(codes: Iterable[str]) -> Mapping[str, str]:
    """Names of unit codes; a code nobody knows stands for itself."""
    wanted = list(codes)
    known = _labels[0](wanted) if _labels and wanted else {}
    return {code: known.get(code, code) for code in wanted}


def named_in(words: Sequence[str]) -> dict[str, frozenset[str]]:
    """The communes whose whole name stands in these folded words, each with its words."""
    ends = [(start, min(start + LONGEST_NAME, len(words))) for start in range(len(words))]
    runs = {
        " ".join(words[start:end]) for start, last in ends for end in range(start + 1, last + 1)
    }
    found = _named[0](sorted(runs)) if _named and runs else {}
    return {code: frozenset(name.split()) for code, name in found.items() if name in runs}


def beginning(typed: str) -> list[str]:
    """Communes that somebody may be about to type."""
    key = " ".join(map(fold, words(typed)))
    return list(_beginning[0](key)) if _beginning and len(key) > 1 else []


def meant_by(runs: Iterable[str]) -> Mapping[str, Sequence[Place]]:
    """Units of today and of before that these runs of words may name."""
    return _meant[0](runs) if _meant else {}
