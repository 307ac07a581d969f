"""`/lich-cong-tac/`: the weekly work schedule, this week first, others by their own address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import groupby
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, Panel
from wagtail.contrib.routable_page.models import path
from wagtail.models import Orderable, Page

from portal.home import calendar_file, weeks
from portal.home.base import (
    BasePage,
    OwnedPage,
    PortalPageForm,
    RoutableMixin,
    is_open,
    upkeep_panel,
)
from portal.jobs import clock

TEMPLATE = "home/schedule_page.html"
ALREADY_THERE = _("This week is there already; open it and go on writing there.")


class Weekday(models.IntegerChoices):
    """The days of a week as Python counts them."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the shown week with what is planned on it."""

    date: date
    label: str
    is_today: bool
    entries: list[ScheduleEntry]


class ScheduleIndexPage(OwnedPage):
    """The schedule (lịch công tác): shows the week of today."""

    template = TEMPLATE
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["home.ScheduleWeekPage"]

    introduction = models.TextField(_("introduction"), max_length=500, blank=True)

    content_panels: ClassVar[list[Panel]] = [
        *Page.content_panels,
        FieldPanel("introduction"),
        upkeep_panel(),
    ]

    class Meta:
        verbose_name = _("work schedule")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """`?tuan=2026-W48` leads to the page of that week, where one stands."""
        monday = weeks.monday_named(request.GET.get("tuan", ""))
        week = None if monday is None else weeks_of(self).filter(monday=monday).first()
        if week is not None:
            return HttpResponseRedirect(week.get_url(request) or "/")
        response: HttpResponse = super().serve(request, *args, **kwargs)
        return response

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """This week, or the sentence that nothing is entered for the week that was asked for."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        asked = weeks.monday_named(request.GET.get("tuan", ""))
        monday = asked or weeks.monday_of(clock.today())
        week = None if asked else weeks_of(self).filter(monday=monday).first()
        return context | surroundings(self, monday, week)


class ScheduleWeekForm(PortalPageForm):
    """Says at the field that a week is there already; the model would say it only when saving."""

    def clean(self) -> dict[str, Any]:
        """The Monday of the day that was typed, and whether its week is free."""
        values: dict[str, Any] = super().clean()
        day = values.get("monday")
        if day is not None and self.parent_page is not None:
            values["monday"] = weeks.monday_of(day)
            same = ScheduleWeekPage.objects.child_of(self.parent_page).filter(
                monday=values["monday"]
            )
            if same.exclude(pk=self.instance.pk).exists():
                self.add_error("monday", ALREADY_THERE)
        return values


class ScheduleWeekPage(RoutableMixin, BasePage):
    """One week of the schedule; its title and address are made of its Monday."""

    search_kind: ClassVar[str] = "schedule"
    template = TEMPLATE
    base_form_class = ScheduleWeekForm
    parent_page_types: ClassVar[list[str]] = ["home.ScheduleIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    monday = models.DateField(
        _("week"),
        db_index=True,
        help_text=_("Any day of the week; it is turned into its Monday."),
    )
    note = models.TextField(_("note above the schedule"), max_length=500, blank=True)

    content_panels: ClassVar[list[Panel]] = [
        FieldPanel("monday"),
        FieldPanel("note"),
        InlinePanel("entries", label=_("Entry of the schedule")),
    ]
    promote_panels: ClassVar[list[Panel]] = [
        MultiFieldPanel([FieldPanel("search_description")], _("For search engines"))
    ]

    class Meta:
        verbose_name = _("week of the schedule")

    def _set_core_field_defaults(self) -> None:
        if self.monday:
            self.monday = weeks.monday_of(self.monday)
            with translation.override(self.locale.language_code if self.locale_id else "vi"):
                self.title = weeks.title_of(self.monday)
            self.slug = weeks.name_of(self.monday).lower()
        super()._set_core_field_defaults()

    def clean(self) -> None:
        """A week stands once: its address is the week."""
        try:
            super().clean()
        except ValidationError as error:
            if "slug" not in error.message_dict:
                raise
            raise ValidationError({"monday": ALREADY_THERE}) from error

    @path("")
    def shown(self, request: HttpRequest) -> HttpResponse:
        """The week."""
        index = self.get_parent()
        response: HttpResponse = self.render(
            request, context_overrides=surroundings(index, self.monday, self)
        )
        return response

    @path("ics/", name="ics")
    def calendar(self, request: HttpRequest) -> HttpResponse:
        """The week for a calendar program."""
        events = [calendar_file.event(day.date, each) for day in self.days for each in day.entries]
        text = calendar_file.calendar(self.title, events, request.get_host(), clock.now())
        response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="lich-cong-tac-{self.slug}.ics"'
        return response

    @property
    def days(self) -> list[Day]:
        """The days on which something is planned, in order, each sorted by the hour."""
        today = clock.today()
        entries = sorted(self.entries.all(), key=ScheduleEntry.in_order)
        return [
            Day(on, str(Weekday(day).label), on == today, list(found))
            for day, found in groupby(entries, key=lambda entry: entry.day)
            if (on := self.monday + timedelta(days=day))
        ]


class ScheduleEntry(Orderable):
    """One entry: when, what, who chairs, where, who takes part."""

    page = ParentalKey(ScheduleWeekPage, on_delete=models.CASCADE, related_name="entries")
    day = models.PositiveSmallIntegerField(_("day of the week"), choices=Weekday.choices, default=0)
    starts_at = models.TimeField(_("from (time)"), null=True, blank=True)
    ends_at = models.TimeField(_("until (time)"), null=True, blank=True)
    content = models.CharField(_("content of the work"), max_length=500)
    chair = models.CharField(_("chaired by"), max_length=200, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    participants = models.CharField(_("participants"), max_length=500, blank=True)

    panels: ClassVar[list[Panel]] = [
        FieldRowPanel([FieldPanel("day"), FieldPanel("starts_at"), FieldPanel("ends_at")]),
        FieldPanel("content"),
        FieldRowPanel([FieldPanel("chair"), FieldPanel("place")]),
        FieldPanel("participants"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("entry of the schedule")

    def __str__(self) -> str:
        return self.content

    def clean(self) -> None:
        """An end has a beginning before it."""
        super().clean()
        if self.ends_at and (self.starts_at is None or self.ends_at <= self.starts_at):
            raise ValidationError({"ends_at": _("The end is not after the beginning.")})

    def in_order(self) -> tuple[int, time, int]:
        """By day and hour; what has no hour comes first."""
        return (self.day, self.starts_at or time.min, self.sort_order or 0)


def weeks_of(index: Page) -> Any:
    """The weeks that anybody may see."""
    return ScheduleWeekPage.objects.child_of(index).live().filter(is_open())


def surroundings(index: Page, monday: date, week: ScheduleWeekPage | None) -> dict[str, Any]:
    """The shown week between its neighbours; only weeks that stand are linked."""
    shown = weeks_of(index)
    return {
        "index": index,
        "week": week,
        "week_title": weeks.title_of(monday),
        "earlier": shown.filter(monday__lt=monday).order_by("-monday").first(),
        "later": shown.filter(monday__gt=monday).order_by("monday").first(),
        "is_this_week": monday == weeks.monday_of(clock.today()),
    }
