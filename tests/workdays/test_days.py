"""Deadlines in working days: weekends, holidays and days of exchange."""

from __future__ import annotations

from datetime import date

import pytest

from portal.jobs import clock
from portal.privacy import deadlines
from portal.privacy.models import SubjectRequest
from portal.registration import window
from portal.workdays import services
from portal.workdays.checks import check_years
from portal.workdays.days import add_working_days, read_days, working_days_left
from portal.workdays.models import Holiday
from portal.workdays.years import on_weekends, thin_years
from tests.areas.builders import make_province

pytestmark = [pytest.mark.django_db, pytest.mark.once]
SOURCE = "Thông báo thử"
DATABASES = ["default"]
# A long leave as announced: five days off in a row, paid for with a Saturday.
TET = [date(2027, 2, day) for day in (4, 5, 8, 9, 10)]
EXCHANGED = date(2027, 2, 13)


@pytest.fixture
def leave() -> None:
    """Days off from Thursday to Wednesday, a working Saturday after them."""
    for day in TET:
        Holiday.objects.create(date=day, name="Nghỉ Tết", source=SOURCE)
    Holiday.objects.create(date=EXCHANGED, name="Làm bù", kind="working", source=SOURCE)


@pytest.mark.usefixtures("leave")
@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (date(2027, 2, 1), 2, date(2027, 2, 3)),
        (date(2027, 2, 3), 1, date(2027, 2, 11)),
        (date(2027, 2, 5), 3, EXCHANGED),
        (date(2027, 2, 12), 2, date(2027, 2, 15)),
        (date(2027, 2, 6), 0, date(2027, 2, 6)),
    ],
)
def test_days_off_are_passed_over_and_days_of_exchange_count(
    start: date, count: int, end: date
) -> None:
    assert add_working_days(start, count) == end


def test_without_entries_weekends_alone_are_passed_over() -> None:
    assert add_working_days(date(2026, 11, 27), 1) == date(2026, 11, 30)


@pytest.mark.usefixtures("leave")
def test_what_is_left_is_counted_the_same_way_forward_and_back() -> None:
    assert working_days_left(EXCHANGED, date(2027, 2, 3)) == 3
    assert working_days_left(date(2027, 2, 3), EXCHANGED) == -3
    assert working_days_left(date(2027, 2, 3), date(2027, 2, 3)) == 0


def test_nobody_counts_backward() -> None:
    with pytest.raises(ValueError, match="forward"):
        add_working_days(date(2027, 2, 1), -1)


@pytest.mark.usefixtures("leave")
def test_deadlines_of_other_rooms_know_the_leave() -> None:
    """Each had a rule of its own that knew weekends alone."""
    assert deadlines.answer_by(date(2027, 2, 3)) == date(2027, 2, 12)
    assert window.default_days(date(2027, 2, 3)) == (date(2027, 2, 3), EXCHANGED)
    request = SubjectRequest(state="received", answer_by=date(2027, 2, 12))
    with clock.frozen(window.start_of(date(2027, 2, 3))):
        assert request.days_left == 2


def test_many_requests_share_one_reading(django_assert_num_queries: object) -> None:
    rows = [SubjectRequest(state="received", answer_by=date(2027, 2, 12)) for _row in range(5)]
    with django_assert_num_queries(1):  # type: ignore[operator]
        calendar = read_days()
        for row in rows:
            row.calendar = calendar
            assert row.days_left


def test_days_that_the_law_fixes_are_entered_once() -> None:
    """Four of eleven: the others are announced for each year."""
    assert services.enter_fixed_days() == 8  # in November the next year matters too
    assert services.enter_fixed_days() == 0
    found = Holiday.objects.filter(date__year=2027).values_list("date", flat=True)
    assert {f"{day:%d/%m}" for day in found} == {"01/01", "30/04", "01/05", "02/09"}
    assert set(Holiday.objects.values_list("source", flat=True)) == {services.SOURCE}


def test_an_entry_of_the_operator_is_left_as_it_is() -> None:
    Holiday.objects.create(date=date(2027, 1, 1), name="Tết dương lịch 2027", source=SOURCE)
    services.enter_fixed_days()
    assert Holiday.objects.get(date=date(2027, 1, 1)).name == "Tết dương lịch 2027"


def test_a_year_with_missing_days_is_told_by_the_check() -> None:
    make_province()
    services.enter_fixed_days()
    found = check_years(databases=DATABASES)
    assert [warning.id for warning in found] == ["workdays.W001"] * 2
    assert "11 holidays of 2027 4 are entered" in found[1].msg
    for number in range(1, 8):
        Holiday.objects.create(date=date(2027, 2, number), name="Tết", source=SOURCE)
    assert [year.year for year in thin_years()] == [2026]


def test_an_empty_portal_is_not_warned() -> None:
    assert check_years(databases=DATABASES) == []
    assert check_years(databases=None) == []


def test_a_day_off_on_a_weekend_is_named_until_its_substitute_is_entered() -> None:
    """1 May 2027 is a Saturday: Art. 111 of the Labour Code gives the Monday."""
    services.enter_fixed_days()
    assert [day.date for day in on_weekends()] == [date(2027, 5, 1)]
    Holiday.objects.create(date=date(2027, 5, 3), name="Nghỉ bù", source=SOURCE)
    assert on_weekends() == []
