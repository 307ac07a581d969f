"""`manage.py` under a killer: `python -m tests.crash.command AT COMMAND …`.

Dies of kill -9 at point AT of what it writes to database and index, or before the first statement
that holds the text AT; otherwise its last line on stderr is the number of points there were. AT is
0 for a run that nobody disturbs.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Iterable, Sequence

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")


def main(at: int | str, arguments: Sequence[str]) -> None:
    """Run the command with every point counted."""
    import django

    django.setup()
    from django.core.management import call_command

    from search.contract import Change
    from search.engines.embedded import writing
    from tests.crash.killing import Killer

    killer = Killer(at, sys.stderr.fileno())
    apply = writing.apply

    def counted(connection: sqlite3.Connection, changes: Iterable[Change]) -> None:
        apply(connection, changes)
        killer.point("inside a transaction of the index")

    writing.apply = counted
    killer.arm()
    call_command(*arguments)
    sys.stderr.write(f"\n{killer.reached}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1].isdecimal() else sys.argv[1], sys.argv[2:])
