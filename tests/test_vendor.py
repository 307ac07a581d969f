"""Committed files of other projects are the ones that versions.json names."""

from __future__ import annotations

import io
import shutil
import tarfile
from pathlib import Path

import pytest

from tools.vendoring import __main__ as command
from tools.vendoring import fetching, manifest

pytestmark = pytest.mark.once
WEB_FONT = "static/vendor/be-vietnam-pro/be-vietnam-pro-latin-600-normal.woff2"
PAPER_FONT = "portal/printing/fonts/Tinos-Regular.ttf"
fonts = pytest.mark.parametrize("font", [WEB_FONT, PAPER_FONT])


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the committed files that a test may spoil."""
    for place in manifest.PLACES:
        shutil.copytree(manifest.ROOT / place, tmp_path / place)
    return tmp_path


def archive_of(package: manifest.Package, content: bytes) -> bytes:
    """A package that holds `content` under every listed name."""
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w") as members:
        for file in package.files:
            member = tarfile.TarInfo(file.source)
            member.size = len(content)
            members.addfile(member, io.BytesIO(content))
    return archive.getvalue()


def registries_give(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    """Every registry answers, with these bytes for every file."""
    for name in fetching.REGISTRIES:
        monkeypatch.setitem(
            fetching.REGISTRIES, name, lambda package, _folder: archive_of(package, content)
        )


def test_the_committed_files_are_those_of_versions_json() -> None:
    assert manifest.problems() == []


def test_every_package_names_version_licence_and_a_known_registry() -> None:
    packages = manifest.packages()
    assert packages
    assert [item.package for item in packages if not (item.version and item.licence)] == []
    assert {item.registry for item in packages} <= fetching.REGISTRIES.keys()


def test_every_package_brings_its_licence_text() -> None:
    named = [[file.path for file in package.files] for package in manifest.packages()]
    assert [paths for paths in named if not any("LICENSE" in path for path in paths)] == []


@fonts
def test_one_changed_byte_is_found(root: Path, font: str) -> None:
    content = bytearray((root / font).read_bytes())
    content[100] ^= 1
    (root / font).write_bytes(content)
    assert manifest.problems(root) == [
        f"{font}: its SHA-256 is not the one in static/vendor/versions.json"
    ]


@fonts
def test_a_missing_file_is_found(root: Path, font: str) -> None:
    (root / font).unlink()
    assert manifest.problems(root) == [f"{font}: missing"]


@pytest.mark.parametrize("path", ["static/vendor/jquery.js", "portal/printing/fonts/Other.ttf"])
def test_a_file_that_nobody_listed_is_found(root: Path, path: str) -> None:
    (root / path).write_text("//", "utf-8")
    assert manifest.problems(root) == [f"{path}: not listed in static/vendor/versions.json"]


def test_without_the_registry_s_client_a_sentence_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert command.main([]) == 1
    assert capsys.readouterr().err.startswith("npm is missing; it is needed to fetch @fontsource/")


def test_checking_needs_no_client(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert command.main(["--check"]) == 0


def test_a_package_swapped_in_the_registry_is_refused_and_changes_nothing(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Attack: the registry serves other bytes under the same version."""
    registries_give(monkeypatch, b"other bytes")
    with pytest.raises(fetching.VendoringError, match="another SHA-256"):
        fetching.fetch(root)
    assert manifest.problems(root) == []


def test_a_spoiled_file_comes_back_from_the_registry(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = (root / PAPER_FONT).read_bytes()
    (root / PAPER_FONT).write_bytes(b"spoiled")
    package = next(item for item in manifest.packages() if item.package == "fonts-croscore")
    file = next(item for item in package.files if item.path == "Tinos-Regular.ttf")
    only = manifest.Package(
        package.folder, "debian", package.package, package.version, package.licence, (file,)
    )
    monkeypatch.setattr(fetching, "packages", lambda _root: [only])
    registries_give(monkeypatch, good)
    assert fetching.fetch(root) == [root / PAPER_FONT]
    assert manifest.problems(root) == []
