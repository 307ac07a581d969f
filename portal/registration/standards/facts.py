"""A household's facts made ready for the rules, once per score."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portal.registration.standards.ages import day_of
from portal.registration.standards.limits import Limits
from portal.registration.standards.people import Person


class Facts:
    """Members and house. No members at all means that they have not been entered yet."""

    __slots__ = ("house", "limits", "people")

    def __init__(self, answers: Mapping[str, Any], limits: Limits) -> None:
        on = answers.get("on")
        day = None if on is None else day_of(on)
        members = answers.get("members") or ()
        pension = (0, 0) if day is None else limits.pension_on(day.year)
        self.people = [Person(member, day, limits, pension) for member in members]
        self.house: Mapping[str, Any] = answers.get("house") or {}
        self.limits = limits

    def durable_parts(self) -> tuple[int, int]:
        """How many of wall, column and roof are durable: at least, and at most."""
        least = most = 0
        for part, durable in self.limits.durable.items():
            material = self.house.get(part)
            if material is None:
                most += 1
            elif material in durable:
                least += 1
                most += 1
        return least, most
