"""What limited children are asked to do."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from typing import Any


def count(payload: int) -> Iterator[dict[str, Any]]:
    """Numbers from 0, with Vietnamese beside them."""
    yield from ({"number": number, "text": "Đường"} for number in range(payload))


def sleep(payload: float) -> Iterator[str]:
    """Begin, then do nothing for long."""
    yield "begun"
    time.sleep(payload)
    yield "ended"


def spin(_payload: object) -> Iterator[str]:
    """Use the processor and nothing else."""
    while True:
        pass
    yield ""


def swell(payload: int) -> Iterator[int]:
    """Ask for `payload` megabytes at once."""
    yield len(bytearray(payload * 1024 * 1024))


def fail(payload: str) -> Iterator[str]:
    """One item, then an exception."""
    yield "first"
    raise RuntimeError(payload)


def die(payload: int) -> Iterator[str]:
    """One item, then a signal that cannot be caught."""
    yield "first"
    os.kill(os.getpid(), payload)


def chatter(payload: str) -> Iterator[str]:
    """What libraries do: print where only items belong."""
    sys.stdout.write(f"{payload}\n")
    sys.stdout.flush()
    os.write(1, b"not json\n")
    yield "item"


def shout(payload: int) -> Iterator[str]:
    """Fill standard error, as a library that warns about every cell."""
    os.write(2, b"w" * payload)
    yield "item"


def bulky(payload: int) -> Iterator[str]:
    """An item of `payload` letters, and one after it."""
    yield "x" * payload
    yield "after"


def endless(_payload: object) -> Iterator[int]:
    """Items without end."""
    number = 0
    while True:
        yield number
        number += 1


def environment(_payload: object) -> Iterator[dict[str, str]]:
    """The variables that the child can see."""
    yield dict(os.environ)


def loaded(_payload: object) -> Iterator[bool]:
    """Whether the child has the portal's settings."""
    yield "portal.settings" in sys.modules
