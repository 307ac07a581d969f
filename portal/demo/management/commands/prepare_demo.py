"""What `make run` does before serving, in one process: the start must stay short."""

from __future__ import annotations

import io
from typing import Any

from django.core.cache import cache
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from portal.areas.models import Unit
from portal.demo.errors import DemoError
from portal.demo.seeding import seed
from portal.start.errors import StartError


class Command(BaseCommand):
    """`prepare_demo`: tables, units, demo content, search; quick and silent when all is there."""

    help = "Migrate, load the units, seed the demo province and index it."
    requires_system_checks: list[str] = []  # `make lint` and `migrate` make them; a start is short

    def handle(self, *args: Any, **options: Any) -> None:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stderr.write("Preparing the database …")
            call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        if not Unit.objects.exists():
            self.stderr.write("Loading the administrative units …")
            call_command("load_units", stdout=self.stderr)
        try:
            changed = seed(lambda part: self.stderr.write(f"seeded: {part}"))
        except (StartError, DemoError) as error:
            raise CommandError(str(error)) from error
        if changed:
            cache.clear()
        call_command("worker", once=True, stdout=io.StringIO())
