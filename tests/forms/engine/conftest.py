"""The client of the engine's tests keeps cookies to their path, as browsers do."""

from __future__ import annotations

import pytest

from tests.forms.engine.browsers import Browser


@pytest.fixture
def client() -> Browser:
    """A person's browser."""
    return Browser()
