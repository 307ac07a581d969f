"""Seals stored values with the current key."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from portal.privacy.errors import PrivacyError
from portal.privacy.services import rotate_keys


class Command(BaseCommand):
    """`rotate_keys`: run it after a new key became current, then drop the older key.

    A killed run is started again and goes on with what is left. Prints how many values were
    sealed anew.
    """

    help = "Seal all encrypted values with the current key."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = rotate_keys(self.progress)
        except PrivacyError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(_("%(count)d values sealed with the current key.") % {"count": done})

    def progress(self, column: str, done: int) -> None:
        """One line for each column."""
        self.stderr.write(f"{column}: {done}")
