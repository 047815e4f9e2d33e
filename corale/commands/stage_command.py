"""A part of `corale restore` on PostgreSQL: tables as they were, their rows, then this version's migrations."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="corale stage", description=__doc__)
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args(argv).folder
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from corale.commands.archive.manifest import Manifest

    manifest = Manifest.read(folder)
    executor = MigrationExecutor(connection)
    executor.migrate(leaves(executor.loader.graph, manifest))
    load(folder, manifest)
    call_command("migrate", verbosity=0, interactive=False)
    return 0


def leaves(graph: Any, manifest: Any) -> list[tuple[str, str]]:
    """The last migrations that the backup knew of."""
    known = {(app, name) for app, names in manifest.migrations.items() for name in names} & set(graph.nodes)
    return [node for node in known if not any(child.key in known for child in graph.node_map[node].children)]


def load(folder: Path, manifest: Any) -> None:
    """All rows in one transaction, without what migrations put there and without triggers that guard later changes."""
    from psycopg import sql

    from corale.commands.archive.postgres import connect, copying, tables

    with connect() as database:
        (schema,) = database.execute("SELECT current_schema()").fetchone() or ("public",)
        present = tables(database, schema)
        for table in present:
            database.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(sql.Identifier(table)))
        every = sql.SQL(", ").join(map(sql.Identifier, present))
        database.execute(sql.SQL("TRUNCATE {}").format(every))
        for table, columns in manifest.columns.items():
            if table not in present:
                continue
            with (
                (folder / "tables" / f"{table}.copy").open("rb") as file,
                database.cursor() as cursor,
                cursor.copy(copying(table, columns, "FROM STDIN")) as rows,
            ):
                while block := file.read(1 << 20):
                    rows.write(block)
        for name, value in manifest.sequences.items():
            database.execute("SELECT setval(to_regclass(quote_ident(%s)), %s)", [name, value])
        database.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in present:
            database.execute(sql.SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(sql.Identifier(table)))
    with connect(autocommit=True) as database:
        database.execute("ANALYZE")
