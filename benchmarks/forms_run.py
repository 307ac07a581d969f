"""`python -m benchmarks.forms_run PART…`: scores, drafts and rows under the environment."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from typing import Any

import django


def main(parts: Sequence[str]) -> None:
    """Print the figures as JSON."""
    django.setup()
    from benchmarks import mounted, scoring, sending, storing

    known: dict[str, Callable[[], dict[str, Any]]] = {
        "mount": mounted.mounted,
        "score": scoring.measure,
        "send": sending.measure,
        "store": storing.measure,
    }
    print(json.dumps({key: value for part in parts for key, value in known[part]().items()}))


if __name__ == "__main__":
    main(sys.argv[1:])
