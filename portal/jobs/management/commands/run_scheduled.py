"""Everything a cron line must call."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from portal.jobs.schedule import run_due
from portal.jobs.services import resume_silent


class Command(BaseCommand):
    """`run_scheduled`: publishes and expires pages by their dates, then what the rooms want."""

    help = "Run what is due by the clock: scheduled pages, windows, sweeps."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("publish_scheduled")
        resume_silent()
        for name in run_due():
            self.stdout.write(name)
