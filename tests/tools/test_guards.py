"""The guards: each finds what it is there for, and the project passes them."""

from __future__ import annotations

from pathlib import Path

import polib
import pytest

from tools import catalogues, guards

pytestmark = pytest.mark.once


def _module(folder: Path, text: str) -> None:
    (folder / "portal").mkdir()
    (folder / "portal" / "grown.py").write_text(text, "utf-8")


def test_a_module_over_400_lines_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _module(tmp_path, "x = 1\n" * 401)
    monkeypatch.setattr(guards, "ROOT", tmp_path)
    assert guards.sizes() == ["portal/grown.py: 401 lines (at most 400)"]


def test_a_function_over_50_lines_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _module(tmp_path, "def long() -> None:\n" + "    print()\n" * 50)
    monkeypatch.setattr(guards, "ROOT", tmp_path)
    assert guards.sizes() == ["portal/grown.py:1 long: 51 lines"]


def test_words_outside_translation_are_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "templates").mkdir()
    template = "<p>{% translate 'News' %}</p><p>Untranslated words</p>"
    (tmp_path / "templates" / "page.html").write_text(template, "utf-8")
    monkeypatch.setattr(guards, "ROOT", tmp_path)
    assert guards.bare_texts() == ["templates/page.html: Untranslated words"]


def test_a_text_without_translation_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "locale" / "vi" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    catalogue = polib.POFile()
    catalogue.append(polib.POEntry(msgid="News", msgstr=""))
    catalogue.save(str(folder / "django.po"))
    monkeypatch.setattr(catalogues, "ROOT", tmp_path)
    assert catalogues.missing() == ["locale/vi/LC_MESSAGES/django.po: News"]


def test_a_text_that_no_catalogue_knows_is_found_and_the_catalogue_stays(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = catalogues.ROOT / "locale" / "vi" / "LC_MESSAGES" / "django.po"
    before = path.read_bytes()

    def collect(quiet: bool = False) -> None:
        catalogue = polib.pofile(str(path))
        catalogue.append(polib.POEntry(msgid="A text of tomorrow"))
        catalogue.save(str(path))

    monkeypatch.setattr(catalogues, "collect", collect)
    assert catalogues.uncollected() == ["A text of tomorrow"]
    assert path.read_bytes() == before


def test_the_project_itself_passes() -> None:
    assert guards.sizes() == []
    assert guards.bare_texts() == []
    assert guards.versions() == []
    assert catalogues.missing() == []
