"""Until when a data subject must be answered and served (NĐ 356/2025/NĐ-CP).

The answer, which says what will be done and when, is due in working days; the act in days.
"""

from __future__ import annotations

from datetime import date, timedelta

from portal.workdays.days import add_working_days

ANSWER_WORKING_DAYS = 2
ACT_DAYS = {"see": 10, "correct": 10, "delete": 20, "withdraw": 15}


def answer_by(sent_on: date) -> date:
    """The last day for the answer: the second working day after the request came."""
    return add_working_days(sent_on, ANSWER_WORKING_DAYS)


def act_by(kind: str, sent_on: date) -> date:
    """The last day for what was asked."""
    return sent_on + timedelta(days=ACT_DAYS[kind])
