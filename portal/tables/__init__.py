"""XLSX and CSV in (limited child, header mapping, error per cell) and out (formula-safe)."""

from portal.tables.columns import CellError, Column, Table, TableRefusedError, TableRow
from portal.tables.reading import read_table
from portal.tables.writing import write_table

__all__ = [
    "CellError",
    "Column",
    "Table",
    "TableRefusedError",
    "TableRow",
    "read_table",
    "write_table",
]
