"""At night files are read again: of an older reader, or failed for a cause that may pass.

Nothing is read here: what is forgotten is read when the pages with the file come to the index by
the outbox, which other changes do not have to wait behind. Scans that wait to be recognised are
found here by their digest.
"""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from django.db import transaction
from django.db.models import Q

from portal.home.models import PortalDocument
from portal.home.signals import FILE
from portal.jobs import register_schedule
from search import outbox
from search.files import drop_stale
from search.scans import Holder, register_source

BATCH = 500


def read_again() -> int:
    """Forget the stale readings and queue their files, together; how many readings there were."""
    with transaction.atomic():
        digests = drop_stale()
        for start in range(0, len(digests), BATCH):
            # A row that is older than the column of digests may be of any of them.
            mine = Q(digest__in=digests[start : start + BATCH]) | Q(digest="")
            keys = PortalDocument.objects.filter(mine).values_list("pk", flat=True)
            outbox.add_many([(FILE, str(pk)) for pk in keys])
    return len(digests)


def holders(digest: str) -> list[Holder]:
    """The files with these bytes, for the recognition of their scans."""
    found = PortalDocument.objects.filter(digest=digest)
    return [
        ((FILE, str(file.pk)), partial(file.file.storage.open, file.file.name)) for file in found
    ]


def register() -> None:
    """Once a day, by whichever worker comes first."""
    register_source(holders)
    register_schedule("files_again", read_again, every=timedelta(days=1))
