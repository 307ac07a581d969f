"""Keeps personal data out of logs."""

from __future__ import annotations

import logging


class MaskingFilter(logging.Filter):
    """Masks numbers that name a person before a line is written."""
