"""The demo province."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.areas.models import Unit
from portal.demo.seeding import seed


class Command(BaseCommand):
    """`seed_demo`: idempotent; renews lists whose window has lapsed."""

    help = "Fill the portal with the demo province: pages, documents, lists, accounts."

    def handle(self, *args: Any, **options: Any) -> None:
        if not Unit.objects.exists():
            raise CommandError("no administrative units yet: run `load_units` first")
        seed(lambda part: self.stderr.write(f"seeded: {part}"))
        self.stdout.write("ok")
