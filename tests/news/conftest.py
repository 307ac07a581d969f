"""Fixtures of the news room's tests."""

from __future__ import annotations

from typing import Any

import pytest

from tests.home.trees import Portal, plant


@pytest.fixture
def portal(db: Any, settings: Any) -> Portal:
    """The small portal; every page is built anew."""
    settings.PAGE_CACHE_SECONDS = 0
    return plant()
