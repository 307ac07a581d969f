"""Packages through `npm pack` and `apt-get download`: nothing is installed, no script runs."""

from __future__ import annotations

import io
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Callable
from pathlib import Path

from tools.vendoring.manifest import ROOT, Package, digest, packages

SECONDS = 120


class VendoringError(Exception):
    """Why the files cannot be fetched, in a sentence."""


def fetch(root: Path = ROOT) -> list[Path]:
    """Put every listed file into place; nothing is written unless all checksums are right."""
    contents = {
        root / package.folder / path: content
        for package in packages(root)
        for path, content in _taken(package).items()
    }
    for path, content in contents.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return sorted(contents)


def _taken(package: Package) -> dict[str, bytes]:
    with tempfile.TemporaryDirectory() as folder:
        archive = REGISTRIES[package.registry](package, Path(folder))
        with tarfile.open(fileobj=io.BytesIO(archive)) as members:
            return {
                file.path: _member(members, package, file.source, file.sha256)
                for file in package.files
            }


def from_npm(package: Package, folder: Path) -> bytes:
    """The archive of the npm registry."""
    wanted = f"{package.package}@{package.version}"
    command = ("npm", "pack", wanted, "--ignore-scripts", "--pack-destination", str(folder))
    return _downloaded(package, folder, command, "*.tgz").read_bytes()


def from_debian(package: Package, folder: Path) -> bytes:
    """The files of a Debian package of the release that this machine's apt knows."""
    wanted = f"{package.package}={package.version}"
    found = _downloaded(package, folder, ("apt-get", "download", "-qq", wanted), "*.deb")
    return _run(package, folder, ("dpkg-deb", "--fsys-tarfile", str(found)))


REGISTRIES: dict[str, Callable[[Package, Path], bytes]] = {"npm": from_npm, "debian": from_debian}


def _downloaded(package: Package, folder: Path, command: tuple[str, ...], pattern: str) -> Path:
    _run(package, folder, command)
    archives = list(folder.glob(pattern))
    if len(archives) != 1:
        raise VendoringError(f"{package.wanted}: {command[0]} left no archive.")
    return archives[0]


def _run(package: Package, folder: Path, command: tuple[str, ...]) -> bytes:
    program = shutil.which(command[0])
    if program is None:
        raise VendoringError(f"{command[0]} is missing; it is needed to fetch {package.wanted}.")
    try:
        done = subprocess.run(
            (program, *command[1:]), cwd=folder, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise VendoringError(f"{package.wanted}: no answer within {SECONDS} s.") from error
    if done.returncode:
        reason = done.stderr.decode("utf-8", "replace").strip()[-600:]
        raise VendoringError(f"{package.wanted}: {command[0]} could not fetch it.\n{reason}")
    return done.stdout


def _member(members: tarfile.TarFile, package: Package, source: str, sha256: str) -> bytes:
    """One file's bytes, read from the archive; nothing is unpacked by a name inside it."""
    try:
        opened = members.extractfile(source)
    except KeyError:
        opened = None
    if opened is None:
        raise VendoringError(f"{package.wanted}: {source} is not in the package.")
    content = opened.read()
    if digest(content) != sha256:
        raise VendoringError(f"{package.wanted}: {source} has another SHA-256 than is listed.")
    return content
