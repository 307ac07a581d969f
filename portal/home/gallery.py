"""Every piece of the public design in every state, on one page for editors and designers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

EDITING = ("add", "change", "publish")


@dataclass(frozen=True, slots=True)
class State:
    """A piece as it looks with some values."""

    label: Any
    context: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Piece:
    """A template of the design; `states` is called for each view, so that it may read the clock."""

    name: str
    title: Any
    template: str
    states: Callable[[], Sequence[State]]


_pieces: dict[str, Piece] = {}


def register(piece: Piece) -> None:
    """Called by the room that owns the template."""
    _pieces[piece.name] = piece


def pieces() -> list[Piece]:
    """All of them, by name."""
    return [_pieces[name] for name in sorted(_pieces)]


def sample_page(title: str, **values: Any) -> Page:
    """What stands for a page in a sample: it is not stored and leads nowhere."""
    page = Page(title=title)
    for name, value in {"get_url": lambda request=None: "#", **values}.items():
        setattr(page, name, value)
    return page


@xframe_options_sameorigin
def show(request: HttpRequest) -> HttpResponse:
    """`/quan-tri/giao-dien/`: for whoever edits pages, in the public frame."""
    if not PagePermissionPolicy().user_has_any_permission(request.user, EDITING):
        raise PermissionDenied
    shown = [(piece, piece.states()) for piece in pieces()]
    context = {"shown": shown, "name": _("Pieces of the design")}
    return render(request, "home/gallery.html", context)
