"""The units of one province as the project's own data have them; the whole country takes long."""

from __future__ import annotations

import csv
from pathlib import Path

from portal.areas.services import DATA, load_units

AFTER = "units-2025.csv"


def load_province(folder: Path, code: str) -> None:
    """The province and its communes of today, loaded."""
    write_province(folder, code)
    load_units(folder)


def write_province(folder: Path, code: str) -> None:
    """A folder with the province and its communes; the other files keep their headings alone."""
    folder.mkdir(exist_ok=True)
    for source in DATA.glob("*.csv"):
        heading = source.read_text("utf-8").partition("\n")[0]
        (folder / source.name).write_text(heading + "\n", "utf-8")
    with (DATA / AFTER).open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if code in (row["code"], row["parent_code"])]
    with (folder / AFTER).open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
