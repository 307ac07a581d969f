"""How the objects of other rooms become entries; nothing else of a room is known to search."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from search.contract import SearchEntry

LoadMany = Callable[[Sequence[str]], Mapping[str, SearchEntry]]
Expand = Callable[[str], Iterable[tuple[str, str]]]


@dataclass(frozen=True)
class Searchable:
    """One kind of object.

    `load_many` takes keys and gives an entry for each that is public now or will be by its own
    window; a key it leaves out is removed from the index. The entry's version is set by search.
    `keys` streams every key that `load_many` would give an entry for.
    """

    kind: str
    label: str | Promise
    load_many: LoadMany
    keys: Callable[[], Iterator[str]]


_kinds: dict[str, Searchable] = {}
_expanders: dict[str, Expand] = {}


def register_searchable(
    kind: str, *, label: str | Promise, load_many: LoadMany, keys: Callable[[], Iterator[str]]
) -> None:
    """Make a kind findable; called from the `ready()` of the room that owns it."""
    _kinds[kind] = Searchable(kind, label, load_many, keys)


def register_expander(kind: str, expand: Expand) -> None:
    """A kind of outbox row that stands for others: a moved subtree, a renamed issuer."""
    _expanders[kind] = expand


def kinds() -> Mapping[str, Searchable]:
    """All findable kinds in the order of their registration."""
    return _kinds


def expander(kind: str) -> Expand | None:
    """What an outbox row of this kind stands for, or `None` for an object of its own."""
    return _expanders.get(kind)


def expanding() -> frozenset[str]:
    """The kinds of outbox rows that stand for others."""
    return frozenset(_expanders)


def label_of(kind: str) -> str:
    """The kind's name for people."""
    return str(_kinds[kind].label) if kind in _kinds else kind
