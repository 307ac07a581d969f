"""Days as people say them, moments as the clock compares them."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from portal.jobs import clock
from portal.registration import window
from portal.registration.errors import DayOutOfReachError, WindowError, WindowTooLongError

pytestmark = [pytest.mark.once, pytest.mark.django_db]

DAY = date(2026, 11, 23)


def test_the_last_day_ends_at_midnight_in_viet_nam() -> None:
    assert window.end_of(date(2026, 11, 26)) == datetime(2026, 11, 27, tzinfo=clock.ZONE)
    assert window.last_day(window.end_of(DAY)) == DAY


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (date(2026, 11, 23), date(2026, 11, 26)),
        (date(2026, 11, 26), date(2026, 12, 1)),
        (date(2026, 11, 28), date(2026, 12, 2)),
    ],
)
def test_three_working_days_pass_over_the_weekend(start: date, expected: date) -> None:
    assert window.default_days(start) == (start, expected)


def test_by_default_the_window_begins_today() -> None:
    assert window.default_days()[0] == DAY


@pytest.mark.parametrize(
    ("first", "last", "error"),
    [
        (date(2026, 11, 25), date(2026, 11, 24), WindowError),
        (date(2026, 11, 1), date(2026, 11, 22), WindowError),
        (DAY, date(2072, 11, 23), WindowTooLongError),
    ],
)
def test_windows_that_end_early_or_never_are_refused(
    first: date, last: date, error: type[Exception]
) -> None:
    with pytest.raises(error) as refused:
        window.checked(first, last)
    assert str(refused.value)


def test_a_window_of_one_day_is_that_whole_day() -> None:
    assert window.checked(DAY, DAY) == (window.start_of(DAY), window.end_of(DAY))


@pytest.mark.parametrize("day", [date.min, date(1999, 12, 31), date(2101, 1, 1), date.max])
def test_a_day_at_the_ends_of_the_calendar_is_a_named_refusal(day: date) -> None:
    """Attack: the day after 31/12/9999 ended form and command with a traceback."""
    for call in (lambda: window.checked(day, day), lambda: window.default_days(day)):
        with pytest.raises(DayOutOfReachError) as refused:
            call()
        assert "2100" in str(refused.value)
