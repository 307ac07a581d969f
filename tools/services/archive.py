"""Elasticsearch's archive: fetched once through Maven, checked every time."""

import contextlib
import fcntl
import hashlib
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

from tools.services.errors import ServiceError
from tools.services.paths import CACHE

VERSION = "8.19.21"
SHA256 = "215d5f3dbf0609a149f6218a9e47b6ae2df34ebbff3c5754e35f15a5e5393c8a"
GROUP = "org.elasticsearch.distribution.integ-test-zip"
MAVEN_GOAL = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:get"
FETCH_SECONDS = 900


def archive_path(cache: Path = CACHE) -> Path:
    """Where the archive lies inside the project's own Maven repository."""
    folder = cache / "maven" / Path(*GROUP.split(".")) / "elasticsearch" / VERSION
    return folder / f"elasticsearch-{VERSION}.zip"


def fetched_archive(cache: Path = CACHE) -> Path:
    """The archive with the expected content; Maven runs only while it is not there."""
    path = archive_path(cache)
    with locked(cache / "maven.lock"):
        if not path.exists():
            _fetch(cache)
        verify(path)
    return path


def verify(path: Path, expected: str = SHA256) -> None:
    """Stop on foreign content, and delete it so that the next run fetches anew."""
    with path.open("rb") as content:
        found = hashlib.file_digest(content, "sha256").hexdigest()
    if found != expected:
        path.unlink()
        raise ServiceError(f"{path.name} has SHA-256 {found}, expected {expected}; deleted")


def unpack(archive: Path, folder: Path) -> Path:
    """Unpack into ``folder`` and return the server's home."""
    with zipfile.ZipFile(archive) as content:
        content.extractall(folder)
    home = folder / f"elasticsearch-{VERSION}"
    # zipfile does not restore the permissions that the archive records.
    for program in (home / "bin").iterdir():
        program.chmod(0o755)
    return home


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """One process at a time; the lock goes with the process that holds it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _fetch(cache: Path) -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise ServiceError("mvn is not installed; see: python -m tools.services check")
    command = [maven, "-B", "-q", "-C", MAVEN_GOAL, "-Dtransitive=false"]
    artifact = f"-Dartifact={GROUP}:elasticsearch:{VERSION}:zip"
    where = f"-Dmaven.repo.local={cache / 'maven'}"
    result = subprocess.run(
        [*command, artifact, where],
        capture_output=True,
        text=True,
        timeout=FETCH_SECONDS,
        check=False,
    )
    if result.returncode != 0 or not archive_path(cache).exists():
        raise ServiceError(f"Maven did not deliver {artifact}:\n{result.stdout}{result.stderr}")
