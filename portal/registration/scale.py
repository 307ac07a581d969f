"""The picture beside the provisional points: where they lie, and where the mark is."""

from __future__ import annotations

from dataclasses import dataclass

from portal.registration.standards import Result

WIDTH = 320
LEAST = 14
ROOM = 1.75  # the mark stands at four sevenths of the scale


@dataclass(frozen=True, slots=True)
class Scale:
    """Places in units of the drawing, 0 to `WIDTH`."""

    cut: int
    mark: int
    left: int
    width: int


def scale(result: Result, cut: int | None) -> Scale | None:
    """`None` without points or without a mark, when there is nothing to draw."""
    if result.b1 is None or not cut:
        return None
    longest = cut * ROOM
    low, high = (min(points, longest) for points in result.b1)
    left = round(low / longest * WIDTH)
    width = max(round((high - low) / longest * WIDTH), LEAST)
    return Scale(cut, round(cut / longest * WIDTH), min(left, WIDTH - width), width)
