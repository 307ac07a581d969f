"""A record of a unit whose scope was forgotten does not pass the system check."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.test.utils import isolate_apps

from portal.areas.checks import check_model, check_scopes
from portal.areas.models import Unit, Village
from portal.areas.scope import ScopedModel


def _ids(model: type[models.Model]) -> list[str | None]:
    return [message.id for message in check_model(model)]


@isolate_apps("portal.areas")
def test_a_record_of_a_unit_without_scope_is_refused() -> None:
    """A developer adds a table of a commune and forgets the scope."""

    class Forgotten(models.Model):
        unit = models.ForeignKey(Unit, models.PROTECT)

        class Meta:
            app_label = "areas"

    class Public(models.Model):
        unscoped_because: ClassVar[str] = "a code list that everybody reads"
        unit = models.ForeignKey(Unit, models.PROTECT)

        class Meta:
            app_label = "areas"

    assert _ids(Forgotten) == ["areas.E001"]
    assert _ids(Public) == []


@isolate_apps("portal.areas")
def test_a_path_that_leads_nowhere_is_refused() -> None:
    """A typing error in `unit_path` would raise in every list, or name another table."""

    class Parent(ScopedModel):
        unit = models.ForeignKey(Unit, models.PROTECT)

        class Meta:
            app_label = "areas"

    class Child(ScopedModel):
        unit_path: ClassVar[str] = "parent__unit"
        village_path: ClassVar[str | None] = "village"
        parent = models.ForeignKey(Parent, models.PROTECT)
        village = models.ForeignKey(Village, models.PROTECT)

        class Meta:
            app_label = "areas"

    class Wrong(ScopedModel):
        unit_path: ClassVar[str] = "parent"
        village_path: ClassVar[str | None] = "hamlet"
        parent = models.ForeignKey(Parent, models.PROTECT)

        class Meta:
            app_label = "areas"

    assert _ids(Parent) == _ids(Child) == []
    assert _ids(Wrong) == ["areas.E002", "areas.E002"]


def test_the_installed_models_keep_the_rule() -> None:
    assert check_scopes() == []
