"""Folders in which a server runs: short, open to its user, and removed even after a crash.

The checkout may lie where an unprivileged user cannot go, and a Unix socket's path may have only
107 bytes, so servers live under the system's temporary folder.
"""

import os
import pwd
import shutil
import tempfile
from pathlib import Path

PREFIX = "portal-services-"
OWNER = "owner"


def running_as_root() -> bool:
    """Both servers refuse to run as uid 0; as root they get the user ``nobody``."""
    return os.geteuid() == 0


def server_user() -> tuple[int, int]:
    """User and group id for the servers."""
    if not running_as_root():
        return os.geteuid(), os.getegid()
    nobody = pwd.getpwnam("nobody")
    return nobody.pw_uid, nobody.pw_gid


def give_away(folder: Path) -> None:
    """Make everything in ``folder`` belong to the servers' user."""
    if not running_as_root():
        return
    uid, gid = server_user()
    for place, _folders, files in os.walk(folder):
        os.chown(place, uid, gid)
        for name in files:
            os.chown(Path(place, name), uid, gid, follow_symlinks=False)


def lives(pid: int) -> bool:
    """Whether a process still runs; one that only waits to be collected does not."""
    return "".join(_status(pid)[:1]) not in {"", "Z", "X"}


def create() -> Path:
    """A new folder, marked with the process that owns it (see :func:`sweep`)."""
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=tempfile.gettempdir()))
    (folder / OWNER).write_text(f"{os.getpid()} {_started(os.getpid())}")
    give_away(folder)
    return folder


def remove(folder: Path) -> None:
    """Delete a folder and what is in it; a server may still be dropping files there."""
    shutil.rmtree(folder, ignore_errors=True)


def sweep() -> list[Path]:
    """Remove the folders of runs that were killed; returns what was removed."""
    dead = [folder for folder in _folders() if not _owner_lives(folder)]
    for folder in dead:
        remove(folder)
    return dead


def _folders() -> list[Path]:
    """Marked folders only: one without its mark is just being made by somebody else."""
    found = Path(tempfile.gettempdir()).glob(f"{PREFIX}*/{OWNER}")
    return [mark.parent for mark in found]


def _owner_lives(folder: Path) -> bool:
    pid, _, started = (folder / OWNER).read_text().partition(" ")
    return not pid.isdigit() or _started(int(pid)) == started


def _started(pid: int) -> str:
    """When a process began, in clock ticks since boot: tells a process from a reused number."""
    return "".join(_status(pid)[19:20])


def _status(pid: int) -> list[str]:
    """The kernel's fields about a process from its state on; none once it is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []
