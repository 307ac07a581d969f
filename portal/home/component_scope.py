"""What belongs to the portal itself, and what to the site of a unit."""

from __future__ import annotations

from django.db import models
from django.db.models import Func, Q


class _OfThePortal(Func):
    """One row stands in the inner table, so that the list outside keeps its index.

    The row is asked for by its key: of a join SQLite would read every page, for every page.
    """

    template = (
        "NOT EXISTS (SELECT 1 FROM wagtailcore_page top"
        " WHERE top.id IN (SELECT page_ptr_id FROM home_componentindexpage)"
        " AND SUBSTR(%(expressions)s, 1, LENGTH(top.path)) = top.path)"
    )
    output_field = models.BooleanField()


def of_the_portal() -> Q:
    """Condition: the page stands in no component site."""
    return Q(_OfThePortal("path"))


def standing(below: str = "") -> Q:
    """Condition: below the home page of a unit (its path), or in the portal itself."""
    return Q(path__startswith=below) if below else of_the_portal()
