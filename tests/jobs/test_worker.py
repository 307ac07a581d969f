"""The one worker: everything that waits, through outages, until it is told to end."""

from __future__ import annotations

import os
import signal
import time
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import InterfaceError, OperationalError, connection
from django.test.utils import CaptureQueriesContext

from portal.jobs import (
    DrainFailedError,
    clock,
    job_kind,
    register_drain,
    register_schedule,
)
from portal.jobs.models import Job
from portal.jobs.run import JobRun
from portal.jobs.services import start_job
from portal.jobs.worker import LONGEST_WAIT, Pause, Worker

pytestmark = pytest.mark.django_db(transaction=True)
HOUR = timedelta(hours=1)


@pytest.fixture
def worker() -> Worker:
    return Worker(0.01, "test")


def failing() -> int:
    raise DrainFailedError("engine is down")


def test_once_drains_tasks_drains_and_schedule_then_ends() -> None:
    done: list[str] = []
    waiting = [3, 2, 1]
    job_kind("k")(lambda job: done.append("job"))
    register_drain("outbox", lambda: waiting.pop() if waiting else 0)
    register_schedule("hourly", lambda: done.append("hourly"), every=HOUR)
    start_job("k", None, {})
    call_command("worker", "--once")
    assert (sorted(done), waiting) == (["hourly", "job"], [])


def test_once_does_what_a_job_brings_with_it() -> None:
    waiting: list[int] = []
    job_kind("k")(lambda job: waiting.append(1))
    register_drain("outbox", lambda: waiting.pop() if waiting else 0)
    start_job("k", None, {})
    call_command("worker", "--once")
    assert waiting == []


def test_a_drain_that_fails_stops_neither_jobs_nor_schedule(worker: Worker) -> None:
    """While the search engine is down, lists are still withdrawn on their day."""
    done: list[str] = []
    job_kind("k")(lambda job: done.append("job"))
    register_drain("outbox", failing)
    register_drain("second", lambda: done.append("second") or 0)
    register_schedule("hourly", lambda: done.append("hourly"), every=HOUR)
    start_job("k", None, {})
    worker.turn()
    assert sorted(done) == ["hourly", "job", "second"]


def test_a_fault_in_a_drain_does_not_end_the_worker(
    worker: Worker, caplog: pytest.LogCaptureFixture
) -> None:
    register_drain("broken", lambda: 1 // 0)
    assert worker.turn() == 0
    assert "broken failed" in caplog.text


def test_once_says_what_could_not_be_done() -> None:
    """A cron line must not call an outage a success."""
    register_drain("outbox", failing)
    with pytest.raises(CommandError, match="outbox"):
        call_command("worker", "--once")


def test_a_failing_drain_is_asked_less_and_less(worker: Worker) -> None:
    asked: list[float] = []

    def fail() -> int:
        asked.append(time.monotonic())
        return failing()

    register_drain("outbox", fail)
    deadline = time.monotonic() + 0.5
    while time.monotonic() < deadline:
        worker.turn()
    assert 2 <= len(asked) <= 7


def test_a_drain_that_works_again_is_no_failure(worker: Worker) -> None:
    answers = [0, 5]

    def recover() -> int:
        return answers.pop() if answers else failing()

    worker.drain_pauses["outbox"] = Pause(0.001)
    worker.drain_pauses["outbox"].failed()
    time.sleep(0.01)
    register_drain("outbox", recover)
    assert worker.turn() == 5
    assert worker.drain_pauses["outbox"].failures == 0


def test_a_pause_grows_to_its_limit() -> None:
    pause = Pause(1.0)
    lengths = []
    for _failure in range(9):
        pause.failed()
        lengths.append(round(pause.until - time.monotonic()))
    assert lengths[:3] == [2, 4, 8]
    assert lengths[-1] == LONGEST_WAIT


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_an_outage_of_the_database_is_survived(
    worker: Worker, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    """Work goes on when the database is back, without a new start of the worker."""
    ran: list[int] = []
    job_kind("k")(lambda job: ran.append(1))
    start_job("k", None, {})

    def gone() -> int:
        raise error("the connection is closed")

    with monkeypatch.context() as outage:
        outage.setattr("portal.jobs.worker.resume_silent", gone)
        assert worker.turn() == 0
        assert worker.drain() == ["worker"]
    assert (worker.turn(), ran, worker.pause.failures) == (1, [1], 0)


def test_a_fault_of_one_room_does_not_end_the_worker(
    worker: Worker, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with monkeypatch.context() as fault:
        fault.setattr("portal.jobs.worker.run_due", lambda: 1 // 0)
        assert worker.turn() == 0
    assert "a round failed" in caplog.text
    worker.turn()
    assert worker.pause.failures == 0


def test_an_idle_round_writes_nothing(worker: Worker) -> None:
    """On SQLite a write lock each second would make visitors wait."""
    register_schedule("hourly", dict, every=HOUR)
    worker.drain()
    with CaptureQueriesContext(connection) as queries:
        assert worker.turn() == 0
    verbs = {query["sql"].split()[0] for query in queries}
    assert verbs == {"SELECT"}


def test_a_busy_drain_leaves_time_for_the_others(worker: Worker) -> None:
    """A rebuild of the index must not make an officer wait for an import."""
    register_drain("rebuild", lambda: 1)
    assert 1 < worker.turn() < 1000


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_worker_after_the_job_at_hand(number: int) -> None:
    """The second job stays queued for the next worker; nothing is cut off."""

    @job_kind("k")
    def told_to_end(job: JobRun) -> None:
        os.kill(os.getpid(), number)
        job.finish({"whole": True})

    for _job in range(2):
        start_job("k", None, {})
    before = signal.getsignal(number)
    call_command("worker", "--interval", "30")
    states = list(Job.objects.order_by("pk").values_list("state", flat=True))
    assert states == [Job.State.DONE, Job.State.QUEUED]
    assert signal.getsignal(number) is before


def test_a_signal_ends_a_sleeping_worker_soon() -> None:
    def alarm() -> int:
        signal.setitimer(signal.ITIMER_REAL, 0.3)
        return 0

    register_drain("outbox", alarm)
    before = signal.signal(signal.SIGALRM, lambda *_: os.kill(os.getpid(), signal.SIGTERM))
    started = time.monotonic()
    try:
        call_command("worker", "--interval", "60")
    finally:
        signal.signal(signal.SIGALRM, before)
    assert time.monotonic() - started < 20


def test_run_scheduled_names_what_ran(capsys: pytest.CaptureFixture[str]) -> None:
    register_schedule("hourly", dict, every=HOUR)
    with clock.frozen(clock.now()):
        call_command("run_scheduled")
        call_command("run_scheduled")
    assert capsys.readouterr().out == "hourly\n"
