"""What a campaign says of itself: its state by the calendar, its figures, what is not known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.areas.models import Level
from portal.labour import queries

if TYPE_CHECKING:
    from portal.areas.models import Unit
    from portal.labour.pages import CampaignFigure, CampaignPage


NO_BREAK = "\u00a0"  # in a narrow column of figures


class State(models.TextChoices):
    """Where a campaign stands; the values are the classes of the tags."""

    AHEAD = "chua", _("not begun")
    RUNNING = "con", _("collecting")
    OVER = "xong", _("collection over")


SENTENCES = {
    State.AHEAD: _("Collection begins on %(first)s and lasts until the end of %(last)s."),
    State.RUNNING: _("Collection is under way until the end of %(last)s."),
    State.OVER: _("Collection is over; it ran from %(first)s to %(last)s."),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A unit of the map of the campaign's time; an empty figure was not made public."""

    name: str
    communes: int
    target: int | None
    collected: int | None

    @property
    def target_words(self) -> str:
        """The target, or that it was not made public."""
        return in_words(self.target)

    @property
    def collected_words(self) -> str:
        """What was collected, or that it was not made public."""
        return in_words(self.collected)


@dataclass(frozen=True, slots=True)
class Table:
    """The units, and what of the whole target no unit's figure says."""

    rows: list[Row]
    communes: int
    rest: int | None

    @property
    def rest_words(self) -> str:
        """The difference in words."""
        return in_words(self.rest)

    @property
    def has_collected(self) -> bool:
        """Whether anything was reported by unit."""
        return any(row.collected is not None for row in self.rows)


def units_of_a_campaign() -> Q:
    """The province's communes of today, and the districts that they came from.

    A campaign keeps the units of its time (design decision 14): those of 2024 went on 1 July 2025.
    """
    communes = Q(level=Level.COMMUNE, valid_to=None, parent__code=settings.PROVINCE_CODE)
    came_here = Q(children__successors__parent__code=settings.PROVINCE_CODE)
    return communes | (Q(level=Level.DISTRICT) & came_here)


def state_on(starts: date, ends: date, on: date) -> State:
    """The state on a day; first and last day are included."""
    if on < starts:
        return State.AHEAD
    return State.RUNNING if on <= ends else State.OVER


def sentence(state: State, starts: date, ends: date) -> str:
    """The state in a sentence."""
    days = {"first": date_format(starts, "d/m/Y"), "last": date_format(ends, "d/m/Y")}
    return str(SENTENCES[state]) % days


def table_of(page: CampaignPage) -> Table:
    """The figures by unit. What is missing stays missing; only the difference is computed."""
    figures: list[CampaignFigure] = list(page.figures.all())
    units = queries.units_with_communes(figure.unit_id for figure in figures)
    rows = [_row(figure, units[figure.unit_id]) for figure in figures if figure.unit_id in units]
    communes = sum(row.communes for row in rows)
    return Table(rows, communes, rest(page.target, (row.target for row in rows)))


def _row(figure: CampaignFigure, unit: Unit) -> Row:
    return Row(str(unit), getattr(unit, "communes", 0), figure.target, figure.collected)


def rest(target: int | None, parts: Iterable[int | None]) -> int | None:
    """What is left of a target for the units without one; `None` when nothing is left to say."""
    known = list(parts)
    if target is None or None not in known or all(part is None for part in known):
        return None
    return target - sum(part or 0 for part in known)


def in_words(number: int | None) -> str:
    """31369 as `31.369`; an empty figure is never filled in by guessing."""
    if number is None:
        return gettext("not made public").replace(" ", NO_BREAK)
    return number_format(number, force_grouping=True)


def progress(page: CampaignPage) -> str:
    """`12.000 of 31.369 persons`, as far as it is known."""
    values = {"target": in_words(page.target), "collected": in_words(page.collected)}
    if page.target is None:
        return gettext("The target has not been made public.")
    if page.collected is None:
        return gettext("Target: %(target)s persons") % values
    return gettext("%(collected)s of %(target)s persons") % values
