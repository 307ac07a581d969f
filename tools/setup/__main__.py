"""`python -m tools.setup run|test|lock`: standard library only, since nothing is installed yet."""

from __future__ import annotations

import sys

from tools.setup import environment, portal

USAGE = "usage: python -m tools.setup run|test|lock"


def main(arguments: list[str]) -> int:
    """Bring the machine to where `make run` or `make test` can begin."""
    if arguments == ["run"]:
        environment.ensure("requirements.lock")
        portal.prepare()
    elif arguments == ["test"]:
        environment.ensure("requirements-test.lock")
        portal.catalogues()
    elif arguments == ["lock"]:
        environment.ensure("requirements-test.lock")
        environment.lock()
    else:
        sys.stderr.write(USAGE + "\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
