"""Encrypted columns against somebody who reads or writes the database."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core import serializers
from django.core.exceptions import FieldError
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test.utils import override_settings

from portal.privacy.errors import DecryptionError, EncryptionError
from portal.privacy.services import rotate_keys
from tests.privacy.secrets_model import Secret, create_table, overwrite, stored

pytestmark = [pytest.mark.once, pytest.mark.django_db]
NOTE = "Nguyễn Thị Hằng, số định danh 008090001234 – đã nghỉ việc ở Đồng Nai"
KEYS = {"k1": b"1" * 32, "k2": b"2" * 32}


@pytest.fixture(autouse=True)
def _table(settings: Any) -> None:
    settings.PRIVACY_KEYS = dict(KEYS)
    settings.PRIVACY_KEY_ID = "k1"
    create_table()


def _reload(row: Secret) -> Secret:
    return Secret.objects.get(pk=row.pk)


def test_vietnamese_text_and_structure_come_back() -> None:
    answers = {"họ tên": "Đặng Văn Ứng", "tuổi": 41, "con": ["Ý", "Ỷ"], "điểm": None}
    row = Secret.objects.create(note=NOTE, answers=answers)
    assert (_reload(row).note, _reload(row).answers) == (NOTE, answers)
    assert _reload(row).twin is None
    assert _reload(Secret.objects.create(note="", answers=[])).answers == []


def test_the_database_holds_nothing_readable() -> None:
    """A stolen backup is searched for a name and a number."""
    row = Secret.objects.create(note=NOTE, answers={"số": "008090001234"})
    for column in ("note", "answers"):
        value = stored(column, row.pk)
        assert value.startswith(b"k1:")
        assert b"008090001234" not in value
        assert "Hằng".encode() not in value


def test_equal_values_do_not_look_equal() -> None:
    """Somebody compares two rows to learn that they hold the same."""
    one, two = (Secret.objects.create(note=NOTE) for _ in range(2))
    assert stored("note", one.pk) != stored("note", two.pk)


@pytest.mark.parametrize("position", [3, 20, -1], ids=["nonce", "text", "tag"])
def test_a_changed_byte_is_noticed(position: int) -> None:
    """Somebody with write access flips one bit."""
    row = Secret.objects.create(note=NOTE)
    value = bytearray(stored("note", row.pk))
    value[position] ^= 1
    overwrite("note", row.pk, bytes(value))
    with pytest.raises(DecryptionError, match=r"test_secret\.note"):
        _reload(row)


def test_a_value_copied_into_another_column_does_not_open() -> None:
    """Somebody copies a hidden value into a column that is shown."""
    row = Secret.objects.create(note=NOTE)
    overwrite("twin", row.pk, stored("note", row.pk))
    with pytest.raises(DecryptionError, match=r"test_secret\.twin"):
        _reload(row)


@pytest.mark.parametrize("value", [b"", b"plain text", b"k1:", b"k9:" + b"x" * 40])
def test_what_was_never_sealed_does_not_open(value: bytes) -> None:
    """Somebody writes clear text or a key of their own into the column."""
    row = Secret.objects.create(note=NOTE)
    overwrite("note", row.pk, value)
    with pytest.raises(DecryptionError):
        _reload(row)


def test_another_key_of_the_same_name_does_not_open() -> None:
    row = Secret.objects.create(note=NOTE)
    with override_settings(PRIVACY_KEYS={"k1": b"9" * 32}), pytest.raises(DecryptionError):
        _reload(row)


@pytest.mark.parametrize(
    "broken",
    [
        {"PRIVACY_KEYS": {}},
        {"PRIVACY_KEYS": {"k1": b"short"}},
        {"PRIVACY_KEY_ID": "k7"},
        {"PRIVACY_KEY_ID": ""},
    ],
)
def test_without_a_key_nothing_is_saved(broken: dict[str, Any]) -> None:
    """The key is lost by a wrong setting: clear text must not be stored instead."""
    row = Secret.objects.create(note="cũ")
    with override_settings(**broken):
        row.note = NOTE
        with pytest.raises(EncryptionError), transaction.atomic():
            row.save()
        with pytest.raises(EncryptionError), transaction.atomic():
            Secret.objects.create(note=NOTE)
        with pytest.raises(EncryptionError), transaction.atomic():
            Secret.objects.bulk_create([Secret(note=NOTE)])
        with pytest.raises(EncryptionError), transaction.atomic():
            Secret.objects.update(note=NOTE)
    assert Secret.objects.count() == 1
    assert _reload(row).note == "cũ"


@pytest.mark.parametrize("value", [{"note": 12}, {"answers": object()}, {"answers": float("nan")}])
def test_a_value_that_cannot_be_written_stops_the_save(value: dict[str, Any]) -> None:
    with pytest.raises(EncryptionError), transaction.atomic():
        Secret.objects.create(**value)
    assert not Secret.objects.exists()


@pytest.mark.parametrize("lookup", ["note", "note__contains", "answers__số"])
def test_an_encrypted_column_is_not_searched(lookup: str) -> None:
    """A filter that can never match must not pass silently as "nothing found"."""
    with pytest.raises(FieldError):
        Secret.objects.filter(**{lookup: NOTE}).exists()


def test_rows_without_a_value_are_found() -> None:
    empty = Secret.objects.create()
    Secret.objects.create(note=NOTE)
    assert Secret.objects.get(note__isnull=True) == empty


def test_a_dump_holds_sealed_values_and_loads_again() -> None:
    """A dump left on a disk must not be the clear text of the database."""
    row = Secret.objects.create(note=NOTE, answers={"a": NOTE})
    dump = serializers.serialize("json", [row], ensure_ascii=False)
    values = json.loads(dump)[0]["fields"]
    loaded = {name: Secret._meta.get_field(name).to_python(values[name]) for name in values}
    assert "Hằng" not in dump
    assert "008090001234" not in dump
    assert loaded == {"note": NOTE, "answers": {"a": NOTE}, "twin": None}


def test_an_older_key_still_opens_and_is_rotated(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [Secret.objects.create(note=f"{NOTE} {number}") for number in range(5)]
    fresh = Secret.objects.create(answers={"điểm": 12})
    settings.PRIVACY_KEY_ID = "k2"
    fresh.save()
    fields = [(Secret, Secret._meta.get_field(name)) for name in ("note", "twin", "answers")]
    monkeypatch.setattr("portal.privacy.services.encrypted_columns", lambda: iter(fields))
    assert _reload(rows[4]).note == f"{NOTE} 4"
    assert rotate_keys(batch=2) == 5
    assert rotate_keys(batch=2) == 0
    settings.PRIVACY_KEYS = {"k2": KEYS["k2"]}
    assert [_reload(row).note for row in rows] == [f"{NOTE} {number}" for number in range(5)]
    assert _reload(fresh).answers == {"điểm": 12}


def test_the_command_names_what_does_not_open(
    settings: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The older key was dropped too early: a sentence, no loss."""
    row = Secret.objects.create(note=NOTE)
    sealed = stored("note", row.pk)
    fields = [(Secret, Secret._meta.get_field("note"))]
    monkeypatch.setattr("portal.privacy.services.encrypted_columns", lambda: iter(fields))
    call_command("rotate_keys")
    assert capsys.readouterr().out.count("\n") == 1
    settings.PRIVACY_KEY_ID, settings.PRIVACY_KEYS = "k2", {"k2": KEYS["k2"]}
    with pytest.raises(CommandError, match="k1"):
        call_command("rotate_keys")
    assert stored("note", row.pk) == sealed
