"""Files are read again at night when the reader has learnt something, and then found by it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.models import ReferenceIndex

from portal.home.files_again import read_again
from portal.home.models import PortalDocument
from portal.jobs import clock, registry
from portal.news.attachments import DocumentFile
from portal.news.reading_files import read_soon
from search import files
from search.files import TextState
from search.models import FileText, OutboxRow
from tests.home.trees import Portal
from tests.pdfs import text_pdf

pytestmark = pytest.mark.django_db
WORDS = "mận chín sớm"


@pytest.fixture
def document(portal: Portal, drain: Callable[[], int]) -> PortalDocument:
    """A PDF on a live document page, read into the index."""
    content = ContentFile(text_pdf(f"Toàn văn của kế hoạch trồng {WORDS}"), "12.pdf")
    file: PortalDocument = PortalDocument.objects.create(title="12.pdf", file=content)
    page = portal.document("12/KH-UBND", "Kế hoạch thử")
    page.files = [DocumentFile(document=file)]
    page.save_revision().publish()
    ReferenceIndex.create_or_update_for_object(page)  # after the commit, which a test never has
    drain()
    return file


def hits(client: Client) -> int:
    return len(client.get("/tim-kiem.json", {"q": WORDS}).json()["hits"])


def test_what_an_older_reader_read_is_read_again_at_night(
    document: PortalDocument,
    client: Client,
    drain: Callable[[], int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The bug: after a better reader came, old files stayed as they had been read."""
    assert hits(client) == 1
    FileText.objects.update(pages=["Ban do cu"])
    document.save()
    drain()
    assert hits(client) == 0
    monkeypatch.setattr(files, "READER", files.READER + 1)
    assert read_again() == 1
    drain()
    assert hits(client) == 1
    assert FileText.objects.get().reader == files.READER
    assert read_again() == 0


def test_a_reading_that_failed_yesterday_is_tried_again_at_night(
    document: PortalDocument, client: Client, drain: Callable[[], int]
) -> None:
    FileText.objects.update(pages=[], state=TextState.INTERRUPTED, read_at=clock.now())
    document.save()
    drain()
    assert hits(client) == 0
    assert read_again() == 0
    FileText.objects.update(read_at=clock.now() - timedelta(days=1))
    assert read_again() == 1
    drain()
    assert hits(client) == 1


def test_the_file_of_a_draft_is_queued_again_when_the_reader_is_newer(
    document: PortalDocument, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bug: `read_soon` saw a reading of any reader and left the file alone."""
    assert not read_soon([document], None)
    monkeypatch.setattr(files, "READER", files.READER + 1)
    assert read_soon([document], None)


def test_a_file_without_a_digest_is_queued_with_the_others(document: PortalDocument) -> None:
    """Its reading is known by its bytes alone; the row is older than the column."""
    PortalDocument.objects.update(digest="")
    OutboxRow.objects.update(waiting=False)
    FileText.objects.update(reader=files.READER - 1)
    assert read_again() == 1
    assert OutboxRow.objects.filter(kind="file", key=str(document.pk), waiting=True).exists()


def test_the_night_knows_of_it() -> None:
    assert registry.scheduled()["files_again"].every == timedelta(days=1)
