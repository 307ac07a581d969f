"""Everything a cron line must call."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from portal.jobs.schedule import run_due
from portal.jobs.services import resume_silent


class Command(BaseCommand):
    """`run_scheduled`: a line for each entry that ran; that nothing was due is no result."""

    help = "Run what is due by the clock: scheduled pages, windows, sweeps."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("publish_scheduled")
        resume_silent()
        ran = run_due()
        for name in ran:
            self.stdout.write(name)
        if not ran:
            self.stderr.write(_("Nothing was due."))
