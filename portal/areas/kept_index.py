"""The index of a province's names, kept in the process: building it reads all of its units.

It is built anew when units were added, when one was saved or deleted in this process, and after a
minute in any case, so that a change made by another process counts soon.
"""

from __future__ import annotations

import time
from datetime import date
from typing import Any

from portal.areas.models import Unit
from portal.areas.names import UnitIndex
from portal.tables.composed import Statement

SECONDS = 60.0
MOST = 8
NEWEST = Statement(Unit, "SELECT MAX(id) FROM {table}")
Stamp = tuple[Any, ...]
_kept: dict[tuple[str, date], tuple[float, Stamp, UnitIndex]] = {}
_saves = 0


def index_of(province: str, on: date) -> UnitIndex:
    """The names of a province on a day; the index must not be changed by whoever asks."""
    stamp, now = _stamp(), time.monotonic()
    found = _kept.get((province, on))
    if found is not None and found[1] == stamp and now - found[0] < SECONDS:
        return found[2]
    if len(_kept) >= MOST:
        _kept.clear()
    index = UnitIndex(province, on)
    _kept[province, on] = (now, stamp, index)
    return index


def forget(**_signal: object) -> None:
    """A unit, a name or a succession was saved in this process."""
    global _saves  # noqa: PLW0603
    _saves += 1
    _kept.clear()


def _stamp() -> Stamp:
    return (_saves, *(NEWEST.row() or ()))
