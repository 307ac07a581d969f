"""Folded words of each user, filled for the accounts that are there."""

from typing import Any

from django.db import migrations, models

from portal.areas.people import find_key


def fill(apps: Any, schema_editor: Any) -> None:
    """Accounts are made by hand, so they are few."""
    users = apps.get_model("areas", "User").objects.using(schema_editor.connection.alias)
    for user in users.iterator():
        users.filter(pk=user.pk).update(find_key=find_key(user))


class Migration(migrations.Migration):
    dependencies = [("areas", "0002_alter_assignment_unit_alter_assignment_user_and_more")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="find_key",
            field=models.TextField(default="", editable=False),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
