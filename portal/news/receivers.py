"""A new issuer gets its page below every list of official documents."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save

from portal.news.codes import Issuer
from portal.news.documents import OfficialDocumentIndexPage
from portal.news.services import ensure_issuer_page


def _issuer_saved(instance: Issuer, created: bool, raw: bool = False, **kwargs: Any) -> None:
    if created and not raw:
        for index in OfficialDocumentIndexPage.objects.all():
            ensure_issuer_page(index, instance)


def connect() -> None:
    """Listen to issuers, in the transaction that makes them."""
    post_save.connect(_issuer_saved, sender=Issuer, dispatch_uid="portal.news.issuer_page")
