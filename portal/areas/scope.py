"""The one manager of rows that belong to a unit; it fails closed (design decision 10).

No assignment, nothing visible. A row without a unit is for the province only. Old rows keep the
unit of their time: an assignment to a commune of today also opens rows of the units that went
into it whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from portal.areas.models import User

M = TypeVar("M", bound=models.Model)


class ScopedQuerySet(models.QuerySet[M]):
    """Rows of a model that names its unit in `unit_path` (a lookup such as `unit` or
    `published_list__unit`) and may name a village in `village_path`."""

    def visible_to(self, user: User | AnonymousUser) -> ScopedQuerySet[M]:
        """Only what the user's assignments of today open; nothing for anybody else."""
        from portal.areas.queries import scope_of

        scope = scope_of(user)
        if scope.everything:
            return self
        unit_path: str = getattr(self.model, "unit_path", "unit")
        village_path: str | None = getattr(self.model, "village_path", None)
        wanted = Q(**{f"{unit_path}__in": scope.unit_ids}) if scope.unit_ids else Q(pk__in=[])
        if village_path and scope.village_ids:
            wanted |= Q(**{f"{village_path}__in": scope.village_ids})
        return self.filter(wanted)


class ScopedModel(models.Model):
    """Base of every record that belongs to a unit."""

    unit_path: ClassVar[str] = "unit"
    village_path: ClassVar[str | None] = None

    objects = ScopedQuerySet.as_manager()

    class Meta:
        abstract = True
