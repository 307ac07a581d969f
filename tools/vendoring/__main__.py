"""`python -m tools.vendoring [--check]`: fetch the committed files anew, or only verify them."""

from __future__ import annotations

import argparse
import sys

from tools.vendoring.fetching import VendoringError, fetch
from tools.vendoring.manifest import ROOT, problems


def main(arguments: list[str]) -> int:
    """The exit code: 0 when every listed file is in place and as listed."""
    parser = argparse.ArgumentParser(prog="python -m tools.vendoring", description=__doc__)
    parser.add_argument("--check", action="store_true", help="verify offline, fetch nothing")
    if not parser.parse_args(arguments).check:
        try:
            written = fetch()
        except VendoringError as error:
            sys.stderr.write(f"{error}\n")
            return 1
        for path in written:
            print(path.relative_to(ROOT))
    found = problems()
    for problem in found:
        sys.stderr.write(f"{problem}\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
