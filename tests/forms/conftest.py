"""Fixtures of the forms' tests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from portal.forms import registry
from portal.forms.registry import FormType
from portal.home.models import FormPage
from tests.areas.builders import make_commune
from tests.forms import samples
from tests.home.trees import Portal, plant


@pytest.fixture
def sample() -> Iterator[FormType]:
    """The sample form, registered for one test."""
    before = dict(registry._types)
    yield samples.form_type()
    registry._types.clear()
    registry._types.update(before)


@pytest.fixture
def portal(db: Any, settings: Any) -> Portal:
    """The small portal, with a commune of its province."""
    settings.PAGE_CACHE_SECONDS = 0
    make_commune()
    return plant()


@pytest.fixture
def mounted(portal: Portal, sample: FormType) -> FormPage:
    """A live page with the sample form."""
    return samples.form_page(portal)
