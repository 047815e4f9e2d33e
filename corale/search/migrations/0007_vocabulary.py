"""SQLite: which words there are, read from the index itself."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from corale.search.engines import sqlite


def look(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "sqlite":
        editor.execute(sqlite.VOCABULARY)


def look_no_more(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "sqlite":
        editor.execute(sqlite.NO_VOCABULARY)


class Migration(migrations.Migration):
    dependencies = [("search", "0006_spans_of_time")]

    operations = [migrations.RunPython(look, look_no_more)]
