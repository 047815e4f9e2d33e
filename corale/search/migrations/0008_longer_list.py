"""PostgreSQL: the list of new words may hold what comes between two looks of the indexer at five thousand a second."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from corale.search.engines import postgresql


def lengthen(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(postgresql.MERGED_IN_BATCHES)


class Migration(migrations.Migration):
    dependencies = [("search", "0007_vocabulary")]

    operations = [migrations.RunPython(lengthen, migrations.RunPython.noop)]
