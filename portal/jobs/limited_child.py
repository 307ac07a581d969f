"""The child of `run_limited`: sets its own limits, then calls the target."""

from __future__ import annotations

import importlib
import json
import os
import resource
import sys
from typing import Any

OUT_OF_MEMORY = 97
TARGET_FAILED = 98


def main(target: str, memory_mb: int, seconds: int) -> int:
    """Read the payload from standard input, write one JSON line per item."""
    resource.setrlimit(resource.RLIMIT_AS, (memory_mb * 1024 * 1024,) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    payload = json.load(sys.stdin)
    out = os.fdopen(os.dup(1), "w", buffering=1, encoding="utf-8")  # a kill loses no item
    os.dup2(2, 1)  # a library that prints must not spoil the lines
    try:
        return _call(target, payload, out)
    except MemoryError:
        return OUT_OF_MEMORY


def _call(target: str, payload: Any, out: Any) -> int:
    module, _dot, name = target.rpartition(".")
    try:
        for item in getattr(importlib.import_module(module), name)(payload):
            out.write(json.dumps(item, ensure_ascii=False) + "\n")
        out.flush()
    except MemoryError:
        raise
    except Exception as error:  # everything a target can raise is one answer to the parent
        out.flush()
        sys.stderr.write(f"{type(error).__name__}: {error}")
        return TARGET_FAILED
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
