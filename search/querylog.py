"""What visitors look for, counted by day: words without digits, and nobody's name.

Counted in memory and written in batches, so that a search writes nothing. Kept are the words and
the day; no address, no hour, nothing that joins two searches. Searches that touch posted lists
are left out, and so is what looks like a person's name, posted or not.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F

from portal.jobs import clock
from portal.jobs.batching import Batch, Counted
from search import names
from search.contract import LIST_ENTRY, Reason, SearchResult
from search.models import QueryCount
from search.queries import COMMUNE_FACET, Asked
from search.text import words

BATCH = 50
PAUSE = timedelta(minutes=1)
MOST_WORDS, LONGEST = 12, 80


def note(asked: Asked, result: SearchResult) -> None:
    """Count a search of a visitor, unless it may have been for a household."""
    if asked.page > 1 or result.reason == Reason.ENGINE_DOWN or _of_lists(asked, result):
        return
    kept = [word for word in words(asked.text) if word.isalpha()][:MOST_WORDS]
    if kept and not names.suspected(kept):
        counter.add((clock.today(), " ".join(kept)[:LONGEST].strip(), not result.total))


def _of_lists(asked: Asked, result: SearchResult) -> bool:
    """Households were asked for or are among what fits, or somebody may be meant by the words."""
    if LIST_ENTRY in asked.kinds or asked.filters.get(COMMUNE_FACET):
        return True
    return LIST_ENTRY in result.withheld or bool(result.facets.get("kind", {}).get(LIST_ENTRY))


@transaction.atomic
def _write(counted: Counted) -> None:
    """Rows that are missing first, then one update for all that grow by the same."""
    terms = sorted({(day, text) for day, text, _vain in counted})
    rows = [QueryCount(day=day, text=text) for day, text in terms]
    QueryCount.objects.bulk_create(rows, ignore_conflicts=True)
    groups: dict[tuple[date, int, int], list[str]] = defaultdict(list)
    for day, text in terms:
        vain, fitted = counted.get((day, text, True), 0), counted.get((day, text, False), 0)
        groups[day, vain + fitted, vain].append(text)
    for (day, asked, unanswered), texts in groups.items():
        QueryCount.objects.filter(day=day, text__in=texts).update(
            asked=F("asked") + asked, unanswered=F("unanswered") + unanswered
        )


counter = Batch(_write, BATCH, PAUSE)


def forget_old() -> int:
    """Erase the days that are older than `SEARCH_LOG_DAYS`; how many rows these were."""
    first = clock.today() - timedelta(days=settings.SEARCH_LOG_DAYS)
    return QueryCount.objects.filter(day__lt=first).delete()[0]
