"""Whatever changes a public page makes the cached ones too old, in the same transaction."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from taggit.models import Tag
from wagtail.models import Page, PageViewRestriction, Site

from portal.home import cache
from portal.home.models import PortalDocument, PortalImage

WATCHED: list[type[Model]] = [Page, PageViewRestriction, Site, PortalDocument, PortalImage, Tag]
DRAFT_ONLY = frozenset(
    {
        "draft_title",
        "has_unpublished_changes",
        "latest_revision",
        "latest_revision_created_at",
        "locked",
        "locked_at",
        "locked_by",
    }
)


def watch(*models: type[Model]) -> None:
    """Have the changes of further models end the cached pages; called by higher rooms."""
    WATCHED.extend(models)


def _changed(instance: Model, update_fields: frozenset[str] | None = None, **kwargs: Any) -> None:
    draft = update_fields is not None and DRAFT_ONLY.issuperset(update_fields)
    if isinstance(instance, tuple(WATCHED)) and not draft and not kwargs.get("raw"):
        cache.bump()


def connect() -> None:
    """Listen without a sender: subclasses of `Page` send their own class."""
    post_save.connect(_changed, dispatch_uid="portal.home.cache.saved")
    post_delete.connect(_changed, dispatch_uid="portal.home.cache.deleted")
