"""Which pages take comments and ratings now: their type says so, the editor, and the portal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import Http404, HttpRequest
from wagtail.models import Page

from portal.dialogue.comments.models import DialogueSettings, Thread
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
        """The page's address without slashes around it."""
        return str(self.page.url).strip("/")


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
    thread = Thread.objects.filter(page=page.pk).first() or Thread(page=page)
    portal = DialogueSettings.current()
    comments = portal.comments_open and thread.comments_open and kind.during(page)
    return Room(page, thread, comments, kind.rated and portal.ratings_open)


def room_at(request: HttpRequest, path: str) -> Room:
    """The public part of the public page at an address; anything else is not found."""
    home = tree_of(request).home
    root = home.url_path if home else "-"
    pages = Page.objects.live().filter(is_open(), url_path=f"{root}{path.strip('/')}/")
    found = pages.first()
    room = room_of(found.specific) if found else None
    if room is None:
        raise Http404
    return room
