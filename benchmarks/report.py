"""What is compared with whom, and the table of ratios; a line without its peer is refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.notes import NOTES

HEADINGS = ("What", "Unit", "Portal", "Peer", "Ratio", "Better", "Peer's name")
TITLE = "# Speed: ratios against named peers of the same run"
INTRODUCTION = """\
Written by `make bench`, or part by part; each part says when and where it was measured. Figures of
other days or machines do not compare, ratios do.
A ratio is the portal's figure divided by the peer's, both measured minutes apart at most on the
same machine. The peers do less, as the notes below say: they are marks to hold on to, and where
the portal is slower the ratio says so."""


class MissingPeerError(Exception):
    """A figure stands alone."""

    def __init__(self, lines: Sequence[str]) -> None:
        super().__init__("no peer in this run for: " + "; ".join(lines))
        self.lines = tuple(lines)


@dataclass(frozen=True, slots=True)
class Line:
    """One comparison: `ours` and `peer` are keys of figures in the same `unit`."""

    what: str
    unit: str
    ours: str
    peer: str
    peer_name: str
    better: str = "lower"


def table(lines: Sequence[Line], figures: Mapping[str, float]) -> str:
    """The comparisons as Markdown; every line needs both figures and the peer's name."""
    alone = [line.what for line in lines if not _complete(line, figures)]
    if alone or not lines:
        raise MissingPeerError(alone or ["everything"])
    rows = [HEADINGS, tuple("---" for _ in HEADINGS), *(_row(line, figures) for line in lines)]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def section(
    name: str, lines: Sequence[Line], figures: Mapping[str, float], machine: Mapping[str, str]
) -> str:
    """One part of RESULTS.md: where and when it was measured, and its table."""
    facts = "\n".join(f"- {fact}: {value}" for fact, value in machine.items())
    return "\n\n".join((f"## {name}", facts, table(lines, figures)))


def sections_of(text: str) -> dict[str, str]:
    """The parts that a RESULTS.md holds, by name."""
    chunks = [chunk.strip() for chunk in text.split("\n## ")[1:]]
    return {chunk.partition("\n")[0]: f"## {chunk}" for chunk in chunks}


def render(sections: Sequence[str]) -> str:
    """The whole of RESULTS.md."""
    return "\n\n".join((TITLE, INTRODUCTION, *sections, "## What is measured", NOTES)) + "\n"


def _complete(line: Line, figures: Mapping[str, float]) -> bool:
    return bool(line.peer_name.strip()) and {line.ours, line.peer} <= figures.keys()


def _row(line: Line, figures: Mapping[str, float]) -> tuple[str, ...]:
    ours, peer = figures[line.ours], figures[line.peer]
    ratio = f"**{_short(ours / peer)}**" if peer else "–"
    return (line.what, line.unit, _short(ours), _short(peer), ratio, line.better, line.peer_name)


def _short(value: float) -> str:
    """Three significant digits, whole numbers from 100 on."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
