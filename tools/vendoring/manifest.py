"""What `versions.json` promises, and whether the committed files keep it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PLACES = ("static/vendor", "portal/printing/fonts")
NAME = "static/vendor/versions.json"


@dataclass(frozen=True, slots=True)
class VendoredFile:
    """A committed file: `path` below its package's folder, `source` inside the package."""

    path: str
    source: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Package:
    """A package of a registry (npm or Debian) in one exact version, and the files taken from it."""

    folder: str
    registry: str
    package: str
    version: str
    licence: str
    files: tuple[VendoredFile, ...]

    @property
    def wanted(self) -> str:
        """Name and version as people write them."""
        return f"{self.package} {self.version}"


def packages(root: Path = ROOT) -> list[Package]:
    """The packages that `versions.json` lists."""
    raw = json.loads((root / NAME).read_text("utf-8"))
    return [
        Package(**{**item, "files": tuple(VendoredFile(**file) for file in item["files"])})
        for item in raw["packages"]
    ]


def digest(content: bytes) -> str:
    """SHA-256 in hexadecimal letters."""
    return hashlib.sha256(content).hexdigest()


def problems(root: Path = ROOT) -> list[str]:
    """Files that are missing, changed, or committed without being listed."""
    listed = {
        root / package.folder / file.path: file
        for package in packages(root)
        for file in package.files
    }
    wrong = [_problem(path, file, root) for path, file in sorted(listed.items())]
    found = {path for place in PLACES for path in (root / place).rglob("*") if path.is_file()}
    strangers = sorted(found - set(listed) - {root / NAME})
    unlisted = [f"{path.relative_to(root)}: not listed in {NAME}" for path in strangers]
    return [problem for problem in wrong if problem] + unlisted


def _problem(path: Path, file: VendoredFile, root: Path) -> str:
    name = path.relative_to(root)
    if not path.is_file():
        return f"{name}: missing"
    if digest(path.read_bytes()) != file.sha256:
        return f"{name}: its SHA-256 is not the one in {NAME}"
    return ""
