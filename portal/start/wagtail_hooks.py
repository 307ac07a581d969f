"""Loaded with the back office: its pages take the names that `labels` gives."""

from __future__ import annotations

from portal.start.labels import name_columns

name_columns()
