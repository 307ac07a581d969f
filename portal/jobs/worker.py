"""One worker for everything that waits: tasks, drains, the schedule."""

from __future__ import annotations

import logging
import signal
import time
from types import FrameType

from django.db import OperationalError, close_old_connections
from django_tasks_db.management.commands.db_worker import Worker as TaskWorker

from portal.jobs import registry
from portal.jobs.registry import DrainFailedError
from portal.jobs.schedule import run_due
from portal.jobs.services import resume_silent

log = logging.getLogger(__name__)
LONGEST_WAIT = 30.0


class Worker:
    """Drains what is due, sleeps, and again; ends between two steps on SIGTERM or SIGINT."""

    def __init__(self, interval: float, name: str) -> None:
        self.interval = interval
        self.name = name
        self.running = True
        self.failures = 0

    def stop(self, _number: int = 0, _frame: FrameType | None = None) -> None:
        """Finish the step at hand, then end."""
        self.running = False

    def run(self) -> None:
        """Work until stopped."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self.stop)
        while self.running:
            handled = self.turn()
            if self.running and not handled:
                time.sleep(min(self.interval * 2**self.failures, LONGEST_WAIT))

    def drain(self) -> None:
        """Everything that is due now, then end (`worker --once`)."""
        while self.running and self.turn():
            pass

    def turn(self) -> int:
        """One round; returns how much was handled. An outage lengthens the next pause."""
        close_old_connections()
        try:
            handled = resume_silent() + self._tasks() + self._drains() + len(run_due())
        except (OperationalError, DrainFailedError) as error:
            log.warning("worker: %s", error)
            return self._back_off()
        except Exception:  # a fault of one room must not end the worker of all
            log.exception("worker: a round failed")
            return self._back_off()
        finally:
            close_old_connections()
        self.failures = 0
        return handled

    def _back_off(self) -> int:
        self.failures = min(self.failures + 1, 6)
        return 0

    def _tasks(self) -> int:
        worker = TaskWorker(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=self.name,
            excluded_queue_names=[],
        )
        worker.run()
        return int(worker._run_tasks)

    def _drains(self) -> int:
        handled = 0
        failed: DrainFailedError | None = None
        for drain in registry.drains().values():
            try:
                while self.running and (count := drain()):
                    handled += count
            except DrainFailedError as error:
                failed = error
        if failed:
            raise failed
        return handled
