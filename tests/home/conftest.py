"""Fixtures of the site frame's tests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from portal.home.visits import counter
from tests.home.trees import Portal, plant


@pytest.fixture
def portal(db: Any) -> Portal:
    """The small portal."""
    return plant()


@pytest.fixture(autouse=True)
def _no_visits() -> Iterator[None]:
    """No view of one test is written in another."""
    counter.forget()
    yield
    counter.forget()
