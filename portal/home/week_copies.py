"""The next week of the schedule out of a standing one: most of a week comes again."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from portal.home import weeks
from portal.home.schedule import ScheduleWeekPage

A_WEEK = timedelta(days=weeks.DAYS)


@transaction.atomic
def copy_to_next_week(week: ScheduleWeekPage, by: AbstractBaseUser) -> ScheduleWeekPage:
    """A draft with the same entries, in the first week after this one that is free."""
    siblings = ScheduleWeekPage.objects.sibling_of(week)
    taken = set(siblings.filter(monday__gt=week.monday).values_list("monday", flat=True))
    monday = week.monday + A_WEEK
    while monday in taken:
        monday += A_WEEK
    named = {"monday": monday, "slug": weeks.name_of(monday).lower(), "note": ""}
    made: ScheduleWeekPage = week.copy(
        update_attrs={**named, "title": weeks.title_of(monday)},
        copy_revisions=False,
        keep_live=False,
        user=by,
    )
    return made
