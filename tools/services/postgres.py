"""A private PostgreSQL cluster from the system's own programs."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
from pathlib import Path

from tools.services.errors import ServiceError
from tools.services.process import Server, popen

ROLE = "portal"
DATABASE = "portal"
ATTEMPTS = 3
# fsync=off loses nothing when a server crashes, only when the machine does. Turning
# synchronous_commit off as well would lose rows that were already acknowledged.
SETTINGS = ["-c", "fsync=off"]


def program(name: str) -> str | None:
    """The newest installed PostgreSQL program of that name; Debian keeps them off the path."""
    versions = Path("/usr/lib/postgresql").glob(f"*/bin/{name}")
    newest = max(versions, key=_version, default=None)
    return str(newest) if newest else shutil.which(name)


def launch(folder: Path) -> Server:
    """Create a cluster in ``folder`` and start it; with its database once it is ready."""
    environment = _environment(folder)
    _initdb(folder, environment)
    port = _free_port()
    server = Server(
        name="postgresql",
        command=_command(folder, port),
        folder=folder,
        environment=environment,
        death_signal=signal.SIGINT,
        ready=lambda running: _answering(running, port),
    )
    server.launch()
    return server


def start(folder: Path) -> Server:
    """A cluster that answers; another port is tried when somebody was faster."""
    for attempt in range(ATTEMPTS):
        data = folder / f"data-{attempt}"
        data.mkdir()
        shutil.chown(data, *_owner(folder))
        server = launch(data)
        try:
            server.wait_ready(30)
        except ServiceError:
            server.stop()
            if attempt + 1 == ATTEMPTS or "could not bind" not in server.tail():
                raise
        else:
            return server
    raise ServiceError("no free port for PostgreSQL")


def _version(path: Path) -> float:
    return float(path.parts[-3])


def _owner(folder: Path) -> tuple[int, int]:
    status = folder.stat()
    return status.st_uid, status.st_gid


def _environment(folder: Path) -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(folder), "LC_ALL": "C.UTF-8"}


def _required(name: str) -> str:
    found = program(name)
    if found is None:
        raise ServiceError(f"{name} is not installed; see: python -m tools.services check")
    return found


def _initdb(folder: Path, environment: dict[str, str]) -> None:
    options = ["-U", ROLE, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
    _finish([_required("initdb"), "-D", str(folder / "pg"), *options], folder, environment)


def _finish(command: list[str], folder: Path, environment: dict[str, str]) -> None:
    log = folder / "setup.log"
    with log.open("ab") as output:
        process = popen(command, folder, environment, signal.SIGKILL, output.fileno())
    if process.wait() != 0:
        raise ServiceError(f"{Path(command[0]).name} failed:\n{log.read_text(errors='replace')}")


def _command(folder: Path, port: int) -> list[str]:
    place = ["-D", str(folder / "pg"), "-h", "127.0.0.1", "-p", str(port), "-k", str(folder)]
    return [_required("postgres"), *place, *SETTINGS]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _answering(server: Server, port: int) -> str | None:
    """Whether connections are accepted; the database is made at the first time."""
    if not _accepts(server, port):
        return None
    marker = server.folder / "database-made"
    if not marker.exists():
        where = ["-h", "127.0.0.1", "-p", str(port), "-U", ROLE, DATABASE]
        _finish([_required("createdb"), *where], server.folder, server.environment)
        marker.touch()
    return f"postgres://{ROLE}@127.0.0.1:{port}/{DATABASE}"


def _accepts(server: Server, port: int) -> bool:
    command = [_required("pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]
    with contextlib.suppress(subprocess.TimeoutExpired):
        done = subprocess.run(command, env=server.environment, timeout=5, check=False)
        return done.returncode == 0
    return False
