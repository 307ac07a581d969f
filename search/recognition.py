"""Text of a drawn page by tesseract with Vietnamese, where the machine has both.

The program is one of the system and no part of the portal: without it scans stay scans.
"""

from __future__ import annotations

import csv
import io
import os
import subprocess
from dataclasses import dataclass
from functools import cache
from typing import Any

from search.text import nfc

PROGRAM = "tesseract"
LANGUAGE = "vie"
DPI = 200
PROBE_SECONDS = 10


class RecognitionError(Exception):
    """The program was not there, died or hung; it says nothing of the page."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """The lines of a page; `confidence` is 0 to 100, the mean of its words by their length."""

    text: str
    confidence: int


@cache
def available() -> bool:
    """Whether this machine recognises Vietnamese; asked once in a process's life."""
    try:
        listed = subprocess.run(  # noqa: S603
            [PROGRAM, "--list-langs"], capture_output=True, timeout=PROBE_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return LANGUAGE.encode() in listed.stdout.split()


def recognise(picture: Any, seconds: float) -> Recognised:
    """Read a picture (PIL); raises `RecognitionError`."""
    drawn = io.BytesIO()
    picture.save(drawn, "PPM")
    command = [PROGRAM, "stdin", "stdout", "-l", LANGUAGE, "--dpi", str(DPI), "tsv"]
    try:
        done = subprocess.run(  # noqa: S603
            command,
            input=drawn.getvalue(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            check=True,
            env=os.environ | {"OMP_THREAD_LIMIT": "1"},
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise RecognitionError(type(error).__name__) from error
    return read_table(done.stdout.decode(errors="replace"))


def read_table(text: str) -> Recognised:
    """The program's table: a row a word, with its line and how sure it is (-1: no word)."""
    lines: dict[tuple[str, ...], list[str]] = {}
    sure = weight = 0.0
    for row in csv.DictReader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE):
        word, confidence = (row.get("text") or "").strip(), _number(row.get("conf"))
        if not word or confidence < 0:
            continue
        place = tuple(row[name] for name in ("block_num", "par_num", "line_num"))
        lines.setdefault(place, []).append(word)
        sure, weight = sure + confidence * len(word), weight + len(word)
    joined = nfc("\n".join(" ".join(words) for words in lines.values()))
    return Recognised(joined, round(sure / weight) if weight else 0)


def _number(text: str | None) -> float:
    try:
        return float(text or -1)
    except ValueError:
        return -1
