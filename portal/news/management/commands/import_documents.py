"""`import_documents MANIFEST.csv`: official documents with their PDFs, resumable."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from portal.news.importing import import_rows
from portal.news.management.taking import TakingCommand
from portal.news.manifest import Manifest, read_manifest
from portal.news.models import OfficialDocumentIndexPage
from portal.news.taking import RowResult


class Command(TakingCommand):
    """Official documents."""

    help = (
        "Takes in official documents from a CSV with the columns file, number, type, issuer, "
        "issued_on, title, abstract. Files are relative to the CSV. Rows that are there already "
        "are passed over, so a killed run is simply started again."
    )

    def read(self, manifest: Path) -> Manifest:
        """The documents of the manifest."""
        return read_manifest(manifest)

    def take(self, found: Manifest, folder: Path, live: bool) -> Iterable[RowResult]:
        """Each document below its issuer's page."""
        index = OfficialDocumentIndexPage.objects.order_by("-live", "path").first()
        if index is None:
            raise CommandError(_("The portal has no page for official documents yet."))
        return import_rows(found.rows, folder, index, live=live)
