"""Runs a function in a child process with limits on memory, processor and time.

Files from outside can kill their reader (one cell in the last corner of a workbook makes it ask
for 549 GB). The child may die; the caller gets a reason, never an exception.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).resolve().parents[2]
ITEM_BYTES = 16 * 1024 * 1024
OUT_OF_MEMORY = 97
TARGET_FAILED = 98


@dataclass(slots=True)
class LimitedResult:
    """What the child gave; `items` holds what came before it ended."""

    ok: bool
    items: list[Any] = field(default_factory=list)
    reason: str | None = None
    detail: str = ""


def run_limited(
    target: str,
    payload: Any,
    *,
    seconds: float,
    memory_mb: int,
    on_item: Callable[[Any], None] | None = None,
) -> LimitedResult:
    """Call the dotted `target(payload)`, which yields JSON-able items, in a limited child.

    With `on_item` the items are handed over one by one instead of collected. `reason` is None,
    "timeout", "memory", "crashed" or "error"; `detail` is for the log.
    """
    result = LimitedResult(ok=True)
    child = _start(target, payload, seconds, memory_mb)
    timer = threading.Timer(seconds, child.kill)
    timer.start()
    complaints = threading.Thread(target=lambda: _drain(child.stderr, result), daemon=True)
    complaints.start()
    try:
        _collect(child.stdout, on_item or result.items.append)
    except ValueError as error:
        child.kill()
        result.detail = str(error)
    finally:
        code = child.wait()
        timed_out = not timer.is_alive()
        timer.cancel()
        complaints.join(5)
    result.reason = _reason(code, timed_out)
    result.ok = result.reason is None
    return result


def _start(target: str, payload: Any, seconds: float, memory_mb: int) -> subprocess.Popen[bytes]:
    command = [
        sys.executable,
        "-m",
        "portal.jobs.limited_child",
        target,
        str(memory_mb),
        str(int(seconds) + 1),
    ]
    child = subprocess.Popen(  # noqa: S603
        command,
        cwd=ROOT,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert child.stdin is not None  # noqa: S101  # nosec B101
    try:
        child.stdin.write(json.dumps(payload).encode())
        child.stdin.close()
    except BrokenPipeError:
        pass  # the child died at its start; its exit code says why
    return child


def _collect(stream: IO[bytes] | None, take: Callable[[Any], None]) -> None:
    assert stream is not None  # noqa: S101  # nosec B101
    while line := stream.readline(ITEM_BYTES + 1):
        if len(line) > ITEM_BYTES:
            raise ValueError("an item is too large")
        if line.endswith(b"\n"):
            take(json.loads(line))


def _drain(stream: IO[bytes] | None, result: LimitedResult) -> None:
    assert stream is not None  # noqa: S101  # nosec B101
    result.detail = stream.read(64 * 1024).decode(errors="replace")[-2000:]
    while stream.read(64 * 1024):
        pass


def _reason(code: int, timed_out: bool) -> str | None:
    if code == 0:
        return None
    if timed_out:
        return "timeout"
    if code == OUT_OF_MEMORY:
        return "memory"
    return "error" if code == TARGET_FAILED else "crashed"
