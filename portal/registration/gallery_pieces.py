"""Samples of the provisional result that stands beside the questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.home.gallery import Piece, State, register
from portal.registration import standards
from portal.registration.scale import scale

STANDARD = "vn-2022"
DEPRIVED = {str(number): number < 5 for number in range(1, 13)}


def register_pieces() -> None:
    """Called once from the app's `ready()`."""
    title = gettext_lazy("Provisional result beside the questions")
    register(Piece("standing", title, "registration/_standing.html", _standings))


def _standings() -> Sequence[State]:
    return [
        State(_("Nothing known yet"), _context({}, 6)),
        State(_("Some answers"), _context({"b1": {"electricity": "under_25"}}, 3)),
        State(_("Everything known"), _context({"b1": 120, "indicators": DEPRIVED}, 0)),
    ]


def _context(facts: Mapping[str, Any], steps: int) -> dict[str, Any]:
    standard = standards.get(STANDARD)
    result, cut = standards.score(standard, "rural", facts), standard.cuts.get("rural")
    return {
        "data": {
            "summary": standards.summary(result, steps),
            "result": result,
            "scale": scale(result, cut.b1_max if cut else None),
            "table": standard.table.label.vi if standard.table else "",
        }
    }
