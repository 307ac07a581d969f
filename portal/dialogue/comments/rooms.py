"""Which pages take comments and ratings now: their type says so, the editor, and the portal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import JSONField, Model, OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.http import Http404, HttpRequest
from wagtail.models import Page

from portal.dialogue.comments.models import DialogueSettings, Thread
from portal.home import columns
from portal.home.base import is_open
from portal.home.tree import tree_of


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of page with a public part; `during` says whether its own period runs."""

    during: Callable[[Page], bool]
    rated: bool


@dataclass(frozen=True, slots=True)
class Room:
    """The public part of one page as it is now."""

    page: Page
    thread: Thread
    takes_comments: bool
    takes_ratings: bool

    @property
    def path(self) -> str:
        """The page's address below its site, without slashes around it."""
        parts = self.page.get_url_parts()
        return str(parts[2] if parts else "").strip("/")


THREAD = ("comments_open", "comment_count", "rating_count", "rating_sum")
SWITCHES = ("comments_open", "ratings_open")
_kinds: dict[type[Page], Kind] = {}


def register(model: type[Page], during: Callable[[Page], bool], *, rated: bool = False) -> None:
    """Give the pages of a type a public part."""
    _kinds[model] = Kind(during, rated)


def models() -> tuple[type[Page], ...]:
    """The types of page that have one."""
    return tuple(_kinds)


def room_of(page: Page) -> Room | None:
    """The public part of a page; none of types without one."""
    kind = _kinds.get(type(page))
    if kind is None:
        return None
    thread, portal = _thread_of(page), _portal(page)
    comments = portal.comments_open and thread.comments_open and kind.during(page)
    return Room(page, thread, comments, kind.rated and portal.ratings_open)


def register_columns() -> None:
    """Thread and switches of the portal are read with every page that an address finds."""
    columns.register("thread", lambda: _as_json(THREAD, Thread, page=OuterRef("pk")))
    columns.register("latest", _latest)
    columns.register("dialogue", lambda: _as_json(SWITCHES, DialogueSettings))


def _as_json(names: Sequence[str], model: type[Model], **which: Any) -> Subquery:
    rows = model._default_manager.filter(**which).order_by("pk")
    return Subquery(rows.values(json=JSONObject(**{name: name for name in names}))[:1])


def _latest() -> Subquery:
    rows = Thread.objects.filter(page=OuterRef("pk"))
    return Subquery(rows.values("latest")[:1], output_field=JSONField())


def _thread_of(page: Page) -> Thread:
    """As it was read with the page, else asked for; an empty one for pages without any."""
    known, latest = columns.of(page, "thread"), columns.of(page, "latest")
    if known is columns.MISSING:
        return Thread.objects.filter(page=page.pk).first() or Thread(page=page)
    return Thread(page=page, latest=latest or [], **(known or {}))


def _portal(page: Page) -> DialogueSettings:
    known = columns.of(page, "dialogue")
    if known is columns.MISSING:
        return DialogueSettings.current()
    return DialogueSettings(**(known or {}))


def room_at(request: HttpRequest, path: str) -> Room:
    """The public part of the public page at an address; anything else is not found."""
    home = tree_of(request).home
    root, way = home.url_path if home else "-", path.replace("\x00", "").strip("/")
    pages = Page.objects.live().filter(is_open(), url_path=f"{root}{way}/")
    found = pages.first()
    room = room_of(found.specific) if found else None
    if room is None:
        raise Http404
    return room
