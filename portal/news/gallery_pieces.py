"""Samples of the rows that lists of news and documents are made of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.home.gallery import Piece, State, register, sample_page
from portal.home.gallery_pieces import LONGEST
from portal.home.models import PortalImage
from portal.jobs import clock
from portal.news.states import State as Validity

MOMENT = datetime(2024, 9, 23, 20, 6, tzinfo=clock.ZONE)


def register_pieces() -> None:
    """Called once from the app's `ready()`."""
    for name, title, states in (
        ("article_row", gettext_lazy("Row of an article"), _articles),
        ("document_row", gettext_lazy("Row of an official document"), _documents),
    ):
        register(Piece(name, title, f"components/{name}.html", states))


def _article(title: str = "Các xã hoàn thành họp thôn (mẫu)", **values: Any) -> dict[str, Any]:
    row = {"section": sample_page("Giảm nghèo"), "published_at": MOMENT, "image": None}
    return {"article": sample_page(title, **row | values)}


def _articles() -> Sequence[State]:
    picture = PortalImage.objects.order_by("pk").first()
    return [
        State(_("Without a picture"), _article()),
        *([State(_("With a picture"), _article(image=picture))] if picture else []),
        State(_("With the longest title"), _article(title=LONGEST, section=None)),
    ]


def _document(state: Validity, title: str = "Kế hoạch mẫu", **values: Any) -> dict[str, Any]:
    row = {
        "number_text": "167/KH-UBND",
        "state": state.value,
        "state_label": state.label,
        "issuer": SimpleNamespace(name="Ủy ban nhân dân tỉnh"),
        "issued_on": MOMENT.date(),
        "first_file": SimpleNamespace(kind="PDF", pages=9),
    }
    return {"document": sample_page(title, **row | values)}


def _documents() -> Sequence[State]:
    bare: dict[str, Any] = {
        "number_text": "",
        "title": LONGEST,
        "issued_on": None,
        "first_file": None,
    }
    return [
        *(State(state.label, _document(state)) for state in Validity),
        State(_("Without number, date and file"), _document(Validity.IN_FORCE, **bare)),
    ]
