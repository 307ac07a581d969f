"""The trial form is offered, the clock stands still on a Wednesday, three communes exist."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest

from portal.areas.models import Unit
from portal.forms import registry
from portal.jobs import clock
from tests.forms.ledger import trial

WEDNESDAY = datetime(2026, 11, 25, 15, 30, 12, 123456, tzinfo=clock.ZONE)


@pytest.fixture(autouse=True)
def _trial_form() -> Iterator[None]:
    """Offered beside the rooms' own forms, for one test."""
    kept = dict(registry._types)
    trial.register()
    with clock.frozen(WEDNESDAY):
        yield
    registry._types.clear()
    registry._types.update(kept)


@pytest.fixture
def communes(db: None) -> list[Unit]:
    """Three communes."""
    return trial.make_communes()
