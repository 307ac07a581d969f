"""The one worker."""

from __future__ import annotations

import os
import socket
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from portal.jobs.worker import Worker


class Command(BaseCommand):
    """`worker [--once] [--interval S]`: several at once are safe."""

    help = "Drain tasks, the search outbox and the schedule; --once ends when nothing is due."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="drain everything due, then end")
        parser.add_argument("--interval", type=float, default=1.0, help="seconds between rounds")

    def handle(self, *args: Any, **options: Any) -> None:
        name = f"{socket.gethostname()}-{os.getpid()}"[:64]
        worker = _CountingWorker(max(0.1, options["interval"]), name)
        if not options["once"]:
            worker.run()
            return
        failed = worker.drain()
        self.stdout.write(_("%(count)s pieces of work done.") % {"count": worker.handled})
        if failed:
            names = ", ".join(failed)
            raise CommandError(_("Not everything could be done: %(names)s.") % {"names": names})


class _CountingWorker(Worker):
    """Remembers how much it did, for the one line that `--once` ends with."""

    handled = 0

    def turn(self) -> int:
        count = super().turn()
        self.handled += count
        return count
