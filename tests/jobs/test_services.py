"""A job from its start to its end, whatever happens between."""

from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from wagtail.tasks import delete_file_from_storage_task

from portal import jobs
from portal.areas.models import User
from portal.jobs import clock, job_kind
from portal.jobs.heartbeat import beating
from portal.jobs.models import Job
from portal.jobs.run import JobRun, OvertakenError, mine
from portal.jobs.services import (
    SILENT,
    JobError,
    execute_job,
    resume_silent,
    start_job,
    tasks_again,
)
from portal.jobs.worker import Worker

pytestmark = pytest.mark.django_db(transaction=True)


def work() -> None:
    """What `worker --once` does."""
    Worker(0.1, "test").drain()


def later(more: timedelta = SILENT * 2) -> object:
    return clock.frozen(clock.now() + more)


def running(**values: object) -> Job:
    """A job that some worker has begun and not ended."""
    now = clock.now()
    defaults = {"kind": "k", "state": Job.State.RUNNING, "created": now, "started": now}
    return Job.objects.create(**defaults | {"heartbeat": now} | values)


def test_a_job_is_queued_then_done_with_its_result() -> None:
    @job_kind("double")
    def double(job: JobRun) -> None:
        job.save_progress(1, 1)
        job.finish({"sum": job.params["number"] * 2})

    owner = User.objects.create(username="canbo")
    job = start_job("double", owner, {"number": 21})
    assert (job.state, job.owner, job.started) == (Job.State.QUEUED, owner, None)
    work()
    job.refresh_from_db()
    assert (job.state, job.result, job.done, job.total) == (Job.State.DONE, {"sum": 42}, 1, 1)
    assert job.started is not None
    assert job.finished is not None
    assert job.started <= job.finished


def test_rooms_start_jobs_through_the_package() -> None:
    job_kind("k")(lambda job: None)
    assert isinstance(jobs.start_job("k", None, {}), Job)


def test_an_unknown_kind_is_refused_at_once() -> None:
    with pytest.raises(KeyError):
        start_job("nobody", None, {})
    assert not Job.objects.exists()


def test_a_job_of_a_rolled_back_transaction_never_runs() -> None:
    ran: list[int] = []
    job_kind("k")(lambda job: ran.append(1))
    with transaction.atomic():
        start_job("k", None, {})
        transaction.set_rollback(True)
    work()
    assert (ran, Job.objects.count(), DBTaskResult.objects.count()) == ([], 0, 0)


def test_a_refusal_is_kept_as_its_sentence() -> None:
    @job_kind("k")
    def refuse(job: JobRun) -> None:
        raise JobError("Tệp rỗng (0 byte).")

    job = start_job("k", None, {})
    work()
    job.refresh_from_db()
    assert (job.state, job.error) == (Job.State.FAILED, "Tệp rỗng (0 byte).")


def test_a_fault_is_a_plain_sentence_without_its_inside(caplog: pytest.LogCaptureFixture) -> None:
    """Attack: the text of an exception may hold a name or a password."""

    @job_kind("k")
    def fail(job: JobRun) -> None:
        raise RuntimeError("password=secret")

    job = start_job("k", None, {})
    work()
    job.refresh_from_db()
    assert (job.state, job.error) == (Job.State.FAILED, "Công việc dừng vì lỗi của hệ thống.")
    assert f"job k {job.pk} failed" in caplog.text


def test_a_failed_job_does_not_stop_the_next() -> None:
    @job_kind("k")
    def maybe(job: JobRun) -> None:
        job.finish({"number": 1 // job.params["number"]})

    start_job("k", None, {"number": 0})
    good = start_job("k", None, {"number": 1})
    work()
    good.refresh_from_db()
    assert good.state == Job.State.DONE


def test_two_tasks_of_one_job_do_it_once() -> None:
    ran: list[int] = []
    job_kind("k")(lambda job: ran.append(1))
    job = start_job("k", None, {})
    execute_job.enqueue(job.pk)
    work()
    assert ran == [1]


def test_the_result_may_be_a_file_that_no_address_serves(settings: Any) -> None:
    """Attack: a name that leads out of the private folder, into the one that is served."""

    @job_kind("k")
    def write(job: JobRun) -> None:
        job.finish({"rows": 1}, ContentFile(b"a;b", name="../../bao-cao.csv"))

    job = start_job("k", None, {})
    work()
    job.refresh_from_db()
    assert job.result_file.read() == b"a;b"
    assert str(job.result_file.name).startswith("jobs/bao-cao")
    private = Path(settings.STORAGES["private"]["OPTIONS"]["location"])
    assert Path(job.result_file.path).is_relative_to(private)
    assert not private.is_relative_to(settings.MEDIA_ROOT)


def test_a_silent_job_goes_on_from_its_cursor() -> None:
    seen: list[dict[str, int]] = []
    job_kind("k")(lambda job: seen.append(job.cursor))
    job = running(cursor={"next": 7}, done=7)
    with later():
        work()
    job.refresh_from_db()
    assert (seen, job.state, job.done) == ([{"next": 7}], Job.State.DONE, 7)


@pytest.mark.parametrize("state", [Job.State.DONE, Job.State.FAILED])
def test_what_has_ended_is_not_begun_again(state: str) -> None:
    running(state=state)
    with later():
        assert resume_silent() == 0


def test_a_job_that_gives_signs_is_left_alone() -> None:
    running()
    with later(SILENT / 2):
        assert resume_silent() == 0


def test_a_job_of_a_clock_that_was_set_back_is_not_forgotten() -> None:
    """A demonstration in 2027 must not leave a job that waits until then."""
    running(heartbeat=clock.now() + timedelta(days=70))
    job_kind("k")(lambda job: None)
    work()
    assert Job.objects.get().state == Job.State.DONE


def test_a_queued_job_whose_task_was_lost_gets_another() -> None:
    """Its worker died between fetching the task and claiming the job."""
    job_kind("k")(lambda job: None)
    job = start_job("k", None, {})
    DBTaskResult.objects.all().delete()
    with later():
        assert resume_silent() == 1
        assert resume_silent() == 0
        work()
    job.refresh_from_db()
    assert job.state == Job.State.DONE


def test_bug_a_task_of_a_killed_worker_was_never_done(tmp_path: Path) -> None:
    """A file that an editor had deleted stayed on the disk, a page was missing in the search."""
    file = tmp_path / "anh.jpg"
    file.write_bytes(b"x")
    storage = ("django.core.files.storage.FileSystemStorage", (), {"location": str(tmp_path)})
    delete_file_from_storage_task.enqueue(storage, file.name)
    begun = {"status": TaskResultStatus.RUNNING, "started_at": clock.now()}
    DBTaskResult.objects.update(**begun)
    assert tasks_again() == 0, "its worker may be at it"
    with later():
        assert tasks_again() == 1
        work()
    assert not file.exists()


def test_the_task_of_a_long_job_is_left_to_its_worker() -> None:
    job_kind("k")(lambda job: None)
    start_job("k", None, {})
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING, started_at=clock.now())
    with later():
        assert tasks_again() == 0


def test_a_worker_that_was_overtaken_cannot_write(caplog: pytest.LogCaptureFixture) -> None:
    """Two workers on one job would do its work twice: the slow one loses, with its work."""

    @job_kind("k")
    def slow(job: JobRun) -> None:
        Job.objects.filter(pk=job.job.pk).update(started=clock.now() + timedelta(seconds=1))
        with transaction.atomic():
            User.objects.create(username="twice")
            job.save_progress(1, cursor={"next": 1})

    job = start_job("k", None, {})
    work()
    job.refresh_from_db()
    assert (job.state, job.cursor, job.error) == (Job.State.RUNNING, {}, "")
    assert not User.objects.filter(username="twice").exists()
    assert "taken over" in caplog.text


def test_an_overtaken_result_is_refused() -> None:
    job = running()
    Job.objects.update(state=Job.State.QUEUED)
    with pytest.raises(OvertakenError):
        JobRun(job).finish({"late": True})


def test_a_long_step_gives_signs_of_life(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without them, a step of six minutes would be begun again beside itself."""
    monkeypatch.setattr("portal.jobs.heartbeat.SECONDS", 0.05)
    long_ago = clock.now() - timedelta(hours=1)
    job = running(heartbeat=long_ago)
    with beating(job):
        deadline = time.monotonic() + 10
        while not mine(job).filter(heartbeat__gt=long_ago).exists():
            assert time.monotonic() < deadline
            time.sleep(0.05)
    assert resume_silent() == 0
    assert connection.is_usable()
