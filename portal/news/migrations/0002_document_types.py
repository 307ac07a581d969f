"""The 29 administrative types of NĐ 30/2020 and the 9 normative ones."""

import json
from pathlib import Path
from typing import Any

from django.db import migrations

DATA = Path(__file__).resolve().parent.parent / "data" / "document_types.json"


def load(apps: Any, schema_editor: Any) -> None:
    """Make or renew the rows by code."""
    model = apps.get_model("news", "DocumentType")
    for row in json.loads(DATA.read_text(encoding="utf-8"))["types"]:
        model.objects.update_or_create(code=row["code"], defaults=row)


class Migration(migrations.Migration):
    dependencies = [("news", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
