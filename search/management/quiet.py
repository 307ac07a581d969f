"""A reader of the output may leave early (`search_query … | head`): that is no fault."""

from __future__ import annotations

import os
import sys
from typing import Any

from django.core.management.base import BaseCommand


class QuietPipeCommand(BaseCommand):
    """Ends without a word when nobody reads its output any more."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Flush here, where a closed pipe can still be caught, and not at the interpreter's end."""
        try:
            said: str | None = super().execute(*args, **options)
            self.stdout.flush()
        except BrokenPipeError:
            _throw_away_the_rest()
            return None
        return said


def _throw_away_the_rest() -> None:
    """Python flushes standard output once more at its end, and would complain there."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
