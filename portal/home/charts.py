"""Small pictures of numbers, drawn on the server: bars that stand in the rows of their own table.

The numbers are text beside each bar, so that the picture is decoration to a screen reader and
nothing is lost where it is not drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 100.0


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a bar: `kind` is 1, 2, … for its colour; `start` and `width` of 100."""

    kind: int
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of the table: its name, where it leads, its values and their picture."""

    label: str
    url: str
    values: tuple[int, ...]
    pieces: tuple[Piece, ...]


def bars(rows: Sequence[tuple[str, str, Sequence[int]]]) -> list[Bar]:
    """Stacked bars of (label, address, values); the longest fills the width."""
    longest = max((sum(values) for _label, _url, values in rows), default=0)
    return [Bar(label, url, tuple(values), _pieces(values, longest)) for label, url, values in rows]


def _pieces(values: Sequence[int], longest: int) -> tuple[Piece, ...]:
    if any(value < 0 for value in values):
        raise ValueError("a bar shows counts, which are never below zero")
    pieces: list[Piece] = []
    start = 0.0
    for kind, value in enumerate(values, start=1):
        width = round(WIDTH * value / longest, 2) if longest else 0.0
        if width:
            pieces.append(Piece(kind, round(start, 2), width))
        start += width
    return tuple(pieces)
