"""Views counted in forked processes: `python -m tests.crash.counting` on a database of its own.

Prints as JSON the views by day and by page after a flush that nobody disturbed, and after one
that died at each of its points. This process never opens the database itself.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from itertools import count

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")


def views(arm: Callable[[], None] | None = None) -> list[int]:
    """Ten views of one page, written by one flush."""
    from portal.home.visits import counter

    for _view in range(10):
        counter.count(None, "1")
    if arm:
        arm()
    counter.flush()
    return sums()


def sums() -> list[int]:
    """All views, and those of single pages."""
    from portal.home.models import VisitDay
    from portal.news.readings import PageReading

    return [sum(model.objects.values_list("count", flat=True)) for model in (VisitDay, PageReading)]


def main() -> int:
    """The undisturbed flush first, then the kills, one after the other."""
    import django

    django.setup()
    from tests.crash.killing import Killed, forked

    seen, killed = [forked(views)], []
    for at in count(1):
        try:
            seen.append(forked(views, kill_at=at))
            break
        except Killed:
            killed.append(forked(sums))
    json.dump({"seen": seen, "killed": killed}, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
