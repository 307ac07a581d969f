"""Runs a command and ends in a sentence where Django would show a traceback.

`--traceback` shows it all the same. `manage.py` calls this for every command.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from django.core.management import execute_from_command_line
from django.db import InterfaceError, OperationalError, ProgrammingError
from django.utils.translation import gettext as _

NO_TABLE = ("no such table", "does not exist")


def execute(arguments: Sequence[str]) -> None:
    """The command line; exit status 1 when the database or the reader of the output is gone."""
    try:
        execute_from_command_line(list(arguments))
        sys.stdout.flush()
    except BrokenPipeError:  # `… | head` has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(1) from None
    except (OperationalError, InterfaceError, ProgrammingError) as error:
        if "--traceback" in arguments or not _is_plain(error):
            raise
        sys.stderr.write(f"DATABASE_URL: {_sentence(error)}\n")
        raise SystemExit(1) from None


def _is_plain(error: Exception) -> bool:
    """A faulty statement is a fault of the program; only a missing table is the operator's."""
    return not isinstance(error, ProgrammingError) or _lacks_table(error)


def _lacks_table(error: Exception) -> bool:
    return any(words in str(error) for words in NO_TABLE)


def _sentence(error: Exception) -> str:
    reason = {"reason": " ".join(str(error).split())[:300]}
    if _lacks_table(error):
        return _("a table is missing; run `manage.py migrate` first (%(reason)s)") % reason
    return _("the database did not answer as it should (%(reason)s)") % reason
