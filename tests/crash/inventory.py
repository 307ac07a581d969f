"""What a portal holds and what is found in it: `python -m tests.crash.inventory [WORD …]`.

Printed as JSON without keys and moments, so that two portals that went different ways can be
compared. `--plant` makes a small tree of pages instead; `--worked` lets the worker do first what
waits for it, which spares a process.
"""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
OF_THE_RUN = {"jobs", "search", "sessions", "django_tasks_database", "modelsearch"}


def everything(words: Sequence[str]) -> dict[str, Any]:
    """Rows of every model, pages, lists, files, and the titles found for each word."""
    from search.queries import ask

    return {
        "rows": _rows(),
        "pages": _pages(),
        "lists": _lists(),
        "files": _files(),
        "accounts": _accounts(),
        "indexed": _indexed(),
        "found": {word: [hit.title for hit in ask(word).hits] for word in words},
    }


def _rows() -> dict[str, int]:
    from django.apps import apps

    models = [model for model in apps.get_models() if model._meta.app_label not in OF_THE_RUN]
    return {model._meta.label: model._default_manager.count() for model in models}


def _pages() -> list[Any]:
    from wagtail.models import Page

    rows = Page.objects.order_by("url_path").values_list("url_path", "title", "live", "numchild")
    return [list(row) for row in rows]


def _lists() -> list[Any]:
    from portal.registration.models import PublishedList

    return [
        [held.slug, held.state, held.totals, [entry.head_name for entry in held.entries.all()]]
        for held in PublishedList.objects.order_by("slug")
    ]


def _files() -> list[Any]:
    """Every stored file, whether a row knows it or not."""
    from django.conf import settings

    folder = Path(settings.MEDIA_ROOT)
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return [[str(path.relative_to(folder)), path.stat().st_size] for path in files]


def _accounts() -> list[Any]:
    """Who may log in."""
    from portal.areas.models import User

    users = User.objects.order_by("username")
    return [[user.username, bool(user.password) and user.has_usable_password()] for user in users]


def _indexed() -> dict[str, int]:
    from search.engines import get_engine

    get_engine().prepare()
    return dict(sorted(get_engine().counts().items()))


def plant() -> None:
    """A portal with a page for every kind, a commune, and articles to be indexed."""
    from portal.registration.models import PublishedListIndexPage
    from tests.home import trees
    from tests.registration.conftest import make_unit

    portal = trees.plant()
    portal.home.add_child(instance=PublishedListIndexPage(title="Danh sách", slug="danh-sach"))
    for number in range(20):
        portal.article(f"Tin ngày mùa thứ {number}")
    make_unit("02545", "Tân Trào", make_unit("08", "Tuyên Quang", None))


def main(arguments: Sequence[str]) -> None:
    """Plant, or take stock."""
    import django

    django.setup()
    from django.core.management import call_command

    if arguments == ["--plant"]:
        plant()
        return
    if arguments[:1] == ["--worked"]:
        call_command("worker", once=True, stdout=io.StringIO())
    sys.stdout.write(json.dumps(everything([word for word in arguments if word != "--worked"])))


if __name__ == "__main__":
    main(sys.argv[1:])
