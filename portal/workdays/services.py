"""The days that the law fixes in the solar calendar, entered for the years that matter."""

from __future__ import annotations

from datetime import date

from portal.workdays.models import Holiday
from portal.workdays.years import years_that_matter

SOURCE = "Bộ luật Lao động 45/2019/QH14, Điều 112"
# Tết, Giỗ Tổ and the second day of National Day have no fixed place in the solar calendar.
FIXED = (
    (1, 1, "Tết Dương lịch"),
    (4, 30, "Ngày Chiến thắng"),
    (5, 1, "Ngày Quốc tế lao động"),
    (9, 2, "Quốc khánh"),
)


def is_fixed(day: date) -> bool:
    """Whether the law names this day and month."""
    return (day.month, day.day) in {(month, number) for month, number, _name in FIXED}


def enter_fixed_days() -> int:
    """Enter what is missing of them; how many that were. What stands is left as it is."""
    days = [
        Holiday(date=date(year, month, number), name=name, source=SOURCE)
        for year in years_that_matter()
        for month, number, name in FIXED
    ]
    standing = set(
        Holiday.objects.filter(date__in=[day.date for day in days]).values_list("date", flat=True)
    )
    missing = [day for day in days if day.date not in standing]
    # Two workers at once: the second one's rows are there already.
    Holiday.objects.bulk_create(missing, ignore_conflicts=True)
    return len(missing)
