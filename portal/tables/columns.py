"""What a table should hold, and what was found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


class TableRefusedError(Exception):
    """The file cannot be read as a table; the message is a sentence for its owner."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column by the folded headings under which it may stand: `("ho ten chu ho", …)`.

    With `digits`, a number cell is refused: a workbook drops the zeros in front of it. `label` is
    how people write the heading; sentences about a missing column show it.
    """

    name: str
    headings: tuple[str, ...]
    required: bool = True
    digits: bool = False
    label: str = ""

    @property
    def shown(self) -> str:
        """The heading in sentences."""
        return self.label or self.headings[0]


@dataclass(frozen=True, slots=True)
class CellError:
    """Something wrong at a place; `row` counts from 1 as in the file, `None` is the whole file.

    `column` is the heading as it stands in the file. The message names no person.
    """

    sheet: str
    row: int | None
    column: str
    message: str


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row below the headings: `cells` by column name, text in NFC or `None` when empty.

    `before` is what stands left of the columns asked for: it tells a sum, a group's title or a
    signature from a row that counts.
    """

    sheet: str
    number: int
    cells: Mapping[str, str | None]
    headings: Mapping[str, str]
    before: tuple[str, ...] = ()


@dataclass(slots=True)
class Table:
    """Rows, errors and what was passed over.

    `warnings` do not stand against the file, but its owner should look: a text that was converted
    from an old font, a sheet or a row that was passed over. `encoding` is that font ("tcvn3",
    "vni"), or the encoding of a CSV file.
    """

    rows: list[TableRow] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)
    warnings: list[CellError] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    sheet: str = ""
    encoding: str | None = None
