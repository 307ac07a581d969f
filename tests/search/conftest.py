"""The engine of this pass, empty; and short ways to fill and to ask it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from search.contract import Engine
from search.engines import get_engine


@pytest.fixture
def engine() -> Iterator[Engine]:
    """An empty index of the engine of this pass."""
    made = get_engine()
    made.prepare()
    yield made
    remove = getattr(made, "destroy", None)
    if remove:
        remove()
