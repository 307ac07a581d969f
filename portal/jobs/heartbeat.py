"""A sign of life beside a running job, so that a long step is not taken for a dead worker."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import InterfaceError, OperationalError, connection

from portal.jobs import clock
from portal.jobs.models import Job
from portal.jobs.run import mine

log = logging.getLogger(__name__)
SECONDS = 60.0


@contextmanager
def beating(job: Job) -> Iterator[None]:
    """Renew the job's heartbeat every minute, on a connection of its own."""
    stop = threading.Event()
    thread = threading.Thread(target=_beat, args=(job, stop), daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _beat(job: Job, stop: threading.Event) -> None:
    while not stop.wait(SECONDS):
        try:
            mine(job).update(heartbeat=clock.now())
        except (OperationalError, InterfaceError) as error:
            log.warning("heartbeat of job %s: %s", job, error)  # the next beat tries again
        finally:
            connection.close()
