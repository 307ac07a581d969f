"""Rows that are written once: neither instances nor querysets change or delete them."""

from __future__ import annotations

from typing import Any, NoReturn, TypeVar

from django.db import models

from portal.privacy.errors import AppendOnlyError

M = TypeVar("M", bound=models.Model)


class AppendOnlyQuerySet(models.QuerySet[M]):
    """Reads and adds; every other verb is refused."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError(f"{self.model._meta.label} is never changed")

    def delete(self) -> NoReturn:
        raise AppendOnlyError(f"{self.model._meta.label} is never deleted")

    def _raw_delete(self, using: str | None) -> NoReturn:
        raise AppendOnlyError(f"{self.model._meta.label} is never deleted")

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> list[M]:
        if kwargs.get("update_conflicts"):
            raise AppendOnlyError(f"{self.model._meta.label} is never changed")
        return super().bulk_create(objs, *args, **kwargs)


class AppendOnlyModel(models.Model):
    """Base of append-only records; foreign keys of such a model must be PROTECT."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Only a new row is written, whatever its primary key says."""
        if not self._state.adding:
            raise AppendOnlyError(f"{self._meta.label} is never changed")
        kwargs["force_insert"] = True
        kwargs.pop("force_update", None)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Never."""
        raise AppendOnlyError(f"{self._meta.label} is never deleted")
