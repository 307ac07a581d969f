"""The engine of this pass, empty; and short ways to fill and to ask it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from search import registry
from search.contract import Engine
from search.engines import get_engine
from tests.search.samples import KIND, Samples


@pytest.fixture
def engine() -> Iterator[Engine]:
    """An empty index of the engine of this pass."""
    made = get_engine()
    made.prepare()
    yield made
    remove = getattr(made, "destroy", None)
    if remove:
        remove()


@pytest.fixture
def samples(monkeypatch: pytest.MonkeyPatch) -> Samples:
    """Only the sample kind is registered, with nothing in it yet."""
    monkeypatch.setattr(registry, "_kinds", {})
    held = Samples()
    registry.register_searchable(KIND, label="Mẫu", load_many=held.load_many, keys=held.keys)
    return held
