"""The provinces by code, out of the project's own list of units; read before any database is."""

from __future__ import annotations

import csv

from portal.settings.env import BASE_DIR

UNITS = BASE_DIR / "portal" / "areas" / "data"
WORDS = {"tinh": "tỉnh", "thanh_pho": "thành phố"}


def provinces() -> dict[str, str]:
    """Code and full name: `{"08": "tỉnh Tuyên Quang", …}`, under the kind of today."""
    with (UNITS / "changes-after-2025.csv").open(encoding="utf-8", newline="") as source:
        changed = {row["code"]: row["kind_after"] for row in csv.DictReader(source)}
    with (UNITS / "units-2025.csv").open(encoding="utf-8", newline="") as source:
        rows = [row for row in csv.DictReader(source) if row["level"] == "province"]
    return {
        row["code"]: f"{WORDS[changed.get(row['code'], row['kind'])]} {row['name']}" for row in rows
    }
