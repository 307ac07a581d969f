"""`import_articles MANIFEST.csv`: articles of an old portal with their pictures, resumable."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from portal.news.importing_articles import ARTICLE_COLUMNS, import_articles
from portal.news.management.taking import TakingCommand
from portal.news.manifest import Manifest, read_manifest
from portal.news.models import NewsIndexPage
from portal.news.taking import RowResult


class Command(TakingCommand):
    """Articles."""

    help = (
        "Takes in articles from a CSV with the columns title, section, date, body (HTML, or the "
        "name of an .html file), and, as far as known, lead, views, images (a folder), picture, "
        "old_address, source, author, tags (parted by semicolons). Files are relative to the CSV. "
        "Rows that are there already are passed over, so a killed run is simply started again."
    )

    def read(self, manifest: Path) -> Manifest:
        """The articles of the manifest."""
        return read_manifest(manifest, ARTICLE_COLUMNS)

    def take(self, found: Manifest, folder: Path, live: bool) -> Iterable[RowResult]:
        """Each article below its section."""
        index = NewsIndexPage.objects.order_by("-live", "path").first()
        if index is None:
            raise CommandError(_("The portal has no page for news yet."))
        return import_articles(found.rows, folder, index, live=live)
