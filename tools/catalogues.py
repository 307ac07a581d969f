"""`python -m tools.catalogues build|collect`: `.po` to `.mo` in Python, and makemessages.

`locale/vi` holds the portal's own texts, `locale/packages/vi` what the packages leave in English.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[1]


def sources() -> list[Path]:
    """All catalogues of the project."""
    return sorted(ROOT.glob("locale/**/LC_MESSAGES/*.po"))


def build() -> None:
    """Write each `.mo` that is older than its `.po`."""
    for source in sources():
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            polib.pofile(str(source)).save_as_mofile(str(target))


def collect(quiet: bool = False) -> None:
    """Collect texts with Debian's gettext."""
    subprocess.run(
        [
            sys.executable,
            "manage.py",
            "makemessages",
            "-l",
            "vi",
            "--no-obsolete",
            "--no-location",
            "-i",
            ".venv",
            "-i",
            "tests",
            "-i",
            "var",
            "-i",
            ".cache",
        ],
        cwd=ROOT,
        env=os.environ | {"PORTAL_DEMO": "1"},
        check=True,
        stdout=subprocess.DEVNULL if quiet else None,
        stderr=subprocess.DEVNULL if quiet else None,
    )


def uncollected() -> list[str]:
    """Texts in the code that the catalogue does not know; leaves the catalogue as it was."""
    catalogue = ROOT / "locale" / "vi" / "LC_MESSAGES" / "django.po"
    before = catalogue.read_bytes()
    known = {(entry.msgctxt, entry.msgid) for entry in polib.pofile(str(catalogue))}
    try:
        collect(quiet=True)
        found = {(entry.msgctxt, entry.msgid) for entry in polib.pofile(str(catalogue))}
    finally:
        catalogue.write_bytes(before)
    return sorted(msgid for _context, msgid in found - known)


def missing() -> list[str]:
    """Texts without a translation, as `file: text`."""
    found = []
    for source in sources():
        catalogue = polib.pofile(str(source))
        empty = [*catalogue.untranslated_entries(), *catalogue.fuzzy_entries()]
        found += [f"{source.relative_to(ROOT)}: {entry.msgid}" for entry in empty]
    return found


def main(arguments: list[str]) -> int:
    """The exit code: 0 when the catalogues stand."""
    if arguments not in (["build"], ["collect"]):
        sys.stderr.write("usage: python -m tools.catalogues build|collect\n")
        return 2
    if arguments == ["collect"]:
        if shutil.which("xgettext") is None:
            sys.stderr.write("xgettext is missing; as root, run: apt-get install -y gettext\n")
            return 1
        collect()
    build()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
