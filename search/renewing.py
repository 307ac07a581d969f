"""An index of another version is made anew as soon as a worker of this version starts.

The schedule would notice it within the hour; until then an embedded index that another version
made is not read at all.
"""

from __future__ import annotations

from datetime import timedelta

from portal.jobs.schedule import bring_forward
from search.contract import EngineDownError
from search.engines import get_engine

NAME = "search_renew"
# Several workers start together; the first one's rebuild is under way when the others ask.
UNDER_WAY = timedelta(minutes=10)


class AfterUpdate:
    """A drain of the worker that looks once in a process's life."""

    def __init__(self) -> None:
        self.looked = False

    def __call__(self) -> int:
        """1 when the schedule's renewal is due now because of this."""
        if self.looked:
            return 0
        try:
            outdated = get_engine().outdated()
        except EngineDownError:
            return 0  # asked again in the next round, until the engine answers
        self.looked = True
        return int(outdated and bring_forward(NAME, unless_within=UNDER_WAY))
