"""What the two importing commands have in common: progress, a line a row, the exit code."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from tqdm import tqdm

from portal.news.manifest import Manifest, ManifestError
from portal.news.taking import RowResult


class TakingCommand(BaseCommand):
    """One line a row on stdout, progress on stderr; exit code 1 when a row failed."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The manifest, and whether to publish."""
        parser.add_argument("manifest", type=Path, metavar="MANIFEST.csv")
        parser.add_argument("--draft", action="store_true", help="leave drafts, publish nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read the whole manifest first, then take in row after row."""
        manifest: Path = options["manifest"]
        try:
            found = self.read(manifest)
        except ManifestError as error:
            raise CommandError(str(error)) from error
        for note in found.notes:
            self.stderr.write(note)
        counts: Counter[str] = Counter()
        results = self.take(found, manifest.parent, live=not options["draft"])
        for result in tqdm(
            results, total=len(found.rows), file=sys.stderr, unit="row", mininterval=1
        ):
            counts[result.state] += 1
            self.stdout.write(result.told)
        self.stdout.write(
            _("%(done)s taken in, %(kept)s were there already, %(failed)s failed.")
            % {state: counts[state] for state in ("done", "kept", "failed")}
        )
        if counts["failed"]:
            raise SystemExit(1)

    def read(self, manifest: Path) -> Manifest:
        """The rows of the manifest."""
        raise NotImplementedError

    def take(self, found: Manifest, folder: Path, live: bool) -> Iterable[RowResult]:
        """What became of each row; `CommandError` where there is no place for them."""
        raise NotImplementedError
