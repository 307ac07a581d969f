"""A published home page of a unit gets what belongs to it, in the same transaction."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save, pre_save

from portal.home import component_sites
from portal.home.component_pages import ComponentHomePage
from portal.home.receivers import DRAFT_ONLY
from portal.home.signals import SUBTREE
from search import outbox


def connect() -> None:
    """Called once from the app's `ready()`."""
    pre_save.connect(_renamed, sender=ComponentHomePage, dispatch_uid="component-renamed")
    post_save.connect(_saved, sender=ComponentHomePage, dispatch_uid="component-saved")


def _renamed(instance: ComponentHomePage, **kwargs: Any) -> None:
    """The unit's name stands beside every hit of its pages."""
    if instance.pk and not kwargs.get("raw"):
        before = ComponentHomePage.objects.filter(pk=instance.pk).values_list("title", flat=True)
        if before.exclude(title=instance.title).exists():
            outbox.add(SUBTREE, instance.pk)


def _saved(
    instance: ComponentHomePage, update_fields: frozenset[str] | None = None, **kwargs: Any
) -> None:
    draft = update_fields is not None and DRAFT_ONLY.issuperset(update_fields)
    if not draft and not kwargs.get("raw"):
        component_sites.settle(instance.pk)
