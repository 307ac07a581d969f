"""Queries whose SQL is composed once a process and asked again with other values.

Composing is most of what a small query costs. The rows come through Django's `raw()`: columns that
were annotated arrive as the database gives them, JSON as text, and nothing is joined to the rows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)
# A noncharacter: no text that is asked for holds one.
_MARK = "\ufdd0{}"


class Prepared(Generic[M]):
    """`make(*texts)` gives the queryset; it is called once for each number of texts.

    Whatever changes from call to call, the date too, must be among them.
    """

    def __init__(self, make: Callable[..., QuerySet[M]]) -> None:
        self._make = make
        self._plans: dict[int, _Plan[M]] = {}

    def __call__(self, *texts: str) -> list[M]:
        """The rows for these texts."""
        plan = self._plans.get(len(texts))
        if plan is None:
            plan = self._plans[len(texts)] = self._plan(len(texts))
        given = [texts[plan.places[one]] if one in plan.places else one for one in plan.given]
        return list(plan.model._default_manager.raw(plan.statement, given))

    def _plan(self, count: int) -> _Plan[M]:
        places = {_MARK.format(place): place for place in range(count)}
        found = self._make(*places)
        statement, given = found.query.sql_with_params()
        return _Plan(found.model, statement, given, places)


@dataclass(frozen=True, slots=True)
class _Plan(Generic[M]):
    """A statement, its parameters, and the places of those that stand for a text."""

    model: type[M]
    statement: str
    given: Sequence[Any]
    places: dict[str, int]
