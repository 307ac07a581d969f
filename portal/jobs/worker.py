"""One worker for everything that waits: tasks, drains, the schedule."""

from __future__ import annotations

import logging
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from django.db import InterfaceError, OperationalError, close_old_connections
from django_tasks_db.management.commands.db_worker import Worker as TaskWorker
from django_tasks_db.models import DBTaskResult

from portal.jobs import registry
from portal.jobs.registry import DrainFailedError
from portal.jobs.schedule import run_due
from portal.jobs.services import resume_silent

log = logging.getLogger(__name__)
LONGEST_WAIT = 30.0
NAP = 0.2
BATCHES = 50


class Pause:
    """How long to leave something alone that failed: twice as long after each failure."""

    def __init__(self, interval: float) -> None:
        self.interval = interval
        self.failures = 0
        self.until = 0.0

    def failed(self) -> None:
        """Begin a pause, longer than the last one."""
        self.failures = min(self.failures + 1, 6)
        self.until = time.monotonic() + min(self.interval * 2**self.failures, LONGEST_WAIT)

    def over(self) -> bool:
        """Whether it may be tried again."""
        return time.monotonic() >= self.until


class Worker:
    """Drains what is due, sleeps, and again; ends between two steps on SIGTERM or SIGINT.

    An outage of the database lengthens the pause of everything. A drain that fails (its search
    engine is down) waits alone: jobs and the schedule, which ends publications, go on.
    """

    def __init__(self, interval: float, name: str) -> None:
        self.interval = interval
        self.name = name
        self.running = True
        self.pause = Pause(interval)
        self.drain_pauses: dict[str, Pause] = {}
        self.tasks: TaskWorker | None = None

    def stop(self, _number: int = 0, _frame: FrameType | None = None) -> None:
        """Finish the step at hand, then end."""
        self.running = False
        if self.tasks is not None:
            self.tasks.running = False

    def run(self) -> None:
        """Work until stopped."""
        with self._signals():
            while self.running:
                if not self.turn():
                    self._sleep()

    def drain(self) -> list[str]:
        """Everything that is due now, then end (`worker --once`); the names of what failed."""
        with self._signals():
            while self.running and self.turn():
                pass
        failed = [name for name, pause in self.drain_pauses.items() if pause.failures]
        return [*failed, "worker"] if self.pause.failures else failed

    def turn(self) -> int:
        """One round; returns how much was handled."""
        close_old_connections()
        try:
            handled = resume_silent() + self._tasks() + len(run_due()) + self._drains()
        except (OperationalError, InterfaceError) as error:
            log.warning("worker: %s", error)
            self.pause.failed()
            return 0
        except Exception:  # a fault of one room must not end the worker of all
            log.exception("worker: a round failed")
            self.pause.failed()
            return 0
        finally:
            close_old_connections()
        self.pause = Pause(self.interval)
        return handled

    def _sleep(self) -> None:
        """In naps, since a signal does not end a sleep."""
        end = max(time.monotonic() + self.interval, self.pause.until)
        while self.running and (left := end - time.monotonic()) > 0:
            time.sleep(min(NAP, left))

    def _tasks(self) -> int:
        if not DBTaskResult.objects.ready().exists():
            return 0  # asking the task worker would lock SQLite in every idle round
        self.tasks = TaskWorker(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=self.name,
            excluded_queue_names=[],
        )
        self.tasks.run()
        return int(self.tasks._run_tasks)

    def _drains(self) -> int:
        return sum(self._drain(name, function) for name, function in registry.drains().items())

    def _drain(self, name: str, function: Callable[[], int]) -> int:
        pause = self.drain_pauses.setdefault(name, Pause(self.interval))
        handled = 0
        try:
            for _batch in range(BATCHES if pause.over() else 0):
                count = function() if self.running else 0
                pause.failures = 0
                handled += count
                if not count:
                    break
        except (OperationalError, InterfaceError):
            raise
        except DrainFailedError as error:
            log.warning("worker: %s: %s", name, error)
            pause.failed()
        except Exception:  # a fault of one drain must not stop the others
            log.exception("worker: %s failed", name)
            pause.failed()
        return handled

    @contextmanager
    def _signals(self) -> Iterator[None]:
        numbers = (signal.SIGINT, signal.SIGTERM)
        before = [signal.signal(number, self.stop) for number in numbers]
        try:
            yield
        finally:
            for number, handler in zip(numbers, before, strict=True):
                signal.signal(number, handler)
