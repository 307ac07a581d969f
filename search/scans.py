"""Scans are recognised one at a time by the worker, whenever nothing waits for the index.

A page takes seconds, so reading for the index leaves pictures out and notes that they wait. A
worker without the program leaves them waiting: they are recognised once one has it. The rooms
above say which of their files have a digest; what holds them comes to the index anew.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import IO

from django.db import transaction
from django.db.models import Q

from portal.jobs import clock
from search import files, indexing, outbox, recognition
from search.models import FileText
from search.reading import Left

TRY_AGAIN = timedelta(days=1)
Holder = tuple[tuple[str, str], Callable[[], IO[bytes]]]
_sources: list[Callable[[str], Sequence[Holder]]] = []


def register_source(find: Callable[[str], Sequence[Holder]]) -> None:
    """`find(digest)` gives the stored files with these bytes: kind and key for the outbox, and how
    to open each."""
    _sources.append(find)


def recognise_one() -> int:
    """Recognise the scan that waits for longest; 0 when none does, or when something is due for
    the index, which must not wait behind it."""
    if not recognition.available() or indexing.is_due():
        return 0
    kept = _claimed()
    if kept is None:
        return 0
    holders = [holder for find in _sources for holder in find(kept.digest)]
    if holders:
        files.recognise(kept.digest, holders[0][1])
        with transaction.atomic():
            outbox.add_many([name for name, _opened in holders])
    else:
        FileText.objects.filter(pk=kept.pk).update(scans_left=Left.NOTHING)
    return 1


def _claimed() -> FileText | None:
    """The next one, put to the end of those that wait, so that another worker takes another; one
    whose worker was killed has its turn again."""
    late = Q(scans_left=Left.FAILED, read_at__lte=clock.now() - TRY_AGAIN)
    waiting = FileText.objects.filter(late | Q(scans_left=Left.WAITING), reader=files.READER)
    kept = waiting.defer("pages").order_by("read_at", "pk").first()
    if kept is None:
        return None
    mine = FileText.objects.filter(pk=kept.pk, read_at=kept.read_at)
    return kept if mine.update(read_at=clock.now()) else None
