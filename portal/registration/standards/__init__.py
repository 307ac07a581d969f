"""Poverty standards as data, and what they say of a household (design decision 6).

`get(id)`, `all_ids()`; `check_answers()` for what comes from outside; `score()`, `record()` and
`explain()`, all pure; `summary()` for the sentence after a step; `load_table()` for B1 points.
"""

from __future__ import annotations

from portal.registration.standards.checking import check_answers
from portal.registration.standards.codes import AREAS, Area, Classification, State
from portal.registration.standards.errors import (
    BadAnswersError,
    OtherStandardError,
    StandardError,
    TableError,
    UnknownStandardError,
)
from portal.registration.standards.explaining import Line, explain
from portal.registration.standards.library import all_ids, get
from portal.registration.standards.model import Doubt, Indicator, Item, Option, Standard, Table
from portal.registration.standards.records import record, result_of
from portal.registration.standards.scoring import Result, compiled, possible_classes, score
from portal.registration.standards.sentences import Summary, summary
from portal.registration.standards.table_files import load_table

__all__ = [
    "AREAS",
    "Area",
    "BadAnswersError",
    "Classification",
    "Doubt",
    "Indicator",
    "Item",
    "Line",
    "Option",
    "OtherStandardError",
    "Result",
    "Standard",
    "StandardError",
    "State",
    "Summary",
    "Table",
    "TableError",
    "UnknownStandardError",
    "all_ids",
    "check_answers",
    "compiled",
    "explain",
    "get",
    "load_table",
    "possible_classes",
    "record",
    "result_of",
    "score",
    "summary",
]
