"""Commands: ``run -- COMMAND…``, ``start``, ``stop``, ``status``, ``check [--install]``."""

import argparse
import sys
from pathlib import Path

from tools.services import desk, packages, runner
from tools.services.errors import ServiceError
from tools.services.paths import STATE

VERBS = ("start", "stop", "status", "keep", "run", "check")


def main(arguments: list[str]) -> int:
    """Carry out one command; returns the exit code."""
    if arguments and arguments[0] not in VERBS and not arguments[0].startswith("-"):
        print(f"{arguments[0]!r} is none of {', '.join(VERBS)} (DO=…)", file=sys.stderr)
        return 2
    chosen = _parser().parse_args(arguments)
    try:
        return _carry_out(chosen)
    except ServiceError as error:
        print(error, file=sys.stderr)
        return 1


def _carry_out(chosen: argparse.Namespace) -> int:
    if chosen.verb == "run":
        return runner.run(_command(chosen.command))
    if chosen.verb == "check":
        return packages.check(chosen.install)
    desk_verbs = {
        "start": desk.start, "stop": desk.stop, "status": desk.status, "keep": desk.keep
    }  # fmt: skip
    return desk_verbs[chosen.verb](chosen.state)


def _command(words: list[str]) -> list[str]:
    """The command without the ``--`` that may stand before it."""
    command = words[1:] if words[:1] == ["--"] else words
    if not command:
        raise ServiceError("run needs a command")
    return command


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools.services", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    run = verbs.add_parser("run", help="run a command with both servers around it")
    run.add_argument("command", nargs=argparse.REMAINDER)
    check = verbs.add_parser("check", help="list the system packages that are missing")
    check.add_argument("--install", action="store_true", help="install them when run as root")
    for verb, text in {
        "start": "start both servers and leave them running",
        "stop": "stop what start left running",
        "status": "print addresses and processes",
        "keep": "hold the servers in the foreground",
    }.items():
        desk_verb = verbs.add_parser(verb, help=text)
        desk_verb.add_argument("--state", type=Path, default=STATE, help="folder for the state")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
