"""A private Elasticsearch with security switched on."""

import base64
import hashlib
import json
import os
import re
import secrets
import signal
import urllib.error
import urllib.request
from pathlib import Path

from tools.services import archive, module
from tools.services.paths import CACHE
from tools.services.process import Server
from tools.services.workspace import give_away

USER = "admin"
ROUNDS = 1000
# The last two options halve the time of a start; leave them out to measure speed.
JVM = "-Xms256m -Xmx512m -XX:TieredStopAtLevel=1 -XX:-AlwaysPreTouch"
PUBLISHED = re.compile(rb"HttpServerTransport.*publish_address \{127\.0\.0\.1:(\d+)\}")
# 127.0.0.1 keeps the server in development mode: any other address switches on checks of the
# machine. The disk watermark would block writes on a full disk of a build machine.
CONFIGURATION = """\
cluster.name: portal
discovery.type: single-node
network.host: 127.0.0.1
transport.port: 0
path.data: {home}/data
path.logs: {home}/logs
action.auto_create_index: false
cluster.routing.allocation.disk.threshold_enabled: false
xpack.security.autoconfiguration.enabled: false
xpack.security.http.ssl.enabled: false
"""


def launch(folder: Path, cache: Path = CACHE) -> Server:
    """Unpack, configure and start a server in ``folder``; it is ready some ten seconds later."""
    home = archive.unpack(archive.fetched_archive(cache), folder)
    module.install(home, cache)
    password = secrets.token_hex(12)
    _configure(home, password)
    give_away(folder)
    server = Server(
        name="elasticsearch",
        command=_command(home, port=0),
        folder=folder,
        environment=_environment(folder),
        death_signal=signal.SIGTERM,
        ready=lambda running: _answering(running, home, password),
        pid_file=folder / "elasticsearch.pid",
    )
    server.launch()
    return server


def start(folder: Path, cache: Path = CACHE) -> Server:
    """A server that answers."""
    server = launch(folder, cache)
    try:
        server.wait_ready()
    except BaseException:
        server.stop()
        raise
    return server


def password_hash(password: str, salt: bytes) -> str:
    """The form in which the server's own file of users keeps a password."""
    digest = hashlib.pbkdf2_hmac("sha512", password.encode(), salt, ROUNDS, 32)
    encoded = (base64.b64encode(part).decode() for part in (salt, digest))
    return f"{{PBKDF2}}{ROUNDS}${'$'.join(encoded)}"


def _configure(home: Path, password: str) -> None:
    config = home / "config"
    (config / "elasticsearch.yml").write_text(CONFIGURATION.format(home=home))
    hashed = password_hash(password, secrets.token_bytes(32))
    (config / "users").write_text(f"{USER}:{hashed}\n")
    (config / "users_roles").write_text(f"superuser:{USER}\n")
    (home / "tmp").mkdir()


def _environment(folder: Path) -> dict[str, str]:
    temporary = folder / f"elasticsearch-{archive.VERSION}" / "tmp"
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(folder),
        "ES_JAVA_HOME": str(module.java_home()),
        "ES_JAVA_OPTS": JVM,
        "ES_TMPDIR": str(temporary),
        "CLI_JAVA_OPTS": f"-Djava.io.tmpdir={temporary}",
    }


def _command(home: Path, port: int) -> list[str]:
    pid_file = home.parent / "elasticsearch.pid"
    return [str(home / "bin" / "elasticsearch"), "-p", str(pid_file), "-E", f"http.port={port}"]


def _answering(server: Server, home: Path, password: str) -> str | None:
    ports = PUBLISHED.findall(server.log.read_bytes())
    if not ports:
        return None
    port = int(ports[-1])
    if not _healthy(port, password):
        return None
    # A restart shall come back at the address that clients already know.
    server.command = _command(home, port)
    return f"http://{USER}:{password}@127.0.0.1:{port}"


def _healthy(port: int, password: str) -> bool:
    address = f"http://127.0.0.1:{port}/_cluster/health?wait_for_status=yellow&timeout=5s"
    token = base64.b64encode(f"{USER}:{password}".encode()).decode()
    request = urllib.request.Request(address, headers={"Authorization": f"Basic {token}"})
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=10) as answer:
            return json.load(answer)["status"] in {"yellow", "green"}
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False
