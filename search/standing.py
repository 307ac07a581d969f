"""What an index may still hold although it is public no longer: asked of the database.

Between a withdrawal and the worker's visit (an outage may lie between them) the outbox row waits.
Only objects with such a row are read, so an ordinary answer costs one query more.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Collection, Mapping

from django.conf import settings
from django.db.models import Q
from django.utils import translation

from portal.jobs import clock
from search import registry
from search.contract import SearchEntry
from search.models import OutboxRow

log = logging.getLogger(__name__)
Object = tuple[str, str]


def fallen(objects: Collection[Object]) -> frozenset[Object]:
    """Those of these objects (kind, key) that wait for the worker and nobody may see now."""
    suspects = _waiting(objects) if objects else set()
    by_kind: dict[str, list[str]] = defaultdict(list)
    for kind, key in sorted(suspects):
        by_kind[kind].append(key)
    return frozenset(
        (kind, key)
        for kind, keys in by_kind.items()
        for key, entry in _today(kind, keys).items()
        if not _shown(entry)
    )


def _waiting(objects: Collection[Object]) -> set[Object]:
    """All of them while a row waits that stands for others, such as a moved part of the site."""
    kinds, keys = {kind for kind, _key in objects}, {key for _kind, key in objects}
    own = Q(kind__in=kinds, key__in=keys)
    rows = OutboxRow.objects.filter(own | Q(kind__in=registry.expanding()), waiting=True)
    found = set(rows.values_list("kind", "key"))
    if any(kind in registry.expanding() for kind, _key in found):
        return set(objects)
    return found & set(objects)


def _today(kind: str, keys: list[str]) -> Mapping[str, SearchEntry | None]:
    """What cannot be read now is not shown either."""
    searchable = registry.kinds().get(kind)
    try:
        with translation.override(settings.LANGUAGE_CODE):
            loaded = searchable.load_many(keys) if searchable else {}
    except Exception:  # one object's fault must not take the answer from everybody
        log.exception("search: %s could not be read", kind)
        loaded = {}
    return {key: loaded.get(key) for key in keys}


def _shown(entry: SearchEntry | None) -> bool:
    if entry is None:
        return False
    at = clock.now()
    begun = entry.visible_from is None or entry.visible_from <= at
    return begun and (entry.visible_until is None or at < entry.visible_until)
