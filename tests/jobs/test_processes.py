"""Real workers in processes of their own: killed, resumed, several at once."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection

from portal.jobs import clock, registry
from portal.jobs.models import Job
from portal.jobs.services import execute_job, start_job
from tests.jobs.outside import KIND, steps

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parents[2]
STEPS = 20


class Outside:
    """Starts processes on a copy (SQLite) or on the database of the test itself."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = os.environ | {
            "DATABASE_URL": _address(folder),
            "PORTAL_DEMO": "1",
            "PORTAL_SEARCH_FILE": str(folder / "search.sqlite3"),
        }

    def begin(self, action: str, minutes: int = 0) -> subprocess.Popen[bytes]:
        """A process at work."""
        return subprocess.Popen(
            [sys.executable, "-m", "tests.jobs.outside", action, str(minutes)],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
        )

    def end(self, process: subprocess.Popen[bytes]) -> tuple[int, dict[str, Any]]:
        """How it ended and what it saw then."""
        said, _none = process.communicate(timeout=120)
        return process.returncode, json.loads(said or b"{}")


def _address(folder: Path) -> str:
    held = connection.settings_dict
    if connection.vendor == "postgresql":
        user = f"{quote(held['USER'])}:{quote(held['PASSWORD'])}".rstrip(":")
        return f"postgres://{user}@{held['HOST']}:{held['PORT']}/{held['NAME']}"
    connection.ensure_connection()
    assert isinstance(connection.connection, sqlite3.Connection)
    path = folder / "portal.sqlite3"
    copy = sqlite3.connect(path)
    connection.connection.backup(copy)
    copy.close()
    return f"sqlite:///{path}"


@pytest.fixture(autouse=True)
def _kind(_nothing_registered: None) -> None:
    registry.job_kind(KIND)(steps)


@pytest.mark.parametrize("kill", ["inside", "behind"])
def test_a_killed_job_ends_as_if_nothing_had_happened(tmp_path: Path, kill: str) -> None:
    """kill -9 at half of the work, inside of a step's transaction and just behind it."""
    params = {"steps": STEPS, "kill": kill, "kill_at": STEPS // 2, "marker": f"{tmp_path}/killed"}
    job = start_job(KIND, None, params)
    outside = Outside(tmp_path)
    code, _nothing = outside.end(outside.begin("work"))
    assert code == -signal.SIGKILL
    _code, half = outside.end(outside.begin("show"))
    reached = STEPS // 2 + (kill == "behind")
    assert (half["jobs"][0]["state"], half["jobs"][0]["done"]) == ("running", reached)
    _code, early = outside.end(outside.begin("work", minutes=1))
    assert early["jobs"] == half["jobs"]
    _code, after = outside.end(outside.begin("work", minutes=10))
    assert after["jobs"] == [
        {
            "state": "done",
            "done": STEPS,
            "total": STEPS,
            "cursor": {"next": STEPS},
            "result": {"steps": STEPS},
            "error": "",
        }
    ]
    assert after["rows"] == sorted(f"{job.pk}-{step}" for step in range(STEPS))


def test_workers_at_once_share_the_jobs_and_do_each_once(tmp_path: Path) -> None:
    """A step done twice would break the unique name of its row and fail its job."""
    made = [start_job(KIND, None, {"steps": 3, "pause": 0.01}) for _number in range(12)]
    [execute_job.enqueue(job.pk) for job in made]
    outside = Outside(tmp_path)
    codes = [outside.end(process)[0] for process in [outside.begin("work") for _ in range(2)]]
    _code, after = outside.end(outside.begin("show"))
    assert codes == [0, 0]
    assert [job["state"] for job in after["jobs"]] == ["done"] * 12
    assert len(after["rows"]) == 36


def test_workers_at_once_resume_a_silent_job_once(tmp_path: Path) -> None:
    now = clock.now()
    Job.objects.create(
        kind=KIND,
        state=Job.State.RUNNING,
        params={"steps": STEPS, "pause": 0.02},
        cursor={"next": 5},
        created=now,
        started=now,
        heartbeat=now,
    )
    outside = Outside(tmp_path)
    processes = [outside.begin("work", minutes=10) for _ in range(2)]
    assert [outside.end(process)[0] for process in processes] == [0, 0]
    _code, after = outside.end(outside.begin("show"))
    assert (after["jobs"][0]["state"], len(after["rows"])) == ("done", STEPS - 5)
