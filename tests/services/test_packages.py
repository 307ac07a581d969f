"""The probe names everything that is missing at once, with one line that gets it."""

import subprocess
from pathlib import Path

import pytest

from tools.services import packages, stack

ABSENT = packages.Ability("flying", ("wings", "feathers"), lambda: False)
ALSO_ABSENT = packages.Ability("singing", ("feathers", "voice"), lambda: False)
PRESENT = packages.Ability("walking", ("legs",), lambda: True)


@pytest.fixture
def lacking(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that lacks two abilities of three."""
    abilities = [ABSENT, PRESENT, ALSO_ABSENT]
    monkeypatch.setattr(packages, "needed", lambda _environment: abilities)


@pytest.mark.usefixtures("lacking")
def test_all_missing_are_listed_with_one_apt_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert packages.check(install=False) == 1
    assert capsys.readouterr().out.splitlines() == [
        "missing: flying (wings feathers)",
        "missing: singing (feathers voice)",
        "As root: apt-get install --no-install-recommends wings feathers voice",
    ]


@pytest.mark.usefixtures("lacking")
def test_ordinary_users_are_told_and_nothing_is_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    monkeypatch.setattr(packages, "_install", lambda _lacking: pytest.fail("must not install"))
    assert packages.check(install=True) == 1
    assert "apt-get install" in capsys.readouterr().out


def test_root_installs_and_looks_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    installed: list[str] = []
    ability = packages.Ability("flying", ("wings",), lambda: "wings" in installed)
    monkeypatch.setattr(packages, "needed", lambda _environment: [ability])
    monkeypatch.setattr(packages, "may_install", lambda: True)

    def run(
        command: list[str], env: dict[str, str], check: bool
    ) -> subprocess.CompletedProcess[str]:
        installed.extend(command)
        return subprocess.CompletedProcess(command, 0 if env["DEBIAN_FRONTEND"] else 1)

    monkeypatch.setattr("subprocess.run", run)
    assert packages.check(install=True) == 0
    assert installed[:2] == ["apt-get", "update"]
    assert "--no-install-recommends" in installed
    assert "Nothing is missing." in capsys.readouterr().out


def test_nothing_missing_is_success(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(packages, "needed", lambda _environment: [PRESENT])
    assert packages.check(install=False) == 0
    assert capsys.readouterr().out == "Nothing is missing.\n"


def test_given_servers_need_no_programs() -> None:
    given = {"DATABASE_URL": "postgres://a@b/c", "ELASTICSEARCH_URL": "http://a:1"}
    names = {ability.name for ability in packages.needed(given)}
    assert names.isdisjoint({"PostgreSQL server", "Java compiler", "Maven"})


def test_other_databases_do_not_replace_postgresql() -> None:
    assert stack.given_postgres({"DATABASE_URL": "sqlite:///x"}) is None


def test_maven_is_needed_only_while_the_archive_is_not_there(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(packages, "archive_path", lambda: tmp_path / "none.zip")
    assert "Maven" in {ability.name for ability in packages.needed({})}
    (tmp_path / "none.zip").touch()
    assert "Maven" not in {ability.name for ability in packages.needed({})}


def test_the_browser_can_be_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(packages.BROWSER_VARIABLE, str(tmp_path / "no-browser"))
    names = [ability.name for ability in packages.missing(packages.needed())]
    assert "Chromium (PORTAL_CHROMIUM overrides its path)" in names
