"""Until when a data subject must be answered and served (NĐ 356/2025/NĐ-CP).

The answer, which says what will be done and when, is due in working days; the act in days.
Only weekends are skipped: there is no holiday calendar yet.
"""

from __future__ import annotations

from datetime import date, timedelta

SATURDAY = 5
ANSWER_WORKING_DAYS = 2
ACT_DAYS = {"see": 10, "correct": 10, "delete": 20, "withdraw": 15}


def answer_by(sent_on: date) -> date:
    """The last day for the answer: the second working day after the request came."""
    day, left = sent_on, ANSWER_WORKING_DAYS
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < SATURDAY
    return day


def act_by(kind: str, sent_on: date) -> date:
    """The last day for what was asked."""
    return sent_on + timedelta(days=ACT_DAYS[kind])


def working_days_left(until: date, today: date) -> int:
    """Working days after today up to the last one; negative when it has passed."""
    early, late = sorted((until, today))
    span = (late - early).days
    count = sum((early + timedelta(days=n)).weekday() < SATURDAY for n in range(1, span + 1))
    return count if until >= today else -count
