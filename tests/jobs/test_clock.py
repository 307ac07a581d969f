"""One clock for everything, which tests and demonstrations can set."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from portal.jobs import clock

pytestmark = pytest.mark.once
ROOT = Path(__file__).resolve().parents[2]
SCRIPT = "from portal.jobs import clock; print(clock.today(), clock.now().isoformat())"


def ask(value: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", f"from django.conf import settings; settings.configure(); {SCRIPT}"],
        cwd=ROOT,
        env=os.environ | {"PORTAL_CLOCK": value},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_day_changes_at_midnight_in_viet_nam() -> None:
    with clock.frozen(datetime(2026, 11, 23, 16, 59, tzinfo=UTC)):
        assert clock.today() == date(2026, 11, 23)
    with clock.frozen(datetime(2026, 11, 23, 17, 0, tzinfo=UTC)):
        assert clock.today() == date(2026, 11, 24)


def test_frozen_moments_can_be_nested_and_end() -> None:
    first, second = (datetime(2026, 1, day, tzinfo=UTC) for day in (1, 2))
    with clock.frozen(first):
        with clock.frozen(second):
            assert clock.now() == second
        assert clock.now() == first
    assert clock.now() != first


def test_a_frozen_moment_without_zone_is_one_in_viet_nam() -> None:
    with clock.frozen(datetime(2026, 1, 1, 7, 0)) as moment:  # noqa: DTZ001
        assert clock.now() == moment == datetime(2026, 1, 1, 0, 0, tzinfo=UTC)


def test_a_moment_without_zone_is_refused_elsewhere() -> None:
    with pytest.raises(ValueError, match="zone"):
        clock.in_utc(datetime(2026, 1, 1))  # noqa: DTZ001


def test_the_environment_sets_the_day_and_the_clock_runs_on() -> None:
    day, moment = ask("2027-02-01").stdout.split()
    assert day == "2027-02-01"
    shifted = datetime.fromisoformat(moment) - datetime.now(UTC)
    part_of_a_day = shifted % timedelta(days=1)
    assert min(part_of_a_day, timedelta(days=1) - part_of_a_day) < timedelta(minutes=1)


def test_no_day_is_a_sentence_that_names_the_variable() -> None:
    answer = ask("tomorrow")
    assert answer.returncode == 2
    assert answer.stderr.startswith("PORTAL_CLOCK: ")
    assert "Traceback" not in answer.stderr
