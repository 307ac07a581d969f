"""`reconcile_ledger`: whether the ledger of arrived forms and the records agree."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from tqdm import tqdm

from portal.forms import ledger


class Command(BaseCommand):
    """Reads everything, changes nothing."""

    help = (
        "Check the ledger of arrived forms: every chain is unbroken, every hash is the one of its "
        "entry, every record has its entry and the answers that the entry proves, and there are "
        "as many of the one as of the other. Prints one line for each difference, or one sentence "
        "with the counts; progress goes to stderr. The exit code is 1 when there are differences. "
        "Changes nothing and may run while forms arrive."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The name that stays."""
        parser.add_argument(
            "--json",
            action="store_true",
            help="print one JSON object instead: chains, entries, records, differences",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Differences are printed as they are found."""
        counts = ledger.counts()
        found = self._differences(counts)
        count = self._as_json(counts, found) if options["json"] else self._as_lines(counts, found)
        if count:
            sentence = _("The ledger does not agree: %(count)s differences.")
            raise CommandError(sentence % {"count": count})

    def _as_lines(self, counts: dict[str, int], differences: Iterator[str]) -> int:
        count = 0
        for sentence in differences:
            self.stdout.write(sentence)
            count += 1
        if not count:
            agrees = _(
                "The ledger agrees: %(chains)s chains, %(entries)s entries, %(records)s records."
            )
            self.stdout.write(agrees % counts)
        return count

    def _as_json(self, counts: dict[str, int], differences: Iterator[str]) -> int:
        found = list(differences)
        self.stdout.write(json.dumps(counts | {"differences": found}, ensure_ascii=False))
        return len(found)

    def _differences(self, counts: dict[str, int]) -> Iterator[str]:
        total = counts["entries"] + counts["records"]
        with tqdm(total=total, file=self.stderr, unit="row", mininterval=1) as bar:
            yield from ledger.differences(bar.update)
