"""Brings the demo portal to where it can be served: keys, catalogues, database, content."""

from __future__ import annotations

from tools.setup.environment import PYTHON, ROOT, run

DEMO = {"PORTAL_DEMO": "1"}


def catalogues() -> None:
    """Build the `.mo` files in Python; gettext is not on a bare machine."""
    run(PYTHON, "-m", "tools.catalogues", "build")


def prepare() -> None:
    """Everything that `make run` does short of serving; quick when nothing changed."""
    (ROOT / "var").mkdir(exist_ok=True)
    catalogues()
    run(PYTHON, "manage.py", "prepare_demo", **DEMO)
