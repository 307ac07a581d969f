"""Show whether search holds everything it should."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import CommandParser

from search.management.quiet import QuietPipeCommand
from search.status import EMBEDDED_MOST, failures, is_beyond_its_size, status


class Command(QuietPipeCommand):
    """`search_status [--json]`."""

    help = "Engine, state, objects per kind in database and index, outbox, last sweep."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        now = status()
        if options["json"]:
            self.stdout.write(json.dumps(now, ensure_ascii=False, indent=2))
            return
        self.stdout.write(f"{now['engine']}: {now['state']}")
        for kind, counts in now["kinds"].items():
            mark = "  differs" if kind in now["differs"] else ""
            self.stdout.write(f"  {kind}: {counts['database']} / {counts['index']}{mark}")
        if is_beyond_its_size(now):
            self.stdout.write(f"  more than {EMBEDDED_MOST} objects: set ELASTICSEARCH_URL")
        outbox = now["outbox"]
        self.stdout.write(
            f"outbox: {outbox['waiting']} waiting, oldest {outbox['oldest_seconds']} s, "
            f"{outbox['failed']} failed; last sweep: {now['last_sweep'] or '-'}"
        )
        for row in failures():
            self.stdout.write(f"  failed: {row.kind}:{row.key} ({row.attempts}): {row.error}")
