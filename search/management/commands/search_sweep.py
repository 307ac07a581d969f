"""Compare database and index, and mend the differences."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.contract import EngineDownError
from search.upkeep import sweep


class Command(BaseCommand):
    """`search_sweep`: differences become outbox rows; `worker --once` writes them."""

    help = "Compare database and index and queue every difference for the worker."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = sweep()
        except EngineDownError as error:
            raise CommandError(f"the search engine cannot be reached: {error}") from error
        self.stdout.write(
            f"checked {found.checked}, missing {found.missing}, stale {found.stale}, "
            f"left behind {found.left_behind}"
        )
