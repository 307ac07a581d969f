"""A list is published, found by a name typed without accents, and gone when its window ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from portal.jobs import clock
from portal.registration import services
from portal.registration.models import PublishedList
from search.queries import ask
from search.upkeep import sweep
from tests.registration.conftest import MONDAY

pytestmark = pytest.mark.usefixtures("index_page")
ENDS = MONDAY.replace(hour=0) + timedelta(days=4)


def found(text: str) -> list[str]:
    return [hit.title for hit in ask(text, kinds=("list_entry",)).hits]


def test_a_name_without_accents_finds_its_household(
    published: PublishedList, drain: Callable[[], int]
) -> None:
    drain()
    assert set(found("nguyen van an")) == {"Nguyễn Văn An", "Nguyễn Văn Ân"}
    assert found("Nguyễn Văn Ân")[0] == "Nguyễn Văn Ân"
    assert [hit.title for hit in ask("ho ngheo 2026", kinds=("published_list",)).hits] == [
        "Hộ nghèo năm 2026"
    ]


def test_one_word_lists_nobody(published: PublishedList, drain: Callable[[], int]) -> None:
    """Attack: a list is drained by its most frequent family name."""
    drain()
    assert found("nguyen") == []


def test_the_end_of_the_window_is_obeyed_by_search_before_the_worker_ran(
    published: PublishedList, drain: Callable[[], int]
) -> None:
    drain()
    with clock.frozen(ENDS - timedelta(seconds=1)):
        assert found("nguyen van an")
    with clock.frozen(ENDS):
        assert found("nguyen van an") == []


def test_after_withdrawal_the_index_holds_nothing_of_the_list(
    published: PublishedList, drain: Callable[[], int]
) -> None:
    drain()
    with clock.frozen(ENDS):
        services.withdraw_expired()
        drain()
        report = sweep()
    assert (report.missing, report.stale, report.left_behind) == (0, 0, 0)
    assert found("nguyen van an") == []


def test_replaced_rows_leave_the_index(
    draft: PublishedList, drain: Callable[[], int], published: PublishedList
) -> None:
    drain()
    rows = list(published.entries.filter(head_name="Ma Thị Đức"))
    kept = [
        services.EntryRow(row.head_name, row.village_text, row.commune, row.classification)
        for row in rows
    ]
    services.import_rows(published, kept, None)
    drain()
    assert found("nguyen van an") == []
    assert found("ma thi duc") == ["Ma Thị Đức"]
