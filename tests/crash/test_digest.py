"""The mark by which a rehearsal knows that a kill left nothing."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import psycopg

from tests import databases
from tests.crash.conftest import Place

RENAME = "UPDATE wagtailcore_site SET site_name = 'Cổng thử'"


def _write(address: str, kept: bool) -> None:
    """Rename the site in a transaction that is kept or not."""
    file = address.startswith(databases.FILE)
    name = address.removeprefix(databases.FILE)
    held = sqlite3.connect(Path(name)) if file else psycopg.connect(address)
    held.execute(RENAME)
    if kept:
        held.commit()
    held.close()


def test_a_change_that_was_not_kept_leaves_the_digest_and_one_that_was_does_not(
    place: Place,
) -> None:
    begun = databases.digest(place.database)
    _write(place.database, kept=False)
    assert databases.digest(place.database) == begun
    _write(place.database, kept=True)
    assert databases.digest(place.database) != begun
