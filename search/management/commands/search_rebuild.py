"""Fill a new index while the old one serves."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.contract import EngineDownError
from search.upkeep import RebuildIncompleteError, rebuild


class Command(BaseCommand):
    """`search_rebuild`: interrupted, it leaves the old index serving and can be run again."""

    help = "Build a new search index beside the serving one, then let it serve."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            counts = rebuild(self._progress)
        except EngineDownError as error:
            raise CommandError(f"the search engine cannot be reached: {error}") from error
        except RebuildIncompleteError as error:
            raise CommandError(f"the old index goes on serving: {error}") from error
        for kind, count in counts.items():
            self.stdout.write(f"{kind}: {count}")

    def _progress(self, kind: str, count: int) -> None:
        self.stderr.write(f"{kind}: {count}")
