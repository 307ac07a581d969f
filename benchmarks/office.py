"""`python -m benchmarks.office`: the back office's own search of pages, among twenty thousand.

What an editor waits for is the whole page of answers, asked by the test client of Django without
a server; `BENCH_OFFICE` says fewer pages. Nothing is taken back: the database is this run's own.
"""

from __future__ import annotations

import json
import os
import statistics
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import django

Figures = dict[str, float]
PAGES = int(os.environ.get("BENCH_OFFICE", "20000"))
ASKED, WARM, BATCH, HITS = 20, 3, 500, 20
FIRST = 100_000  # behind every page that there is
WORDS = {"marks": "kế hoạch", "plain": "ke hoach"}
STOCK = {"default": {"BACKEND": "modelsearch.backends.database"}}


class DifferentCountError(Exception):
    """A side does not find every page; its time says nothing."""


def main() -> None:
    """Print the figures as JSON."""
    django.setup()
    from django.conf import settings
    from django.db import connection

    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    _fill()
    figures = _measure()
    print(json.dumps({f"{connection.vendor}.{key}": figures[key] for key in figures}))


def _fill() -> None:
    """Plain pages below the root, each with the common words and some of its own, and indexed."""
    from django.contrib.contenttypes.models import ContentType
    from wagtail.models import Page
    from wagtail.search.backends import get_search_backend

    root = Page.get_first_root_node()
    shared = {
        "depth": root.depth + 1,
        "content_type": ContentType.objects.get_for_model(Page),
        "locale": root.locale,
    }
    made = [
        Page(
            title=f"Phép đo kế hoạch số {number} của xã {number % 124}",
            slug=f"phep-do-{number}",
            url_path=f"/phep-do-{number}/",
            path=Page._get_path(root.path, root.depth + 1, FIRST + number),
            **shared,
        )
        for number in range(PAGES)
    ]
    Page.objects.bulk_create(made, BATCH)
    Page.objects.filter(pk=root.pk).update(numchild=root.numchild + PAGES)
    index = get_search_backend().get_index_for_model(Page)
    for start in range(0, PAGES, BATCH):
        index.add_items(Page, made[start : start + BATCH])


def _measure() -> Figures:
    from django.test import override_settings

    client = _editor()
    figures: Figures = {}
    for name, text in WORDS.items():
        sides: dict[str, Callable[[], int]] = {
            "page": partial(_page, client, text),
            "found": partial(_found, text),
            "like": partial(_like, WORDS["marks"]),
        }
        figures |= _figures(name, _times(sides))
    with override_settings(WAGTAILSEARCH_BACKENDS=STOCK, MODELSEARCH_BACKENDS=STOCK):
        stock = _milliseconds(partial(_page, client, WORDS["plain"]))
    return figures | {"office.stock": stock}


def _editor() -> Any:
    from django.contrib.auth import get_user_model
    from django.test import Client

    client = Client()
    client.force_login(get_user_model().objects.create_superuser("phep-do", "", "x"))
    return client


def _page(client: Any, text: str) -> int:
    """The page of answers; how many it says there are."""
    from django.urls import reverse

    answer = client.get(reverse("wagtailadmin_pages:search"), {"q": text})
    return int(answer.context_data["items_count"])


def _found(text: str) -> int:
    """The search alone: the first twenty, and how many."""
    from wagtail.models import Page

    found = Page.objects.autocomplete(text)
    list(found[:HITS])
    return int(found.count())


def _like(text: str) -> int:
    """The same by `icontains` on the title, as without an index."""
    from wagtail.models import Page

    found = Page.objects.filter(title__icontains=text)
    list(found[:HITS])
    return found.count()


def _times(sides: dict[str, Callable[[], int]]) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {side: [] for side in sides}
    for _round in range(WARM + ASKED):
        for side, ask in sides.items():
            times[side].append(_milliseconds(ask))
    return {side: taken[WARM:] for side, taken in times.items()}


def _milliseconds(ask: Callable[[], int]) -> float:
    started = time.perf_counter()
    found = ask()
    taken = (time.perf_counter() - started) * 1000
    if found < PAGES:
        raise DifferentCountError(found)
    return taken


def _figures(name: str, times: dict[str, list[float]]) -> Figures:
    found: Figures = {}
    for side, taken in times.items():
        found[f"office.{name}.{side}.median"] = statistics.median(taken)
        found[f"office.{name}.{side}.p95"] = statistics.quantiles(taken, n=20)[-1]
    return found


if __name__ == "__main__":
    main()
