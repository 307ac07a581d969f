"""Run one command with the servers around it."""

import os
import signal
import subprocess
import sys
from types import FrameType

from tools.services.process import follows_parent
from tools.services.stack import running


def run(command: list[str]) -> int:
    """Start the servers, run ``command`` with their addresses, stop them; returns its exit code.

    A command ended by a signal counts as 128 plus the signal's number, as in a shell.
    """
    signal.signal(signal.SIGTERM, leave)
    with running() as stack:
        process = subprocess.Popen(
            command,
            env=os.environ | stack.variables,
            preexec_fn=follows_parent(signal.SIGTERM),  # noqa: PLW1509 - no thread runs yet
        )
        code = _wait(process)
    return code if code >= 0 else 128 - code


def leave(number: int, _frame: FrameType | None) -> None:
    """Turn a signal into an orderly end, so that the servers are stopped."""
    sys.exit(128 + number)


def _wait(process: "subprocess.Popen[bytes]") -> int:
    """Ctrl-C reaches the command too; it is given the time to end by itself."""
    try:
        return process.wait()
    except KeyboardInterrupt:
        return process.wait()
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait()
