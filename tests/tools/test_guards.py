"""The guards: each finds what it is there for, and the project passes them."""

from __future__ import annotations

import ast
from pathlib import Path

import polib
import pytest

from tools import catalogues, guards, texts

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


@pytest.mark.parametrize(
    ("template", "found"),
    [
        ('<input placeholder="Search the portal">', "placeholder=Search the portal"),
        ('<a title="Open the file" href="/">1</a>', "title=Open the file"),
        ('<img src="a.png" alt="A river">', "alt=A river"),
        ("<nav aria-label='Main menu'></nav>", "aria-label=Main menu"),
        ('<input type="submit" value="Send it">', "value=Send it"),
        ("<p>{{ name }} was here</p>", "was here"),
    ],
)
def test_words_in_attributes_are_found(template: str, found: str) -> None:
    """Only text between tags was looked at."""
    assert list(texts.bare(template)) == [found]


@pytest.mark.parametrize(
    "template",
    [
        "<input placeholder=\"{% translate 'Search the portal' %}\">",
        '<input type="hidden" name="state" value="published">',
        '<img src="a.png" alt=""><a href="/x.pdf">PDF</a>',
        '<option value="official_document">{{ label }}</option>',
        "{% blocktranslate %}Some words here{% endblocktranslate %}<svg><title>Mark</title></svg>",
        "{# A note to developers #}<p>{{ page.title }}</p>",
    ],
)
def test_what_is_translated_or_not_read_is_no_finding(template: str) -> None:
    assert list(texts.bare(template)) == []


def test_templates_of_the_rooms_are_looked_at_too(tmp_path: Path) -> None:
    """`portal/areas/templates` was never scanned."""
    folder = tmp_path / "portal" / "areas" / "templates" / "areas"
    folder.mkdir(parents=True)
    (folder / "page.html").write_text("<p>Untranslated words</p>", "utf-8")
    assert texts.in_templates(tmp_path) == [
        "portal/areas/templates/areas/page.html: Untranslated words"
    ]


@pytest.mark.parametrize(
    "code",
    [
        'return "The list is empty now"',
        'return f"The list {name} is not there"',
        'return first or "Nobody knows what happened"',
        'raise ValidationError("This day is not right")',
        'raise forms.ValidationError("This day is not right")',
        'raise RoomError("This day is not right")',
        'messages.success(request, "The list was saved")',
        'form.add_error("day", "This day is not right")',
        'field = CharField(help_text="What people call you")',
        'return HttpResponse("The list is not there")',
    ],
)
def test_bare_sentences_of_python_are_found(code: str) -> None:
    """English sentences returned from Python passed unseen."""
    assert len(texts.sentences(ast.parse(code))) == 1


@pytest.mark.parametrize(
    "code",
    [
        'return _("The list is empty now")',
        'raise ValidationError(_("This day is not right"))',
        'raise ValueError("a moment needs its zone")',
        'log.error("the list was not saved")',
        'return "SELECT 1 FROM wagtailcore_page closed"',
        'return "Hộ nghèo, hộ cận nghèo"',
        'return "poor near_poor"',
        'return "<p>three small words</p>"',
        'return found.get("a key of three words")',
        '"""A docstring of some words."""',
    ],
)
def test_what_people_do_not_read_is_no_finding(code: str) -> None:
    assert texts.sentences(ast.parse(code)) == []


def test_errors_of_the_engine_room_may_speak_english() -> None:
    code = 'raise QuestionnaireError("the first page is always asked")'
    assert texts.sentences(ast.parse(code), answering=False) == []


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
