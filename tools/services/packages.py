"""Which abilities the tests need from the system, which are missing, and how to get them.

Abilities are tried, not package names: a tool may well come from elsewhere.
"""

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from tools.services.archive import archive_path
from tools.services.postgres import program
from tools.services.stack import given_elastic, given_postgres

BROWSER_VARIABLE = "PORTAL_CHROMIUM"
PROBE_SECONDS = 30
APT = ["apt-get", "install", "--no-install-recommends"]
APT_UNATTENDED = [
    "-y",
    "-o", "Acquire::Retries=3",
    "-o", "DPkg::Lock::Timeout=120",
    "-o", "Dpkg::Options::=--force-confold",
]  # fmt: skip


@dataclass(frozen=True)
class Ability:
    """Something the system must be able to do, and the Debian packages that give it."""

    name: str
    packages: tuple[str, ...]
    present: Callable[[], bool]


def browser() -> str:
    """The browser's path or name; Ubuntu's ``chromium`` is a wrapper that needs the variable."""
    return os.environ.get(BROWSER_VARIABLE) or "chromium"


def needed(environment: Mapping[str, str] = os.environ) -> list[Ability]:
    """The abilities for this environment: servers that are given need no programs here."""
    found = [*_always()]
    if not given_postgres(environment):
        found.append(Ability("PostgreSQL server", ("postgresql",), _has_postgres))
    if not given_elastic(environment):
        found.append(Ability("Java compiler", ("default-jdk-headless",), _on_path("javac")))
        if not archive_path().exists():
            found.append(Ability("Maven", ("maven", "ca-certificates"), _on_path("mvn")))
    return found


def missing(abilities: Iterable[Ability]) -> list[Ability]:
    """Those that the system lacks."""
    return [ability for ability in abilities if not ability.present()]


def apt_line(lacking: Iterable[Ability]) -> list[str]:
    """One command that installs everything lacking, to be run as root."""
    return [*APT, *dict.fromkeys(name for ability in lacking for name in ability.packages)]


def check(install: bool, environment: Mapping[str, str] = os.environ) -> int:
    """Report what is missing, or as root install it; exit code 0 once nothing is missing."""
    lacking = missing(needed(environment))
    if lacking and install and may_install():
        _install(lacking)
        lacking = missing(lacking)
    for ability in lacking:
        print(f"missing: {ability.name} ({' '.join(ability.packages)})")
    if lacking:
        print("As root:", " ".join(apt_line(lacking)))
        return 1
    print("Nothing is missing.")
    return 0


def may_install() -> bool:
    """Only as root and with apt-get; other rights are never asked for."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def _install(lacking: list[Ability]) -> None:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    install = apt_line(lacking)
    for command in (["apt-get", "update", "-qq"], [*install[:2], *APT_UNATTENDED, *install[2:]]):
        if subprocess.run(command, env=environment, check=False).returncode != 0:
            return


def _always() -> Iterable[Ability]:
    yield Ability("Python's venv", ("python3-venv",), _has_venv)
    yield Ability(
        f"Chromium ({BROWSER_VARIABLE} overrides its path)",
        ("chromium",),
        lambda: _output(browser(), "--version") is not None,
    )
    yield Ability("libatomic, for Playwright's driver", ("libatomic1",), _has_libatomic)
    yield Ability("message extraction", ("gettext",), _on_path("xgettext"))
    yield Ability(
        "fonts with Vietnamese letters",
        ("fonts-noto-core", "fontconfig"),
        lambda: bool(_output("fc-list", ":lang=vi")),
    )
    yield Ability(
        "text recognition in Vietnamese",
        ("tesseract-ocr", "tesseract-ocr-vie"),
        lambda: "vie" in (_output("tesseract", "--list-langs") or "").split(),
    )
    yield Ability("PDF tools", ("poppler-utils",), _on_path("pdftotext"))


def _on_path(name: str) -> Callable[[], bool]:
    return lambda: shutil.which(name) is not None


def _has_postgres() -> bool:
    return program("initdb") is not None and program("postgres") is not None


def _has_venv() -> bool:
    """Inside an environment the question has been answered already."""
    return sys.prefix != sys.base_prefix or importlib.util.find_spec("ensurepip") is not None


def _has_libatomic() -> bool:
    try:
        ctypes.CDLL("libatomic.so.1")
    except OSError:
        return False
    return True


def _output(*command: str) -> str | None:
    """What a program prints, or None when it is absent or fails."""
    try:
        result = subprocess.run(
            command, capture_output=True, text=True, timeout=PROBE_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return result.stdout if result.returncode == 0 else None
