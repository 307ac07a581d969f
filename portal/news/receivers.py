"""A new issuer gets its page below every list of official documents, a new tag its address."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save, pre_save
from taggit.models import Tag

from portal.home.slugs import slugify_vi
from portal.news.codes import Issuer
from portal.news.documents import OfficialDocumentIndexPage
from portal.news.services import ensure_issuer_page


def _issuer_saved(instance: Issuer, created: bool, raw: bool = False, **kwargs: Any) -> None:
    if created and not raw:
        for index in OfficialDocumentIndexPage.objects.all():
            ensure_issuer_page(index, instance)


def _tag_saved(instance: Tag, raw: bool = False, **kwargs: Any) -> None:
    """Addresses are folded; taggit's own rule would keep the marks, and lose the đ without them."""
    if instance._state.adding and not raw:
        base = slugify_vi(instance.name)[:90] or "the"
        taken = set(Tag.objects.filter(slug__startswith=base).values_list("slug", flat=True))
        numbered = (f"{base}-{n}" for n in range(2, len(taken) + 3))
        instance.slug = next(slug for slug in (base, *numbered) if slug not in taken)


def connect() -> None:
    """Listen to issuers and tags, in the transaction that makes them."""
    pre_save.connect(_tag_saved, sender=Tag, dispatch_uid="portal.news.tag_address")
    post_save.connect(_issuer_saved, sender=Issuer, dispatch_uid="portal.news.issuer_page")
