"""What several attacks share."""

from __future__ import annotations

from datetime import date

WINDOW = (date(2026, 11, 23), date(2026, 11, 26))
