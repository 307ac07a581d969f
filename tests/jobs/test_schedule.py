"""What the clock starts: once when due, whatever the others do."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.apps import apps

from portal.jobs import clock, register_schedule, registry
from portal.jobs.models import ScheduledRun
from portal.jobs.schedule import run_due

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=clock.ZONE)


@pytest.fixture
def ran() -> list[datetime]:
    """When the hourly entry ran."""
    moments: list[datetime] = []
    register_schedule("hourly", lambda: moments.append(clock.now()), every=HOUR)
    return moments


def at(*moments: datetime) -> list[list[str]]:
    """The names that ran at each moment."""
    names = []
    for moment in moments:
        with clock.frozen(moment):
            names.append(run_due())
    return names


def test_an_entry_runs_first_at_once_and_then_when_it_is_due(ran: list[datetime]) -> None:
    offsets = (0, 1, 59, 60, 61, 119, 120)
    at(*[NOON + timedelta(minutes=minutes) for minutes in offsets])
    assert ran == [NOON, NOON + HOUR, NOON + 2 * HOUR]


def test_what_was_missed_is_run_once(ran: list[datetime]) -> None:
    at(NOON, NOON + 30 * HOUR, NOON + 30 * HOUR)
    assert ran == [NOON, NOON + 30 * HOUR]


def test_what_another_worker_has_claimed_is_not_run(ran: list[datetime]) -> None:
    ScheduledRun.objects.create(name="hourly", last_run=NOON)
    assert at(NOON + timedelta(minutes=5)) == [[]]
    assert ran == []


def test_a_clock_that_was_set_back_does_not_stop_the_schedule(ran: list[datetime]) -> None:
    """After a demonstration in 2027, publications still end on their day."""
    at(NOON + timedelta(days=70), NOON)
    assert len(ran) == 2


def test_the_clock_of_another_host_may_be_a_little_ahead(ran: list[datetime]) -> None:
    ScheduledRun.objects.create(name="hourly", last_run=NOON + timedelta(seconds=30))
    assert at(NOON) == [[]]


def test_an_entry_that_fails_is_kept_and_does_not_stop_the_others(ran: list[datetime]) -> None:
    def fail() -> None:
        raise RuntimeError("broken")

    registered = dict(registry.scheduled())
    registry._schedule.clear()
    register_schedule("broken", fail, every=HOUR)
    registry._schedule.update(registered)
    assert at(NOON) == [["broken", "hourly"]]
    assert ScheduledRun.objects.get(name="broken").error == "RuntimeError: broken"
    assert ran == [NOON]


def test_an_entry_that_works_again_has_no_error() -> None:
    divisors = [1, 0]
    register_schedule("shaky", lambda: 1 // divisors.pop(), every=HOUR)
    at(NOON, NOON + HOUR)
    assert ScheduledRun.objects.get(name="shaky").error == ""


def test_pages_are_published_and_lost_tasks_found_each_minute_and_old_ones_go_each_day() -> None:
    apps.get_app_config("jobs").ready()
    every = {name: entry.every for name, entry in registry.scheduled().items()}
    assert every["publish_scheduled"] == timedelta(minutes=1)
    assert every["tasks_again"] == timedelta(minutes=1)
    assert every["prune_tasks"] == timedelta(days=1)
    assert at(NOON) == [["tasks_again", "publish_scheduled", "prune_tasks"]]
    assert set(ScheduledRun.objects.values_list("error", flat=True)) == {""}
