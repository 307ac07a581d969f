"""From a file to rows: scan, limited child, headings, cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from portal.jobs.limited import LimitedResult, run_limited
from portal.tables.columns import CellError, Column, Table, TableRefusedError, TableRow
from portal.tables.scan import scan
from search.text import name_key, nfc, repair_legacy

SECONDS = 60
MEMORY_MB = 1024
HEADING_ROWS = 15


def read_table(path: str | Path, columns: Sequence[Column]) -> Table:
    """Read an XLSX or CSV file; what is wrong stands in `errors`, never in an exception.

    A file that cannot be read at all, a missing and a doubled heading are errors of the file.
    """
    try:
        found = scan(Path(path))
        raw = _raw(Path(path), found.kind)
    except (TableRefusedError, OSError) as error:
        return Table(errors=[CellError("", None, "", str(error))])
    encoding = next((item["encoding"] for item in raw if "encoding" in item), None)
    rows = [item for item in raw if "cells" in item]
    table = Table(sheet=rows[0]["sheet"] if rows else "", encoding=encoding)
    table.errors += [
        CellError(table.sheet, _row_of(cell), cell, _("The cell holds a formula; put its value."))
        for cell in found.formulas
    ]
    _fill(table, rows, columns)
    return table


def _raw(path: Path, kind: str) -> list[dict[str, Any]]:
    payload = {"path": str(path.resolve()), "kind": kind}
    result = run_limited("portal.tables.child.read", payload, seconds=SECONDS, memory_mb=MEMORY_MB)
    if not result.ok:
        raise TableRefusedError(_sentence(result))
    return list(result.items)


def _sentence(result: LimitedResult) -> str:
    if result.reason in {"memory", "timeout"}:
        return _("Reading the file went over a limit of time or memory.")
    return _("The workbook is damaged and cannot be opened.")


def _row_of(cell: str) -> int:
    return int("".join(letter for letter in cell if letter.isdigit()))


def _tidy(text: str) -> str:
    repaired, _encoding = repair_legacy(nfc(text))
    return " ".join(nfc(repaired).split())


def _fill(table: Table, raw: list[dict[str, Any]], columns: Sequence[Column]) -> None:
    texts = [[_tidy(cell[0]) for cell in item["cells"]] for item in raw]
    start = _heading_row(texts, columns)
    if start is None:
        table.errors.append(CellError(table.sheet, None, "", _missing(columns)))
        return
    places = _places(table, texts[start], raw[start]["row"], columns)
    if places is None:
        return
    headings = {name: texts[start][place] for name, place in places.items()}
    by_name = {column.name: column for column in columns}
    for item, cells in zip(raw[start + 1 :], texts[start + 1 :], strict=True):
        if not any(cells):
            continue
        values = {
            name: (cells[place] or None) if place < len(cells) else None
            for name, place in places.items()
        }
        row = TableRow(table.sheet, item["row"], values, headings)
        _check_digits(table, row, item["cells"], places, by_name)
        table.rows.append(row)


def _heading_row(texts: list[list[str]], columns: Sequence[Column]) -> int | None:
    """The row that holds most of the headings, among the first ones."""
    known = {heading for column in columns for heading in column.headings}
    scores = [sum(name_key(cell) in known for cell in cells) for cells in texts[:HEADING_ROWS]]
    best = max(scores, default=0)
    return scores.index(best) if best else None


def _missing(columns: Sequence[Column]) -> str:
    names = ", ".join(f"“{column.headings[0]}”" for column in columns if column.required)
    return _("No row holds the headings. Needed: %(names)s.") % {"names": names}


def _places(
    table: Table, cells: list[str], number: int, columns: Sequence[Column]
) -> dict[str, int] | None:
    """Where each column stands; `None` when a heading is missing or doubled."""
    places: dict[str, int] = {}
    errors: list[CellError] = []
    for column in columns:
        found = [i for i, cell in enumerate(cells) if name_key(cell) in column.headings]
        if len(found) > 1:
            doubled = _("The heading stands twice.")
            errors.append(CellError(table.sheet, number, cells[found[1]], doubled))
        elif found:
            places[column.name] = found[0]
        elif column.required:
            missing = _("The column is missing.")
            errors.append(CellError(table.sheet, number, column.headings[0], missing))
    table.errors += errors
    used = set(places.values())
    table.ignored += [cell for i, cell in enumerate(cells) if cell and i not in used]
    return None if errors else places


def _check_digits(
    table: Table,
    row: TableRow,
    cells: list[list[Any]],
    places: Mapping[str, int],
    columns: Mapping[str, Column],
) -> None:
    for name, place in places.items():
        if columns[name].digits and place < len(cells) and cells[place][1]:
            message = _(
                "The cell holds a number, so zeros in front of it are lost; format it as text."
            )
            table.errors.append(CellError(row.sheet, row.number, row.headings[name], message))
