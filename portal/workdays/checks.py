"""`check --database` tells of years whose holidays are not entered (workdays.W001)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps.config import AppConfig
from django.core import checks
from django.db import DatabaseError

from portal.areas.models import Unit
from portal.workdays.years import ThinYear, thin_years


def connect() -> None:
    """Register with Django."""
    checks.register(check_years, checks.Tags.database)


def check_years(
    app_configs: Sequence[AppConfig] | None = None,
    databases: Sequence[str] | None = None,
    **_options: Any,
) -> list[checks.CheckMessage]:
    """Only once units are loaded: an empty portal counts no deadlines."""
    if not databases:
        return []
    try:
        thin = thin_years() if Unit.objects.exists() else []
    except DatabaseError:  # before the first migration
        thin = []
    return [_warning(year) for year in thin]


def _warning(thin: ThinYear) -> checks.CheckMessage:
    return checks.Warning(
        f"Of the {thin.most} holidays of {thin.year} {thin.entered} are entered: deadlines over "
        "the missing ones end too early.",
        hint="Enter Tết, the Hung Kings' day and the days announced for the year, in the back "
        "office or from a workbook (Holidays).",
        id="workdays.W001",
    )
