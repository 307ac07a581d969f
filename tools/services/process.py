"""A server as a value: its process, its address, its log, and what can be done to it."""

import contextlib
import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tools.services.errors import ServiceError
from tools.services.workspace import lives, running_as_root, server_user

PR_SET_PDEATHSIG = 1
TAIL_LINES = 25
READY_SECONDS = 120.0
STOP_SECONDS = 20.0
_libc = ctypes.CDLL(None, use_errno=True)


@dataclass
class Server:
    """One server process in the foreground of its own session.

    ``ready`` looks whether it answers and returns its URL (credentials included), or None while
    it does not. ``death_signal`` is what the kernel sends when the starting thread ends, however
    it ends. ``pid_file`` names the file with the real server's pid where a launcher stands before
    it; without one the child itself is the server.
    """

    name: str
    command: list[str]
    folder: Path
    environment: dict[str, str]
    death_signal: signal.Signals
    ready: "Callable[[Server], str | None]"
    pid_file: Path | None = None
    url: str = ""
    _child: "subprocess.Popen[bytes] | None" = field(default=None, repr=False)

    @property
    def log(self) -> Path:
        """Everything that the server printed, appended across restarts."""
        return self.folder / f"{self.name}.log"

    @property
    def pid(self) -> int:
        """The server's own process id; signals for fault tests go there."""
        if self.pid_file and self.pid_file.exists():
            return int(self.pid_file.read_text())
        return self.child.pid

    @property
    def child(self) -> "subprocess.Popen[bytes]":
        """The process that was started here."""
        if self._child is None:
            raise ServiceError(f"{self.name} was never launched")
        return self._child

    def launch(self) -> None:
        """Start the process and return at once; :meth:`wait_ready` waits for its answer."""
        if self.pid_file:
            self.pid_file.unlink(missing_ok=True)
        with self.log.open("ab") as output:
            self._child = popen(
                self.command, self.folder, self.environment, self.death_signal, output.fileno()
            )

    def wait_ready(self, seconds: float = READY_SECONDS) -> str:
        """Wait until the server answers and return its URL; a failure shows the log's tail."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if self.child.poll() is not None:
                raise ServiceError(f"{self.name} ended by itself:\n{self.tail()}")
            url = self.ready(self)
            if url:
                self.url = url
                return url
            time.sleep(0.05)
        raise ServiceError(f"{self.name} did not answer within {seconds:.0f} s:\n{self.tail()}")

    def tail(self) -> str:
        """The last lines of the log."""
        text = self.log.read_text(errors="replace") if self.log.exists() else ""
        return "\n".join(text.splitlines()[-TAIL_LINES:])

    def stop(self, seconds: float = STOP_SECONDS) -> None:
        """Shut down in order; after the time limit by force. Harmless when already stopped."""
        if self._child is None or self._child.poll() is not None:
            return
        server = self.pid
        with contextlib.suppress(ProcessLookupError):
            self.resume()
        self._child.send_signal(self.death_signal)
        try:
            self._child.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()
        self._wait_gone(server)

    def kill(self) -> None:
        """SIGKILL, as a power cut would; returns once the process is gone."""
        server = self.pid
        with contextlib.suppress(ProcessLookupError):
            os.kill(server, signal.SIGKILL)
        self._wait_gone(server)
        try:
            self.child.wait(5)
        except subprocess.TimeoutExpired:
            self.child.kill()
            self.child.wait()

    def _wait_gone(self, pid: int) -> None:
        """A launcher may end before its server, which still holds the port and the data."""
        deadline = time.monotonic() + STOP_SECONDS
        while lives(pid):
            if time.monotonic() > deadline:
                raise ServiceError(f"{self.name}, process {pid}, does not end")
            time.sleep(0.02)

    def pause(self) -> None:
        """Freeze the server: connections stay open and nothing answers."""
        os.kill(self.pid, signal.SIGSTOP)

    def resume(self) -> None:
        """End a :meth:`pause`."""
        os.kill(self.pid, signal.SIGCONT)

    def restart(self) -> str:
        """Stop if need be and start on the same data and the same port."""
        self.stop()
        self.launch()
        return self.wait_ready()


def popen(
    command: list[str],
    folder: Path,
    environment: dict[str, str],
    death_signal: signal.Signals,
    output: int,
) -> "subprocess.Popen[bytes]":
    """Start a process as the servers' user that cannot outlive the calling thread."""
    root = running_as_root()
    uid, gid = server_user()
    return subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        preexec_fn=follows_parent(death_signal),  # noqa: PLW1509 - the only hook for prctl
        user=uid if root else None,
        group=gid if root else None,
        extra_groups=[] if root else None,
    )


def follows_parent(death_signal: signal.Signals) -> Callable[[], None]:
    """For ``preexec_fn``: the kernel signals the child when the starting thread ends."""
    parent = os.getpid()

    def ask_kernel() -> None:
        _libc.prctl(PR_SET_PDEATHSIG, int(death_signal))
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)

    return ask_kernel
