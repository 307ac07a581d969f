"""Files that only unpublished pages use are private, wherever in the page they stand."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models.signals import post_save
from django.http import Http404
from wagtail.models import Page, ReferenceIndex

from portal.home.base import BasePage
from portal.home.link_reading import links_of
from portal.home.models import PortalDocument


def users_of(document: PortalDocument) -> tuple[list[Page], bool]:
    """The pages that use a file, in texts, blocks or attachments; whether anything else does."""
    references = ReferenceIndex.get_references_to(document).values_list(
        "base_content_type", "object_id"
    )
    kind = ContentType.objects.get_for_model(Page)
    keys = {int(key) for base, key in references if base == kind.pk and str(key).isdecimal()}
    others = any(base != kind.pk for base, _key in references)
    return list(Page.objects.filter(pk__in=keys)), others


def note_users(page: Page) -> None:
    """Write down at once which files the texts of an unpublished page use.

    Wagtail leaves it to the worker; until then the file would be open to whoever guesses it.
    """
    if not page.live and any(link.kind == "document" for link in links_of(page)):
        ReferenceIndex.create_or_update_for_object(page)


def keep_private(document: PortalDocument, user: Any) -> None:
    """Not there for whoever may edit none of the unpublished pages that alone use the file."""
    pages, others = users_of(document)
    if others or not pages or any(page.live for page in pages):
        return
    if not any(page.permissions_for_user(user).can_edit() for page in pages):
        raise Http404


def connect() -> None:
    """Called once from the app's `ready()`."""
    post_save.connect(_saved, dispatch_uid="portal.home.private_files")


def _saved(instance: Any, raw: bool = False, **_kwargs: Any) -> None:
    if isinstance(instance, BasePage) and not raw:
        note_users(instance)
