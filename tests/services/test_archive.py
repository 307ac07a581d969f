"""A download is used only with the expected content, and fetched by one process at a time."""

import hashlib
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tools.services import archive, module
from tools.services.errors import ServiceError
from tools.services.paths import ROOT


def test_foreign_content_is_deleted_and_stops(tmp_path: Path) -> None:
    """Attack: somebody puts another server into the cache or on the way to it."""
    path = archive.archive_path(tmp_path)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"not the server")
    with pytest.raises(ServiceError, match="expected 215d5f3d"):
        archive.fetched_archive(tmp_path)
    assert not path.exists()


def test_expected_content_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(b"content")
    archive.verify(path, hashlib.sha256(b"content").hexdigest())
    assert path.exists()


def test_maven_that_delivers_nothing_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing = tmp_path / "mvn"
    failing.write_text("#!/bin/sh\necho repository unreachable\nexit 1\n")
    failing.chmod(0o755)
    monkeypatch.setattr("shutil.which", lambda _name: str(failing))
    with pytest.raises(ServiceError, match="repository unreachable"):
        archive.fetched_archive(tmp_path / "cache")


def test_absent_maven_points_to_the_check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _name: None)
    with pytest.raises(ServiceError, match=r"tools\.services check"):
        archive.fetched_archive(tmp_path)


def test_programs_are_executable_after_unpacking(tmp_path: Path) -> None:
    packed = tmp_path / "server.zip"
    with zipfile.ZipFile(packed, "w") as content:
        content.writestr(f"elasticsearch-{archive.VERSION}/bin/elasticsearch", "#!/bin/sh\n")
    home = archive.unpack(packed, tmp_path / "out")
    assert (home / "bin" / "elasticsearch").stat().st_mode & 0o111 == 0o111


def test_a_second_run_waits_for_the_lock(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    code = (
        "import pathlib, sys; from tools.services.archive import locked\n"
        "with locked(pathlib.Path(sys.argv[1])): print('mine')"
    )
    with archive.locked(lock):
        other = subprocess.Popen(
            [sys.executable, "-c", code, str(lock)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        with pytest.raises(subprocess.TimeoutExpired):
            other.wait(0.7)
    assert other.communicate(timeout=10)[0] == "mine\n"


def test_a_built_helper_is_not_built_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[Path] = []

    def build(_home: Path, jar: Path) -> None:
        jar.parent.mkdir(parents=True, exist_ok=True)
        jar.touch()
        built.append(jar)

    monkeypatch.setattr(module, "_build", build)
    assert module.built_jar(tmp_path, tmp_path) == module.built_jar(tmp_path, tmp_path)
    assert len(built) == 1


def test_changed_sources_are_built_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_build", lambda _home, jar: jar.parent.mkdir(exist_ok=True))
    before = module.built_jar(tmp_path, tmp_path)
    changed = tmp_path / "New.java"
    changed.write_text("class New {}")
    monkeypatch.setattr(module, "JAVA_SOURCES", tmp_path)
    assert module.built_jar(tmp_path, tmp_path) != before
