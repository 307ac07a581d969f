"""House rules of area scope as system checks: forgetting the scope must not pass (decision 10).

areas.E001  a record of a unit has a manager without `visible_to()`
areas.E002  `unit_path` or `village_path` does not lead to a unit or village
areas.E003  the portal's province is none of the loaded units of today (`check --database`, migrate)
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.apps.config import AppConfig
from django.conf import settings
from django.core import checks
from django.core.exceptions import FieldDoesNotExist
from django.db import DatabaseError, models

from portal.areas.models import Assignment, Level, Unit, UnitName, UnitSuccession, Village
from portal.areas.scope import ScopedQuerySet
from portal.areas.succession import in_force
from portal.jobs import clock

# The tables of the scope itself, which decide what is visible.
OWN = (Unit, UnitName, UnitSuccession, Assignment)


def connect() -> None:
    """Register with Django."""
    checks.register(check_scopes, "areas")
    checks.register(check_province, checks.Tags.database)


def check_province(
    app_configs: Sequence[AppConfig] | None = None,
    databases: Sequence[str] | None = None,
    **_options: Any,
) -> list[checks.CheckMessage]:
    """Settings know the packaged codes only; an operator's own list of units may lack the code."""
    if not databases:
        return []
    try:
        missing = _province_is_missing(settings.PROVINCE_CODE)
    except DatabaseError:  # before the first migration
        missing = False
    if not missing:
        return []
    return [
        checks.Error(
            f"PORTAL_PROVINCE: no province in force has the code {settings.PROVINCE_CODE!r}.",
            hint="Load the units again (`load_units`), or set PORTAL_PROVINCE.",
            id="areas.E003",
        )
    ]


def _province_is_missing(code: str) -> bool:
    """Only once units are loaded: an empty portal is none of this check's business."""
    rows = Unit.objects.filter(in_force(clock.today()), level=Level.PROVINCE)
    return rows.exists() and not rows.filter(code=code).exists()


def check_scopes(
    app_configs: Sequence[AppConfig] | None = None, **_options: Any
) -> list[checks.CheckMessage]:
    """Every model that names a unit is scoped, or says in `unscoped_because` why it is public."""
    found: list[checks.CheckMessage] = []
    for model in apps.get_models():
        if app_configs is None or model._meta.app_config in app_configs:
            found += check_model(model)
    return found


def check_model(model: type[models.Model]) -> list[checks.CheckMessage]:
    """The faults of one concrete model; proxies stand under the rule of their model."""
    if model in OWN or model._meta.proxy:
        return []
    if isinstance(model._default_manager.all(), ScopedQuerySet):
        return _path_faults(model)
    if getattr(model, "unscoped_because", "") or not _names_a_unit(model):
        return []
    return [
        checks.Error(
            f"{model._meta.label} names an administrative unit but its manager is not scoped.",
            hint="Derive it from ScopedModel, or say why it is public in `unscoped_because`.",
            obj=model,
            id="areas.E001",
        )
    ]


def _names_a_unit(model: type[models.Model]) -> bool:
    related = (getattr(field, "remote_field", None) for field in model._meta.concrete_fields)
    return any(one is not None and one.model in (Unit, Village) for one in related)


def _path_faults(model: type[models.Model]) -> list[checks.CheckMessage]:
    paths = {
        getattr(model, "unit_path", "unit"): Unit,
        getattr(model, "village_path", None): Village,
    }
    return [
        checks.Error(
            f"{model._meta.label}: “{path}” does not lead to {target._meta.label}.",
            obj=model,
            id="areas.E002",
        )
        for path, target in paths.items()
        if path and _target(model, path) is not target
    ]


def _target(model: type[models.Model], path: str) -> type[models.Model] | None:
    """The model at the end of a lookup such as `published_list__unit`."""
    end: Any = model
    for part in path.split("__"):
        try:
            field = end._meta.pk if part == "pk" else end._meta.get_field(part)
        except (FieldDoesNotExist, AttributeError):
            return None
        end = end if part == "pk" else field.related_model
    return end if isinstance(end, type) else None
