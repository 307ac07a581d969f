"""Runs a function in a child process with limits on memory, processor and time.

Files from outside can kill their reader (one cell in the last corner of a workbook makes it ask
for 549 GB). The child may die; the caller gets a reason, never an exception.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).resolve().parents[2]
ITEM_BYTES = 16 * 1024 * 1024
OUT_OF_MEMORY = 97
TARGET_FAILED = 98
# Keys and passwords of the portal stay out of reach of a file that takes over its reader.
PASSED_ON = {
    *("PATH", "HOME", "TMPDIR", "TZ", "LANG", "LD_LIBRARY_PATH", "VIRTUAL_ENV"),
    "TESSDATA_PREFIX",
}
PASSED_PREFIXES = ("LC_", "PYTHON", "COVERAGE")


class _SpoiledError(Exception):
    """The child sent something that is no item."""


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

    With `on_item` the items are handed over one by one instead of collected; what it raises ends
    the child and reaches the caller. `reason` is None, "timeout", "memory", "crashed" or "error";
    `detail` is for the log. Programs that the child started end with it, whatever ended it.
    """
    result = LimitedResult(ok=True)
    take = on_item or result.items.append
    child = _start(target, payload, seconds, memory_mb)
    timer = threading.Timer(seconds, _kill, (child,))
    timer.start()
    complaints = threading.Thread(target=lambda: _drain(child.stderr, result), daemon=True)
    complaints.start()
    spoiled = ""
    try:
        for item in _items(child.stdout):
            take(item)
    except BaseException as error:
        _kill(child)
        if not isinstance(error, _SpoiledError):
            raise
        spoiled = str(error)
    finally:
        code = _ended(child)
        timed_out = not timer.is_alive()
        timer.cancel()
        complaints.join(5)
        _close(child)
    result.reason = "crashed" if spoiled else _reason(code, timed_out, result.detail)
    result.detail = spoiled or result.detail
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
        env=_environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    assert child.stdin is not None  # noqa: S101  # nosec B101
    try:
        child.stdin.write(json.dumps(payload).encode())
        child.stdin.close()
    except BrokenPipeError:
        pass  # the child died at its start; its exit code says why
    return child


def _kill(child: subprocess.Popen[bytes]) -> None:
    """End the child and whatever it started, which is one group of processes."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)


def _ended(child: subprocess.Popen[bytes]) -> int:
    """Wait for the child; its number stays its own until what it left behind is ended too."""
    with suppress(ChildProcessError):
        os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
        _kill(child)
    return child.wait()


def _environment() -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if name in PASSED_ON or name.startswith(PASSED_PREFIXES)
    }
    return kept | {"OPENBLAS_NUM_THREADS": "1"}


def _items(stream: IO[bytes] | None) -> Iterator[Any]:
    """One item a line; the last line of a child that was killed may be cut off."""
    assert stream is not None  # noqa: S101  # nosec B101
    while line := stream.readline(ITEM_BYTES + 1):
        if len(line) > ITEM_BYTES:
            raise _SpoiledError("an item is too large")
        if not line.endswith(b"\n"):
            return
        try:
            item = json.loads(line)
        except ValueError as error:
            raise _SpoiledError("an item is no JSON") from error
        yield item


def _close(child: subprocess.Popen[bytes]) -> None:
    for stream in (child.stdout, child.stderr):
        if stream is not None:
            stream.close()


def _drain(stream: IO[bytes] | None, result: LimitedResult) -> None:
    assert stream is not None  # noqa: S101  # nosec B101
    said = stream.read(64 * 1024).decode(errors="replace")
    result.detail = said if len(said) <= 2000 else f"{said[:1000]} … {said[-1000:]}"
    while stream.read(64 * 1024):
        pass


def _reason(code: int, timed_out: bool, detail: str) -> str | None:
    if code == 0:
        return None
    if timed_out or code == -signal.SIGXCPU:
        return "timeout"
    if code == OUT_OF_MEMORY or (code == -signal.SIGABRT and "memory allocation" in detail):
        return "memory"
    return "error" if code == TARGET_FAILED else "crashed"
