"""The five conditions of a questionnaire (design decision 7); no expressions.

A condition names answers of earlier pages, so a fork ends its page. Inside a group it sees the
answers of the same person first, then those of the whole form.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from portal.forms.dates import age_on

Answers = Mapping[str, Any]


class Condition(Protocol):
    """Whether something is asked, or a check applies, given the answers on a day."""

    def holds(self, answers: Answers, on: date) -> bool:
        """Decide; an answer that is not there holds nothing, ages apart."""

    def names(self) -> Iterator[str]:
        """The answers that it looks at."""


@dataclass(frozen=True, slots=True)
class Is:
    """The answer is this code; of a multiple choice: it contains it."""

    field: str
    value: Any

    def holds(self, answers: Answers, on: date) -> bool:
        given = answers.get(self.field)
        return self.value in given if isinstance(given, list) else bool(given == self.value)

    def names(self) -> Iterator[str]:
        yield self.field


@dataclass(frozen=True, slots=True)
class AnyOf:
    """The answer is one of these codes; of a multiple choice: it contains one."""

    field: str
    values: tuple[Any, ...]

    def holds(self, answers: Answers, on: date) -> bool:
        return any(Is(self.field, value).holds(answers, on) for value in self.values)

    def names(self) -> Iterator[str]:
        yield self.field


@dataclass(frozen=True, slots=True)
class Answered:
    """Something was answered."""

    field: str

    def holds(self, answers: Answers, on: date) -> bool:
        return answers.get(self.field) not in (None, "", [])

    def names(self) -> Iterator[str]:
        yield self.field


@dataclass(frozen=True, slots=True)
class Age:
    """Completed years on the reference day, `start` <= age < `below`.

    Without a usable date of birth the question is asked: better one too many than one missing.
    """

    field: str
    start: int | None = None
    below: int | None = None

    def holds(self, answers: Answers, on: date) -> bool:
        age = age_on(answers.get(self.field), on)
        if age is None:
            return True
        return (self.start is None or age >= self.start) and (
            self.below is None or age < self.below
        )

    def names(self) -> Iterator[str]:
        yield self.field


@dataclass(frozen=True, slots=True)
class All:
    """Every one of them holds; an empty one always does."""

    conditions: tuple[Condition, ...] = ()

    def holds(self, answers: Answers, on: date) -> bool:
        return all(condition.holds(answers, on) for condition in self.conditions)

    def names(self) -> Iterator[str]:
        for condition in self.conditions:
            yield from condition.names()


ALWAYS = All()
