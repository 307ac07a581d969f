"""A forwarding proxy that disturbs one client's way to a server, and nobody else's.

Put it before PostgreSQL or Elasticsearch, use :meth:`FaultProxy.url_for`, and change ``fault``
while connections are open. Cutting an answer after COMMIT is how a test makes a row that was
written and an error that was shown.
"""

import contextlib
import enum
import socket
import struct
import threading
import time
from types import TracebackType
from urllib.parse import urlsplit

CHUNK = 65536
CONNECT_SECONDS = 5.0
# Lingering for zero seconds turns close() into a reset, which is what a crash looks like.
RESET = struct.pack("ii", 1, 0)


class Fault(enum.Enum):
    """What happens to the connections."""

    NONE = "forward everything"
    REFUSE = "nobody listens; open connections are reset"
    HANG = "everything is accepted, nothing is answered"
    SLOW = "each piece of an answer waits"
    CUT = "requests arrive, their answers are lost and the connection is reset"


class FaultProxy:
    """Forwards 127.0.0.1:``port`` to a server; a context manager that closes everything.

    ``delay`` is in seconds and counts for each piece of an answer under ``Fault.SLOW``.
    """

    def __init__(self, url: str, delay: float = 0.3) -> None:
        parts = urlsplit(url)
        self.url = url
        self.target = (parts.hostname or "127.0.0.1", parts.port or 0)
        self.delay = delay
        self._fault = Fault.NONE
        self._open: set[socket.socket] = set()
        self._changed = threading.Condition()
        self._listener = _listen(0)
        self.port: int = self._listener.getsockname()[1]
        self._serve()

    def __enter__(self) -> "FaultProxy":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def url_for(self) -> str:
        """The server's URL with the proxy's address in it."""
        host, port = self.target
        return self.url.replace(f"{host}:{port}", f"127.0.0.1:{self.port}")

    @property
    def fault(self) -> Fault:
        """The disturbance in force; set it at any time."""
        return self._fault

    @fault.setter
    def fault(self, fault: Fault) -> None:
        before, self._fault = self._fault, fault
        if fault is Fault.REFUSE:
            self._stop_listening()
            self._reset_all()
        elif before is Fault.REFUSE:
            self._listener = _listen(self.port)
            self._serve()
        with self._changed:
            self._changed.notify_all()

    def close(self) -> None:
        """End all connections and give the port back."""
        self._stop_listening()
        self._reset_all()
        with self._changed:
            self._fault = Fault.REFUSE
            self._changed.notify_all()

    def _stop_listening(self) -> None:
        # Only shutdown wakes the thread that waits in accept().
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _serve(self) -> None:
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                client, _address = listener.accept()
            except OSError:
                return
            threading.Thread(target=self._connect, args=(client,), daemon=True).start()

    def _connect(self, client: socket.socket) -> None:
        try:
            server = socket.create_connection(self.target, CONNECT_SECONDS)
        except OSError:
            _reset(client)
            return
        server.settimeout(None)
        self._open |= {client, server}
        threading.Thread(target=self._requests, args=(client, server), daemon=True).start()
        self._answers(server, client)

    def _requests(self, client: socket.socket, server: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while piece := client.recv(CHUNK):
                self._wait_while_hanging()
                server.sendall(piece)
        self._end(client, server)

    def _answers(self, server: socket.socket, client: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while piece := server.recv(CHUNK):
                self._wait_while_hanging()
                if self._fault is Fault.CUT:
                    break
                if self._fault is Fault.SLOW:
                    time.sleep(self.delay)
                client.sendall(piece)
        self._end(client, server)

    def _wait_while_hanging(self) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._fault is not Fault.HANG)

    def _end(self, client: socket.socket, server: socket.socket) -> None:
        """A cut must look like a crash to the client; otherwise the ending is a plain one."""
        self._open -= {client, server}
        close = _reset if self._fault is Fault.CUT else _close
        close(client)
        _close(server)

    def _reset_all(self) -> None:
        for connection in [*self._open]:
            _reset(connection)
        self._open.clear()


def _listen(port: int) -> socket.socket:
    return socket.create_server(("127.0.0.1", port))


def _reset(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
    _close(connection)


def _close(connection: socket.socket) -> None:
    # A thread blocked in recv() on this socket only wakes by shutdown, not by close.
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()
