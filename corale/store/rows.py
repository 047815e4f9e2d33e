"""Writing many rows at once in the engine's own words.

Measured on both engines: model instances cost three to nine times the processor time of these statements. Only the
paths that take in thousands of rows a second come here; everything else uses the models.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime
from functools import cache, lru_cache
from typing import Any

from django.db import connection, models

CHUNK = 500  # of an IN list: below SQLite's limit on variables
_INTAKE = 0x434F52414C45  # "CORALE"
_INDEX = _INTAKE + 1
_KEEPING = 0x4B454550  # "KEEP"


@cache
def is_postgresql() -> bool:
    """Whether the database is PostgreSQL (SQLite otherwise). Asked for every value: kept, it does not change."""
    return bool(connection.vendor == "postgresql")


def lock_intake(*, is_repeatable: bool = False) -> None:
    """One writer takes in at a time. SQLite's IMMEDIATE transaction is that lock already."""
    _lock(_INTAKE, is_repeatable)


def lock_keeping(connection_id: int) -> None:
    """One keeper of a connection at a time. Who takes both locks takes that of the intake first."""
    if is_postgresql():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_KEEPING, connection_id % 2**31])


def lock_index() -> None:
    """One indexer at a time; on PostgreSQL it works beside whoever takes in, on the second core."""
    _lock(_INDEX, is_repeatable=True)


def _lock(number: int, is_repeatable: bool) -> None:
    """`is_repeatable`: what says how far we have come stands in the same transaction. Then PostgreSQL need not wait for
    the disk at its commit: should the machine fall over in that moment, the transaction never was, and is repeated."""
    if is_postgresql():
        unhurried = ", set_config('synchronous_commit', 'off', true)" * is_repeatable
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT pg_advisory_xact_lock(%s){unhurried}", [number])


def moment(value: datetime | None) -> str | None:
    """A time as raw SQL takes it: text on both engines, because the driver's own way of writing one costs more than
    the rest of its row."""
    return value if value is None else _as_text(value)


@lru_cache(maxsize=4096)  # the rows of one message share their times
def _as_text(value: datetime) -> str:
    in_utc = value.astimezone(UTC)
    return str(in_utc if is_postgresql() else in_utc.replace(tzinfo=None))


def as_time(value: Any) -> datetime | None:
    """A time as read by raw SQL, aware, in UTC."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    if value is not None and value.tzinfo is None:
        value = value.replace(tzinfo=UTC)
    return value if value is None else value.astimezone(UTC)


_NUMBERS = (  # OFFSET 0: the sequence is looked up once, not for each number
    "SELECT array_agg(nextval(number_of)) "
    "FROM (SELECT pg_get_serial_sequence(%s, 'id')::regclass AS number_of OFFSET 0) AS one, generate_series(1, %s)"
)


def reserve_ids(model: type[models.Model], count: int) -> Sequence[int]:
    """`count` fresh ids of a table, so that rows can point at each other before they are written.

    Call inside `atomic()`: on SQLite the write lock keeps the numbers ours.
    """
    if count <= 0:
        return range(0)
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if is_postgresql():
            cursor.execute(_NUMBERS, [table, count])
            numbers: list[int] = cursor.fetchone()[0]
            return numbers
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
        first = (row[0] if row else 0) + 1
        return range(first, first + count)


def insert(model: type[models.Model], columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Rows that are known to be new. SQLite: executemany; PostgreSQL: COPY. JSON goes in as text."""
    if not rows:
        return
    table, names = model._meta.db_table, ", ".join(columns)
    with connection.cursor() as cursor:
        if is_postgresql():
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(columns))
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)


def insert_ignoring(model: type[models.Model], columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Rows of which some may stand there already; those are left as they are."""
    if not rows:
        return
    table, names = model._meta.db_table, ", ".join(columns)
    marks = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks}) ON CONFLICT DO NOTHING", rows)


def update(model: type[models.Model], columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Each row: the values of `columns`, then the id."""
    if not rows:
        return
    sets = ", ".join(f"{name} = %s" for name in columns)
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {model._meta.db_table} SET {sets} WHERE id = %s", rows)


def update_in(model: type[models.Model], columns: Sequence[str], values: Sequence[Any], ids: Sequence[int]) -> None:
    """The same values in `columns` of many rows. Twice as quick as a queryset, which names each id by itself."""
    sets, table = ", ".join(f"{name} = %s" for name in columns), model._meta.db_table
    with connection.cursor() as cursor:
        if is_postgresql():
            cursor.execute(f"UPDATE {table} SET {sets} WHERE id = ANY(%s::bigint[])", [*values, _array(ids)])
        else:
            cursor.executemany(f"UPDATE {table} SET {sets} WHERE id = %s", [[*values, each] for each in ids])


def delete_in(model: type[models.Model], ids: Sequence[int]) -> None:
    """Removes rows by id."""
    with connection.cursor() as cursor:
        if is_postgresql():
            cursor.execute(f"DELETE FROM {model._meta.db_table} WHERE id = ANY(%s::bigint[])", [_array(ids)])
        else:
            cursor.executemany(f"DELETE FROM {model._meta.db_table} WHERE id = %s", [[each] for each in ids])


def select_in(sql: str, ids: Collection[int] | Collection[str]) -> list[tuple[Any, ...]]:
    """Rows of `sql`, whose `IN ({marks})` becomes the list of ids, or of words."""
    if not ids:
        return []
    if not is_postgresql():
        return _in_chunks(sql, ids, ())
    if isinstance(next(iter(ids)), str):
        return _select(sql.replace("IN ({marks})", "= ANY(%s::text[])"), [list(ids)])
    return _select(sql.replace("IN ({marks})", "= ANY(%s::bigint[])"), [_array(ids)])


def look_up(
    sql: str, values: Collection[int] | Collection[str], given: Sequence[Any], *, lock: bool = False
) -> list[tuple[Any, ...]]:
    """As `select_in`, where there is at most one row for each value; `given` fills what stands before the list.

    PostgreSQL is made to go to the index once for each value. Left to itself it reads every row of a connection that
    is younger than its statistics, because it takes that connection for nearly empty.
    """
    if not values:
        return []
    if not is_postgresql():
        return _in_chunks(sql, values, given)
    kind = "text" if isinstance(next(iter(values)), str) else "bigint"
    one = sql.replace("IN ({marks})", "= wanted.value") + " LIMIT 1" + " FOR UPDATE" * lock
    sql = f"SELECT found.* FROM unnest(%s::{kind}[]) AS wanted (value) CROSS JOIN LATERAL ({one}) AS found"
    return _select(sql, [_array(values) if kind == "bigint" else list(values), *given])


def _array(numbers: Iterable[Any]) -> str:
    """As the server reads it; the driver's own way through a list costs several times as much."""
    return "{" + ",".join(map(str, numbers)) + "}"


def _in_chunks(sql: str, values: Collection[Any], given: Sequence[Any]) -> list[tuple[Any, ...]]:
    wanted, found = list(values), list[tuple[Any, ...]]()
    for start in range(0, len(wanted), CHUNK):
        part = wanted[start : start + CHUNK]
        found += _select(sql.replace("{marks}", ", ".join(["%s"] * len(part))), [*given, *part])
    return found


def _select(sql: str, given: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows
