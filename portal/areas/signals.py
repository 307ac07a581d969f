"""Keeps what is derived from names and assignments true, whoever saves them."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save, pre_save

from portal.areas.kept_index import forget
from portal.areas.models import Assignment, Unit, UnitName, UnitSuccession, Village
from portal.areas.officers import forget_scopes
from search.text import fold, sort_key


def fill_keys(instance: Unit | UnitName | Village, **_signal: Any) -> None:
    """Folded name and sort key; bulk writers fill them themselves."""
    instance.name = " ".join(instance.name.split())
    instance.name_folded = fold(instance.name)
    if not isinstance(instance, UnitName):
        instance.sort_key = sort_key(instance.name)


def connect() -> None:
    """Connect once, when the app is ready."""
    for named in (Unit, UnitName, Village):
        pre_save.connect(fill_keys, sender=named, dispatch_uid=f"areas-keys-{named.__name__}")
    for model in (Assignment, Unit, UnitSuccession):
        for signal in (post_save, post_delete):
            signal.connect(forget_scopes, sender=model, dispatch_uid=f"areas-{model.__name__}")
    for kept in (Unit, UnitName, UnitSuccession):
        for signal in (post_save, post_delete):
            signal.connect(forget, sender=kept, dispatch_uid=f"areas-index-{kept.__name__}")
