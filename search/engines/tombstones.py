"""What a new index must know of the one it replaces."""

from __future__ import annotations

import logging
from collections.abc import Iterator

from search.contract import Engine, EngineDownError, Rebuild, Remove

log = logging.getLogger(__name__)


def carry_over(serving: Engine, building: Rebuild) -> None:
    """Give the new index the tombstones; an index too damaged to tell must not stay for that."""
    try:
        building.apply(tombstones(serving))
    except EngineDownError as error:
        log.warning("search: removals of the old index are not known: %s", error)


def tombstones(serving: Engine) -> Iterator[Remove]:
    """The removals that the serving index remembers.

    A rebuild writes only what stands today. Without these, a worker that read an object before
    its withdrawal and wakes after the swap would revive it.
    """
    for kind, key, version, live in serving.versions():
        if not live:
            yield Remove(kind, key, version)
