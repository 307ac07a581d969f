"""`/rss/`: every feed of the portal; the rooms above name theirs here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.home.tree import tree_of


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed: what it tells of, and where it is."""

    title: str
    url: str


Source = Callable[[HttpRequest], Iterable[Feed]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """`source(request)` gives the feeds of a room; called from its `ready()`."""
    if source not in _sources:
        _sources.append(source)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All feeds by room, and what a feed is for."""
    tree_of(request)
    feeds = [feed for source in _sources for feed in source(request)]
    origin = request.build_absolute_uri("/").rstrip("/")
    return render(request, "home/feeds.html", {"feeds": feeds, "origin": origin})
