"""The columns of the inbox, and the links that sort by them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from portal.forms.inbox import order
from portal.forms.inbox.narrowing import SORT, Narrowing


@dataclass(frozen=True, slots=True)
class Column:
    """A heading; `query` sorts by it, `direction` is the one of now as ARIA names it."""

    label: str
    query: str = ""
    direction: str = ""


def columns(narrowing: Narrowing) -> list[Column]:
    """In the order of the table."""
    return [
        Column(_("Reference")),
        _sorting(narrowing, _("Full name"), order.NAME),
        Column(_("Form")),
        _sorting(narrowing, _("Commune, village"), order.COMMUNE),
        _sorting(narrowing, _("Sent"), order.DATE),
        _sorting(narrowing, _("Waiting"), order.AGE),
        _sorting(narrowing, _("State"), order.STATE),
        Column(_("Filled in by")),
    ]


def _sorting(narrowing: Narrowing, label: str, name: str) -> Column:
    """A second click turns the order round; waiting begins with the longest."""
    first, second = (f"-{name}", name) if name == order.AGE else (name, f"-{name}")
    changes: dict[str, Any] = {SORT: second if narrowing.sort == first else first}
    if narrowing.sort.removeprefix("-") != name:
        return Column(label, narrowing.query(**changes))
    downward = narrowing.sort.startswith("-")
    return Column(label, narrowing.query(**changes), "descending" if downward else "ascending")
