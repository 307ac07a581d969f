"""Every change of a page that search must hear of becomes an outbox row, in its transaction.

Wagtail sends `page_published` and `post_page_move` after its transaction; the model signals run
inside it on every page operation (design decision 5). Receivers are connected without a sender
and ask `isinstance(instance, Page)`, since each page type is a sender of its own.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_save
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from search import outbox, registry

PAGE = "page_id"
SUBTREE = "subtree"
FILE = "file"


def connect() -> None:
    """Called once from the app's `ready()`."""
    pre_save.connect(_before_save, dispatch_uid="search-page-before")
    post_save.connect(_changed, dispatch_uid="search-page-saved")
    post_delete.connect(_changed, dispatch_uid="search-page-deleted")
    registry.register_expander(PAGE, _page)
    registry.register_expander(SUBTREE, _subtree)
    registry.register_expander(FILE, _pages_with_file)


def _before_save(sender: type[Model], instance: Model, **_kwargs: Any) -> None:
    if not isinstance(instance, Page):
        _announce(instance)
        return
    if not instance.pk:
        return
    old = Page.objects.filter(pk=instance.pk).values_list("url_path", flat=True).first()
    if old is not None and old != instance.url_path:
        outbox.add(SUBTREE, instance.pk)


def _changed(sender: type[Model], instance: Model, **_kwargs: Any) -> None:
    if isinstance(instance, Page):
        add_page(instance)
    else:
        _announce(instance)


def _announce(instance: Model) -> None:
    """Wagtail saves these outside a transaction, so the row is written before and after.

    Killed between, the change has its row all the same; a row without a change does no harm.
    """
    if isinstance(instance, PageViewRestriction):
        with transaction.atomic():
            outbox.add(SUBTREE, instance.page_id)
    elif isinstance(instance, get_document_model()) and instance.pk:
        with transaction.atomic():
            outbox.add(FILE, instance.pk)
    elif isinstance(instance, CollectionViewRestriction):
        with transaction.atomic():
            _add_collection(instance.collection)


def add_page(page: Page) -> None:
    """The page under its own kind when it has one, known from the class alone."""
    kind = kind_of(page.specific_class)
    if kind:
        outbox.add(kind, page.pk)


def kind_of(model: type[Model] | None) -> str | None:
    """The search kind of a page type, declared on the class as `search_kind`."""
    return getattr(model, "search_kind", None) if model else None


def _page(key: str) -> list[tuple[str, str]]:
    page = Page.objects.filter(pk=key).first()
    kind = kind_of(page.specific_class) if page else None
    return [(kind, key)] if kind else []


def _subtree(key: str) -> list[tuple[str, str]]:
    root = Page.objects.filter(pk=key).first()
    if root is None:
        return []
    pages = Page.objects.descendant_of(root, inclusive=True).only("pk", "content_type")
    return [
        (kind, str(page.pk)) for page in pages.iterator() if (kind := kind_of(page.specific_class))
    ]


def _pages_with_file(key: str) -> list[tuple[str, str]]:
    from wagtail.models import ReferenceIndex

    document = get_document_model()
    found = ReferenceIndex.get_references_to(document(pk=int(key))).values_list(
        "base_content_type", "object_id"
    )
    pages = Page.objects.filter(pk__in=[pk for _type, pk in found if str(pk).isdecimal()])
    return [(kind, str(page.pk)) for page in pages if (kind := kind_of(page.specific_class))]


def _add_collection(collection: Collection) -> None:
    inside = Collection.objects.descendant_of(collection, inclusive=True)
    files = get_document_model().objects.filter(collection__in=inside)
    outbox.add_many([(FILE, str(pk)) for pk in files.values_list("pk", flat=True)])
