"""An operation killed at each of its points: `python -m tests.crash.outside OPERATION`.

Begins on an empty, migrated database of its own (`DATABASE_URL`) and prints as JSON what the
portal held before, what it holds after a run that nobody disturbed, and what each kill left.
This process never opens the database itself: whatever is done happens in a fork.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from itertools import count
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")


def look(before: Any = None) -> dict[str, Any]:
    """What is stored, what waits for the worker, and what is found once it has worked."""
    from search.models import OutboxRow

    waiting = OutboxRow.objects.filter(waiting=True).order_by("kind", "key")
    seen: dict[str, Any] = {
        "stored": stored(),
        "waiting": [f"{row.kind}:{row.key}" for row in waiting],
    }
    if seen["waiting"] or before is None or seen["stored"] != before["stored"]:
        drain()
    return seen | {"found": found(), "truth": truth()}


def stored() -> Any:
    """All that the operations change; a new revision is a change of its page, too."""
    from wagtail.models import Page

    from portal.registration.models import ListEntry, PublishedList

    pages = ("pk", "path", "url_path", "title", "live", "expired", "latest_revision")
    lists = ("pk", "state", "version")
    return [
        [list(row) for row in rows]
        for rows in (
            Page.objects.order_by("pk").values_list(*pages),
            PublishedList.objects.order_by("pk").values_list(*lists),
            ListEntry.objects.order_by("pk").values_list("pk", "head_name"),
        )
    ]


def drain() -> None:
    """The worker's work, here and now."""
    from search.indexing import drain as once

    while once():
        pass


def found() -> list[list[str]]:
    """What a visitor finds, and where the hit leads."""
    from search.engines import get_engine
    from search.queries import ask
    from tests.crash.operations import MARK, NAME

    get_engine().prepare()
    hits = [hit for text in (MARK, NAME) for hit in ask(text).hits]
    return sorted([hit.kind, hit.key, hit.title, hit.url] for hit in hits)


def truth() -> list[list[str]]:
    """What a visitor should find: today's state of the database."""
    from search import registry
    from tests.crash.operations import MARK, NAME

    entries = [
        entry
        for kind in registry.kinds().values()
        for entry in kind.load_many(list(kind.keys())).values()
        if MARK in entry.title or NAME in entry.title
    ]
    return sorted([entry.kind, entry.key, entry.title, entry.url] for entry in entries)


class Stage:
    """Database and index, put back to where the operation begins."""

    def __init__(self) -> None:
        self.database = os.environ["DATABASE_URL"]
        self.index = Path(os.environ["PORTAL_SEARCH_FILE"]).parent
        self.kept = self.index.with_name("kept")
        self.begun: Any = None

    def keep(self) -> None:
        """This is where it begins."""
        from tests import databases

        databases.copy(self.database, f"{self.database}_kept")
        shutil.copytree(self.index, self.kept, symlinks=True)

    def put_back(self) -> None:
        """As if nothing had happened."""
        from tests import databases

        databases.copy(f"{self.database}_kept", self.database)
        shutil.rmtree(self.index)
        shutil.copytree(self.kept, self.index, symlinks=True)
        self.begun = self._digest()

    @property
    def untouched(self) -> bool:
        """Whether all rows, and all bytes of the index, are those with which it begins."""
        return bool(self._digest() == self.begun)

    def _digest(self) -> Any:
        from tests import databases

        files = [path for path in sorted(self.index.rglob("*")) if path.is_file()]
        return databases.digest(self.database), [(file, file.read_bytes()) for file in files]


def rehearse(name: str) -> dict[str, Any]:
    """The operation undisturbed, then killed at its first point, its second, and so on."""
    from tests.crash.killing import forked
    from tests.crash.operations import OPERATIONS

    operation, stage = OPERATIONS[name], Stage()
    forked(lambda: str(operation.prepare()))
    before = forked(look)
    stage.keep()
    as_before = forked(look, before)
    stage.put_back()
    forked(lambda: operation.run(lambda: None))
    after = forked(look)
    stage.put_back()
    report = {"before": before, "after": after, "kills": []}
    nothing_left = as_before | ({"again": after["found"]} if operation.again else {})
    for point in count(1):
        place = kill(operation, point)
        if place is None:
            return report
        if stage.untouched:  # what is found then was looked at, and what a second run makes of it
            report["kills"].append({"place": place} | nothing_left)
            continue
        report["kills"].append({"place": place} | left(operation, before))
        stage.put_back()
    raise AssertionError


def kill(operation: Any, point: int) -> str | None:
    """Where the operation was killed; `None` when it ended before that point."""
    from tests.crash.killing import Killed, forked

    try:
        forked(operation.run, kill_at=point)
    except Killed as place:
        return str(place)
    return None


def left(operation: Any, before: Any) -> dict[str, Any]:
    """What the kill left, and what is found once the schedule has done it again."""
    from tests.crash.killing import forked

    seen: dict[str, Any] = forked(look, before)
    if operation.again:
        forked(lambda: operation.run(lambda: None))
        seen["again"] = forked(look)["found"]
    return seen


def main(name: str) -> None:
    """Print the report."""
    import django

    django.setup()
    _read_addresses_once()
    sys.stdout.write(json.dumps(rehearse(name)))


def _read_addresses_once() -> None:
    """All addresses and their views, so that not every fork loads them for itself."""
    from django.db import connection
    from django.urls import reverse

    reverse("wagtailadmin_home")
    assert connection.connection is None


if __name__ == "__main__":
    main(sys.argv[1])
