"""Tables that only grow: the database itself refuses to change or delete their rows."""

from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def append_only(table: str, *, deletable: str = "") -> migrations.RunPython:
    """A migration step that installs the refusal, for SQLite and PostgreSQL. `deletable`: a boolean column whose true
    rows may be deleted."""

    def install(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        for sql in _install(editor.connection.vendor, table, deletable):
            editor.execute(sql)

    def remove(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        for sql in _remove(editor.connection.vendor, table):
            editor.execute(sql)

    return migrations.RunPython(install, remove)


def _install(vendor: str, table: str, deletable: str) -> list[str]:
    message = f"{table} is append-only"
    spared = f"WHEN NOT OLD.{deletable}" if deletable else ""
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, '{message}'); END",
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {spared} "
            f"BEGIN SELECT RAISE(ABORT, '{message}'); END",
        ]
    if spared:
        spared = f"WHEN (NOT OLD.{deletable})"
    return [
        f"CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{message}'; END $$",
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_refuse()",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW {spared} "
        f"EXECUTE FUNCTION {table}_refuse()",
    ]


def _remove(vendor: str, table: str) -> list[str]:
    if vendor == "sqlite":
        return [f"DROP TRIGGER {table}_no_update", f"DROP TRIGGER {table}_no_delete"]
    return [
        f"DROP TRIGGER {table}_no_update ON {table}",
        f"DROP TRIGGER {table}_no_delete ON {table}",
        f"DROP FUNCTION {table}_refuse()",
    ]
