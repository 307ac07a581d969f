"""`/so-do-cong/`: the public pages as a tree, so deep and so broad that it can be read."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import F, Value, Window
from django.db.models.functions import Length, RowNumber, Substr
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.models import Page

from portal.home.base import is_open
from portal.home.tree import tree_of

LEVELS = 2
MOST_BESIDE = 20
MOST_IN_ALL = 1500


@dataclass(slots=True)
class Node:
    """A page with those below it; `more` says that not all of them are listed."""

    title: str
    url: str
    below: list[Node] = field(default_factory=list)
    more: bool = False


@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    """The tree of the language that was asked; one query, whatever the number of pages."""
    home = tree_of(request).home
    nodes = _nodes(request, home) if home is not None else []
    return render(request, "home/site_map.html", {"nodes": nodes})


def _nodes(request: HttpRequest, home: Page) -> list[Node]:
    top = Node(home.title, home.get_url(request) or "/")
    known = {home.path: top}
    for page in _shown(home):
        above = known.get(page.path[: -Page.steplen])
        if above is None:
            continue
        if page.place > MOST_BESIDE:
            above.more = True
            continue
        node = Node(page.title, page.get_url(request) or "/")
        known[page.path] = node
        above.below.append(node)
    return top.below


def _shown(home: Page) -> list[Page]:
    """The first pages below each page, and one more that tells of the rest."""
    parent = Substr("path", Value(1), Length("path") - Value(Page.steplen))
    place = Window(RowNumber(), partition_by=parent, order_by=F("path").asc())
    pages = (
        Page.objects.descendant_of(home)
        .live()
        .filter(is_open(), depth__lte=home.depth + LEVELS)
        .annotate(place=place)
        .filter(place__lte=MOST_BESIDE + 1)
        .order_by("path")
    )
    return list(pages[:MOST_IN_ALL])
