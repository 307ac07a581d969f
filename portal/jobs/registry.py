"""Who does what: job kinds, drains, the schedule. Filled by the rooms when they are ready."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from portal.jobs.run import JobRun

JobFunction = Callable[["JobRun"], None]


class DrainFailedError(Exception):
    """A drain cannot work now (its engine is down); the worker tries again later."""


@dataclass(frozen=True, slots=True)
class Scheduled:
    """Something due again `every` after its last run, once across all workers."""

    name: str
    function: Callable[[], object]
    every: timedelta


_kinds: dict[str, JobFunction] = {}
_drains: dict[str, Callable[[], int]] = {}
_schedule: dict[str, Scheduled] = {}


def job_kind(kind: str) -> Callable[[JobFunction], JobFunction]:
    """Register the function that does jobs of this kind; it must resume from its cursor."""

    def register(function: JobFunction) -> JobFunction:
        _kinds[kind] = function
        return function

    return register


def register_drain(name: str, function: Callable[[], int]) -> None:
    """`function()` handles what is due and returns how much; the worker calls it until 0."""
    _drains[name] = function


def register_schedule(name: str, function: Callable[[], object], *, every: timedelta) -> None:
    """Have `function()` called again and again by whichever worker comes first."""
    _schedule[name] = Scheduled(name, function, every)


def function_of(kind: str) -> JobFunction:
    """The function of a kind; `KeyError` when no room offers it."""
    return _kinds[kind]


def drains() -> Mapping[str, Callable[[], int]]:
    """All drains."""
    return _drains


def scheduled() -> Mapping[str, Scheduled]:
    """Everything on the schedule."""
    return _schedule
