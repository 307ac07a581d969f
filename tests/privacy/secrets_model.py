"""A table with encrypted columns that exists in tests alone."""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import connection, models

from portal.privacy.fields import EncryptedJSONField, EncryptedTextField

registry = Apps()


class Secret(models.Model):
    """A note and answers, both encrypted; `twin` is a second column to copy into."""

    note = EncryptedTextField(null=True, blank=True)
    twin = EncryptedTextField(null=True, blank=True)
    answers = EncryptedJSONField(null=True, blank=True)

    class Meta:
        apps = registry
        app_label = "secrets"
        db_table = "test_secret"


def create_table() -> None:
    """Inside the test's transaction, so that it goes with it."""
    sql, params = connection.SchemaEditorClass(connection).table_sql(Secret)
    with connection.cursor() as cursor:
        cursor.execute(sql, params or None)


def stored(column: str, key: int) -> bytes:
    """What lies in the database."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM test_secret WHERE id = %s", [key])
        return bytes(cursor.fetchone()[0])


def overwrite(column: str, key: int, value: bytes) -> None:
    """As somebody with access to the database would."""
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE test_secret SET {column} = %s WHERE id = %s", [value, key])
