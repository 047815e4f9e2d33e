"""New words are gathered in a list, which the indexer works into the index after each batch."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from corale.search.engines import postgresql


def in_batches(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(postgresql.MERGED_IN_BATCHES)


def at_once(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(postgresql.MERGED_AT_ONCE)
        editor.execute("SELECT gin_clean_pending_list('search_entry_words')")


class Migration(migrations.Migration):
    dependencies = [("search", "0003_words_of_names")]

    operations = [migrations.RunPython(in_batches, at_once)]
