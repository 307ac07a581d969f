"""The demo province."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.demo.errors import DemoError
from portal.demo.seeding import seed
from portal.start.errors import StartError


class Command(BaseCommand):
    """`seed_demo`: idempotent; renews lists whose window has lapsed."""

    help = "Fill the portal with the demo province: pages, documents, lists, accounts."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            changed = seed(lambda part: self.stderr.write(f"seeded: {part}"))
        except (StartError, DemoError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write("seeded" if changed else "nothing was missing")
