"""The files of the portal with what is known of their texts, as far as a user may change them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from wagtail.models import Page, ReferenceIndex
from wagtail.permissions import policy_registry
from wagtail.search.backends import get_search_backend

from portal.home.models import PortalDocument
from search.files import LABELS, READABLE, UNFOUND, FileFacts, facts_of, state_column

RIGHTS = ("change", "delete")
UNREAD, NOT_FOUND = "chua-doc", "khong-tim-duoc"
BATCH = 200
MOST_WORDS_FOUND = 2_000


@dataclass(frozen=True, slots=True)
class Chosen:
    """Filters of the list; an empty one takes everything."""

    state: str = ""
    kind: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class FileRow:
    """One file; `facts` is `None` where it was not read, `pages` are public and use it."""

    document: PortalDocument
    facts: FileFacts | None
    pages: tuple[Page, ...]

    @property
    def label(self) -> str:
        """The state of its text; empty where none is known."""
        return str(LABELS[self.facts.state]) if self.facts else ""

    @property
    def readable(self) -> bool:
        """Whether files of this kind are read at all."""
        return self.document.file_extension.lower() in READABLE


def _policy() -> Any:
    return policy_registry.get_by_type(PortalDocument)


def may_see(user: object) -> bool:
    """Whether there is any collection whose files this user may change."""
    return bool(_policy().user_has_any_permission(user, RIGHTS))


def files_of(user: object, chosen: Chosen | None = None) -> QuerySet[PortalDocument]:
    """The files that this user may change, those of the last days first."""
    asked = chosen or Chosen()
    found = _policy().instances_user_has_any_permission_for(user, RIGHTS)
    found = found.select_related("collection").annotate(text_state=state_column())
    if asked.kind in READABLE:
        found = found.filter(file__iendswith=f".{asked.kind}")
    if asked.words:
        found = found.filter(pk__in=_with_words(asked.words))
    narrowed: QuerySet[PortalDocument] = _in_state(found, asked.state)
    return narrowed.order_by("-created_at", "-pk")


def _with_words(words: str) -> list[int]:
    """Titles are found as Wagtail's own list finds them: accents are never needed."""
    found = get_search_backend().autocomplete(words, PortalDocument.objects.all())
    return [document.pk for document in found[:MOST_WORDS_FOUND]]


def _in_state(found: QuerySet[PortalDocument], state: str) -> QuerySet[PortalDocument]:
    if state == UNREAD:
        readable = Q()
        for kind in READABLE:
            readable |= Q(file__iendswith=f".{kind}")
        return found.filter(readable, text_state=None)
    if state == NOT_FOUND:
        return found.filter(text_state__in=UNFOUND)
    return found.filter(text_state=state) if state in set(LABELS) else found


def rows_of(documents: Sequence[PortalDocument]) -> list[FileRow]:
    """Files with their facts and pages; a fixed number of queries."""
    facts = facts_of(document.digest for document in documents)
    pages = _pages_with(documents)
    return [
        FileRow(document, facts.get(document.digest), tuple(pages[document.pk]))
        for document in documents
    ]


def all_rows(found: QuerySet[PortalDocument]) -> Iterator[FileRow]:
    """Every row of a list, in batches."""
    batch: list[PortalDocument] = []
    for document in found.iterator(chunk_size=BATCH):
        batch.append(document)
        if len(batch) == BATCH:
            yield from rows_of(batch)
            batch = []
    yield from rows_of(batch)


def _pages_with(documents: Sequence[PortalDocument]) -> dict[int, list[Page]]:
    """Live pages that anybody may read, by the file they show or link to."""
    references = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(PortalDocument),
        to_object_id__in=[str(document.pk) for document in documents],
        base_content_type=ContentType.objects.get_for_model(Page),
    )
    pairs = set(references.values_list("to_object_id", "object_id"))
    pages = Page.objects.live().public().in_bulk([int(page) for _file, page in pairs])
    found: dict[int, list[Page]] = defaultdict(list)
    for file, page in sorted(pairs):
        if int(page) in pages:
            found[int(file)].append(pages[int(page)])
    return found
