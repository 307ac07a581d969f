"""Runs every guard and the whole suite; `make test` and `make lint` call it."""

from __future__ import annotations

import argparse
import random
import sys

from tools import lint


def _services(*words: str) -> list[str]:
    return [lint.PYTHON, "-m", "tools.services", *words]


def _passes(seed: int, arguments: list[str]) -> list[str]:
    """Both passes between the servers, the guards beside what has to be ready before them."""
    return _services("run", "--", lint.PYTHON, "-m", "tools.passes", str(seed), *arguments)


def main() -> int:
    """A failed guard does not hide the suite's result."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lint-only", action="store_true")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1, 10**6))
    options, rest = parser.parse_known_args()
    if options.lint_only:
        return lint.main()
    if not lint.step("system packages", _services("check", "--install")):
        return 1
    print(f"Order seed: {options.seed}", flush=True)
    return 0 if lint.step("suite", _passes(options.seed, rest)) else 1


if __name__ == "__main__":
    sys.exit(main())
