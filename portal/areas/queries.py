"""Reads of the room, as the other rooms import them."""

from __future__ import annotations

from portal.areas.kept_index import index_of
from portal.areas.names import UnitIndex, find_unit, resolve_commune
from portal.areas.officers import Scope, administers, scope_of
from portal.areas.succession import (
    Succession,
    former_units,
    in_force,
    successors_of,
    unit_on,
    units_of_province,
)

__all__ = [
    "Scope",
    "Succession",
    "UnitIndex",
    "administers",
    "find_unit",
    "former_units",
    "in_force",
    "index_of",
    "resolve_commune",
    "scope_of",
    "successors_of",
    "unit_on",
    "units_of_province",
]
