"""Why a portal cannot be prepared; every error carries a sentence for the operator."""

from __future__ import annotations


class StartError(Exception):
    """Something that must stand first does not stand."""
