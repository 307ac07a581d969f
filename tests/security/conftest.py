"""Fixtures of the attacks: the communes and lists of registration, and a portal with every room."""

from __future__ import annotations

from typing import Any

import pytest

from portal.registration.models import PublishedListIndexPage
from tests.home.trees import Portal, plant
from tests.registration.conftest import (
    _monday,
    draft,
    foreign_officer,
    households,
    officer,
    province_officer,
    published,
    units,
    workbook,
)

__all__ = [
    "_monday",
    "draft",
    "foreign_officer",
    "households",
    "officer",
    "province_officer",
    "published",
    "units",
    "workbook",
]


@pytest.fixture
def portal(db: Any) -> Portal:
    """Home, news, notices, documents, a plain page and the page of lists."""
    made = plant()
    made.home.add_child(instance=PublishedListIndexPage(title="Danh sách", slug="danh-sach"))
    return made
