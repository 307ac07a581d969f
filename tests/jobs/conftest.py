"""Kinds, drains and a schedule of the test's own."""

from __future__ import annotations

import pytest
from django.core.files.storage import storages

from portal.jobs import registry
from portal.jobs.models import Job


@pytest.fixture(autouse=True)
def _nothing_registered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other rooms' kinds, drains and schedules do not run here."""
    for name in ("_kinds", "_drains", "_schedule"):
        monkeypatch.setattr(registry, name, {})


@pytest.fixture(autouse=True)
def _results_in_the_tests_folder(_own_files: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The field holds the storage of the start; a test has a private folder of its own."""
    monkeypatch.setattr(Job._meta.get_field("result_file"), "storage", storages["private"])
