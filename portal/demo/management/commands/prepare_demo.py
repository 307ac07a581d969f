"""What `make run` does before serving, in one process: the start must stay short."""

from __future__ import annotations

from typing import Any

from django.core.cache import cache
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from portal.areas.models import Unit


class Command(BaseCommand):
    """`prepare_demo`: tables, units, demo content, search; quick when nothing is left to do."""

    help = "Migrate, load the units, seed the demo province and index it."

    def handle(self, *args: Any, **options: Any) -> None:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stderr.write("Preparing the database …")
            call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        if not Unit.objects.exists():
            self.stderr.write("Loading the administrative units …")
            call_command("load_units", stdout=self.stderr)
        call_command("seed_demo", stdout=self.stderr)
        cache.clear()
        call_command("worker", once=True)
