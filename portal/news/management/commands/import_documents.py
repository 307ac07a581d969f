"""`import_documents MANIFEST.csv`: official documents with their PDFs, resumable."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from tqdm import tqdm

from portal.news.importing import RowResult, import_rows
from portal.news.manifest import ManifestError, read_manifest
from portal.news.models import OfficialDocumentIndexPage


class Command(BaseCommand):
    """One line a row on stdout, progress on stderr; exit code 1 when a row failed."""

    help = (
        "Takes in official documents from a CSV with the columns file, number, type, issuer, "
        "issued_on, title, abstract. Files are relative to the CSV. Rows that are there already "
        "are passed over, so a killed run is simply started again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The manifest, and whether to publish."""
        parser.add_argument("manifest", type=Path, metavar="MANIFEST.csv")
        parser.add_argument("--draft", action="store_true", help="leave drafts, publish nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read the whole manifest first, then take in row after row."""
        manifest: Path = options["manifest"]
        try:
            found = read_manifest(manifest)
        except ManifestError as error:
            raise CommandError(str(error)) from error
        for note in found.notes:
            self.stderr.write(note)
        index = OfficialDocumentIndexPage.objects.order_by("-live", "path").first()
        if index is None:
            raise CommandError(_("The portal has no page for official documents yet."))
        counts: Counter[str] = Counter()
        results = import_rows(found.rows, manifest.parent, index, live=not options["draft"])
        for result in tqdm(
            results, total=len(found.rows), file=sys.stderr, unit="row", mininterval=1
        ):
            counts[result.state] += 1
            self.stdout.write(_line(result))
        self.stdout.write(
            _("%(done)s taken in, %(kept)s were there already, %(failed)s failed.")
            % {state: counts[state] for state in ("done", "kept", "failed")}
        )
        if counts["failed"]:
            raise SystemExit(1)


def _line(result: RowResult) -> str:
    head = _("row %(line)s: %(name)s: ") % {"line": result.line, "name": result.name}
    failed = _("failed: ") if result.state == "failed" else ""
    notes = "".join(f" [{warning}]" for warning in result.warnings)
    return f"{head}{failed}{result.sentence}{notes}"
