"""All units of the country in the database of a test."""

from __future__ import annotations

from django.db import connection

from portal.areas.services import LoadResult, load_units


def load_country() -> LoadResult:
    """As `load_units`, with keys that PostgreSQL checks quickly at the end of each test."""
    result = load_units()
    settle()
    return result


def settle() -> None:
    """Check all keys now; a plan from when the tables were small reads all rows for each."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE areas_unit, areas_unitsuccession, areas_unitname")
    connection.check_constraints()
