"""PostgreSQL's index learns in which spans of time each message lies (`engines.spans`)."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from corale.search.engines import postgresql

SPANS = "ARRAY['@a' || (id >> 38), '@b' || (id >> 43), '@c' || (id >> 48)]"


def learn(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    _with_words(editor, f"words || array_to_tsvector({SPANS})")


def forget(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    _with_words(editor, f"ts_delete(words, {SPANS})")


def _with_words(editor: BaseDatabaseSchemaEditor, words: str) -> None:
    """Every row is written again: the index is made afterwards, which is quicker."""
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP INDEX search_entry_words")
        editor.execute(f"UPDATE search_entry SET words = {words}")  # noqa: S608  ours
        editor.execute(postgresql.CREATE[1])
        editor.execute(postgresql.MERGED_IN_BATCHES)


class Migration(migrations.Migration):
    dependencies = [("search", "0005_entry_by_its_own_number")]

    operations = [migrations.RunPython(learn, forget)]
