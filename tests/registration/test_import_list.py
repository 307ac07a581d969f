"""The command: its result on stdout, its errors on stderr, nothing half done."""

from __future__ import annotations

import io
import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from portal.jobs import clock
from portal.registration import services
from portal.registration.models import ListEntry, ListEvent, PublishedList
from search.models import OutboxRow
from tests.registration.conftest import MONDAY, ROWS, Workbook

pytestmark = [pytest.mark.once, pytest.mark.usefixtures("units")]
CREATE = ("--list", "ho-ngheo", "--create", "Hộ nghèo 2026")


def run(path: Path, *words: str) -> tuple[dict[str, Any], str]:
    out, err = io.StringIO(), io.StringIO()
    call_command("import_list", str(path), *words, stdout=out, stderr=err)
    result: dict[str, Any] = json.loads(out.getvalue())
    return result, err.getvalue()


def refuse(path: Path, *words: str) -> str:
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises(CommandError) as refused:
        call_command("import_list", str(path), *words, stdout=out, stderr=err)
    assert out.getvalue() == ""
    return f"{err.getvalue()}\n{refused.value}"


def test_a_list_is_made_filled_and_published_for_three_working_days(workbook: Workbook) -> None:
    result, progress = run(workbook(), *CREATE, "--publish")
    assert result == {
        "list": "ho-ngheo",
        "state": "published",
        "rows": 3,
        "poor": 1,
        "near_poor": 2,
        "from": "2026-11-23",
        "until": "2026-11-26",
        "ignored": ["STT"],
        "warnings": 0,
        "dry_run": False,
    }
    assert "STT" in progress
    assert ListEntry.objects.count() == 3


def test_without_publish_the_list_stays_a_draft(workbook: Workbook) -> None:
    result, _progress = run(workbook(), *CREATE)
    assert (result["state"], result["from"], result["until"]) == ("draft", None, None)
    assert not OutboxRow.objects.filter(kind="list_entry").exists()


@pytest.mark.parametrize("days", [("2026-11-25", "2026-12-31"), ("25/11/2026", "31/12/2026")])
def test_the_window_is_taken_in_both_ways_of_writing_days(
    workbook: Workbook, days: tuple[str, str]
) -> None:
    words = ("--from", days[0], "--until", days[1], "--publish")
    result, _progress = run(workbook(), *CREATE, *words)
    assert (result["from"], result["until"]) == ("2026-11-25", "2026-12-31")


def test_a_second_import_replaces_the_rows(workbook: Workbook) -> None:
    run(workbook(), *CREATE, "--publish")
    result, _progress = run(workbook(ROWS[:1]), "--list", "ho-ngheo", "--publish")
    assert (result["rows"], result["state"]) == (1, "published")
    assert [entry.head_name for entry in ListEntry.objects.all()] == ["Nguyễn Văn An"]


def test_run_again_after_a_kill_it_ends_as_if_it_ran_once(
    workbook: Workbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_args: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(services, "publish_list", killed)
        with pytest.raises(KeyboardInterrupt):
            run(workbook(), *CREATE, "--publish")
    assert not PublishedList.objects.exists()
    first, _progress = run(workbook(), *CREATE, "--publish")
    again, _progress = run(workbook(), *CREATE, "--publish")
    assert first == again
    assert ListEntry.objects.count() == 3


def test_a_dry_run_changes_nothing(workbook: Workbook) -> None:
    result, _progress = run(workbook(), *CREATE, "--publish", "--dry-run")
    assert (result["rows"], result["dry_run"]) == (3, True)
    assert not PublishedList.objects.exists()
    assert not ListEvent.objects.exists()
    assert not OutboxRow.objects.exists()


def test_one_bad_row_and_nothing_is_published(workbook: Workbook) -> None:
    bad = [*ROWS, (4, "Lý A 1", "Thôn Bòng", "Tân Trào", "khá giả")]
    said = refuse(workbook(bad), *CREATE, "--publish")
    assert re.search(r"Danh sách, \w+ 5, Họ và tên chủ hộ: \w", said)
    assert re.search(r"Danh sách, \w+ 5, Diện: \w", said)
    assert "Lý A 1" not in said
    assert not PublishedList.objects.exists()


def test_bad_rows_leave_a_public_list_as_it_was(workbook: Workbook) -> None:
    run(workbook(), *CREATE, "--publish")
    before = PublishedList.objects.get().version
    refuse(workbook([(1, "Lý A 1", "Bòng", "Tân Trào", "nghèo")]), "--list", "ho-ngheo")
    assert PublishedList.objects.get().version == before
    assert ListEntry.objects.count() == 3


def test_a_withdrawn_list_is_not_filled_again(workbook: Workbook) -> None:
    run(workbook(), *CREATE, "--publish")
    with clock.frozen(MONDAY + timedelta(days=5)):
        services.withdraw_expired()
        refuse(workbook(), "--list", "ho-ngheo", "--publish")
    assert not ListEntry.objects.exists()


@pytest.mark.parametrize(
    "words",
    [
        ("--list", "khong-co"),
        ("--list", "Không phải địa chỉ", "--create", "X"),
        (*CREATE, "--from", "32/13/2026", "--publish"),
        (*CREATE, "--until", "2026-11-01", "--publish"),
    ],
)
def test_wrong_options_are_a_plain_sentence(workbook: Workbook, words: tuple[str, ...]) -> None:
    said = refuse(workbook(), *words)
    assert "Traceback" not in said
    assert not PublishedList.objects.exists()


@pytest.mark.parametrize(
    "words",
    [
        ("--from", "2026-12-02", "--until", "2026-12-01"),
        ("--from", "2026-12-02"),
        ("--until", "2026-11-20"),
        ("--from", "2026-11-23", "--until", "2026-11-22"),
    ],
)
def test_days_that_a_published_list_cannot_take_are_refused(
    workbook: Workbook, words: tuple[str, ...]
) -> None:
    """They were passed over without a word, and the operator believed in them."""
    run(workbook(), *CREATE, "--publish")
    before = PublishedList.objects.values().get()
    refuse(workbook(ROWS[:1]), "--list", "ho-ngheo", "--publish", *words)
    assert PublishedList.objects.values().get() == before
    assert ListEntry.objects.count() == 3


def test_the_same_days_again_change_nothing(workbook: Workbook) -> None:
    words = (*CREATE, "--publish", "--from", "2026-11-23", "--until", "2026-11-30")
    first, _progress = run(workbook(), *words)
    again, _progress = run(workbook(), *words)
    assert first == again
    assert ListEvent.objects.filter(action="extended").count() == 0


def test_another_last_day_extends_a_published_list(workbook: Workbook) -> None:
    run(workbook(), *CREATE, "--publish")
    words = ("--publish", "--from", "2026-11-23", "--until", "2026-12-10")
    result, _progress = run(workbook(), "--list", "ho-ngheo", *words)
    assert (result["from"], result["until"]) == ("2026-11-23", "2026-12-10")


def test_a_list_whose_window_has_ended_is_not_published_again(workbook: Workbook) -> None:
    run(workbook(), *CREATE, "--publish")
    before = PublishedList.objects.values().get()
    with clock.frozen(MONDAY + timedelta(days=5)):
        refuse(workbook(), "--list", "ho-ngheo", "--publish")
    assert PublishedList.objects.values().get() == before


@pytest.mark.parametrize("words", [("--from", "2026-11-24"), ("--until", "2026-12-01")])
def test_days_without_publish_are_refused(workbook: Workbook, words: tuple[str, ...]) -> None:
    assert "--publish" in refuse(workbook(), *CREATE, *words)
    assert not PublishedList.objects.exists()


@pytest.mark.parametrize("day", ["31/12/9999", "9999-12-31", "0001-01-01", "1999-12-31"])
@pytest.mark.parametrize("option", ["--from", "--until"])
def test_days_at_the_ends_of_the_calendar_are_refused(
    workbook: Workbook, option: str, day: str
) -> None:
    assert "2100" in refuse(workbook(), *CREATE, "--publish", option, day)


@pytest.mark.parametrize(
    "words",
    [
        ("--list", "a" * 121, "--create", "X"),
        ("--list", "x", "--create", "Rất dài " * 30),
        ("--list", "x", "--create", "   "),
        ("--list", "x", "--create", "\u200b \x01"),
    ],
)
def test_a_title_or_address_without_room_is_a_sentence(
    workbook: Workbook, words: tuple[str, ...]
) -> None:
    """PostgreSQL ended with a traceback, SQLite made a list without a name."""
    refuse(workbook(), *words)
    assert not PublishedList.objects.exists()


def test_a_wrong_address_is_named_in_a_sentence_of_ours(workbook: Workbook) -> None:
    said = refuse(workbook(), "--list", "Khong Hop Le!", "--create", "X")
    assert "“Khong Hop Le!”" in said
    assert "slug" not in said


def test_a_file_that_is_none_is_not_said_to_have_errors_in_rows(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"%PDF-1.7")
    assert not re.search(r"\b1\b", refuse(tmp_path / "a.xlsx", *CREATE).splitlines()[-1])


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert "khong-co.xlsx" in refuse(tmp_path / "khong-co.xlsx", *CREATE)
