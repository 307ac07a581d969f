"""The records before and after one in the filtered list it was opened from."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from portal.forms.inbox.narrowing import POSITION, Narrowing


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Addresses; empty where there is no record or no list."""

    before: str = ""
    after: str = ""


def neighbours(narrowing: Narrowing, key: int, position: int) -> Neighbours:
    """Looks at three places of the list alone.

    A record that has left the list meanwhile, say by being taken in, lies between the record
    that stands before its old place and the one that moved up into it.
    """
    if not position:
        return Neighbours()
    start = max(position - 2, 0)
    keys = list(narrowing.rows().values_list("pk", flat=True)[start : position + 1])
    if key in keys:
        place = keys.index(key)
        ways = (place - 1, place + 1)
    else:
        ways = (position - 2 - start, position - 1 - start)
    before, after = (
        _address(narrowing, keys[way], start + way + 1) if 0 <= way < len(keys) else ""
        for way in ways
    )
    return Neighbours(before, after)


def _address(narrowing: Narrowing, key: int, position: int) -> str:
    return f"{reverse('forms_record', args=[key])}?{narrowing.query(**{POSITION: position})}"
