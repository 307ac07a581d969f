"""Why the demo cannot be seeded, in a sentence for the operator."""

from __future__ import annotations


class DemoError(Exception):
    """The data do not fit, or the portal holds the demo of another province."""
