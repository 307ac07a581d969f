"""Parts of folded names are found quickly on PostgreSQL; SQLite reads one commune's rows."""

from typing import Any

from django.db import migrations

INDEX = "CREATE INDEX submission_name_parts ON forms_submission USING gin (name_key gin_trgm_ops)"


def make(apps: Any, editor: Any) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        editor.execute(INDEX)


def drop(apps: Any, editor: Any) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP INDEX IF EXISTS submission_name_parts")


class Migration(migrations.Migration):
    dependencies = [("forms", "0001_first")]
    operations = [migrations.RunPython(make, drop)]
