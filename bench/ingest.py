"""Taking in: a file through the import, and the same messages through the live pipeline, against the same rows raw.

Each round takes the messages in (envelope, person, thread, conversation, facts, and the search index, whose loop runs
beside it as it does in the worker), until the index has everything; reads back every row that came of it, empties the
tables, and writes the very same rows with the driver alone, in commits of the same size. Processor time counts the
server's processes too. `ratio_to_raw` compares the medians of the rounds.
"""

from __future__ import annotations

import statistics
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

import django

from bench._measure import QUICK, Spent, say, spending
from bench._town import lines
from corale.project.sparing import settle_down

COUNT = 4_000 if QUICK else 40_000
ROUNDS = 1 if QUICK else 3
COMMIT = 500
MERGED = 5000  # rows after which the words that are written raw are merged on PostgreSQL
TABLES = (
    "channels_connection", "people_person", "people_identity", "people_identityname", "channels_envelope",
    "conversations_conversation", "conversations_message", "ledger_fact", "search_entry",
)  # fmt: skip


def main() -> None:
    """Both cases, on the database of the environment."""
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    settle_down()  # as the worker and `corale import` do
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "town.jsonl"
        with path.open("wb") as opened:
            opened.writelines(lines(COUNT))
        _case("import", lambda: _import(path))
        _case("live", lambda: _live(path))


def _case(case: str, take: Callable[[], None]) -> None:
    from corale.search.index import index_all

    product: list[Spent] = []
    raw: list[Spent] = []
    for _ in range(ROUNDS):
        _empty()
        with _indexer(), spending() as spent:
            take()
            index_all()  # what the loop has not come to
        product.append(spent)
        rows = _read_back()
        _empty()
        with spending() as spent:
            _write_raw(rows)
        raw.append(spent)
    _empty()
    cpu, bare = _median(product, "cpu"), _median(raw, "cpu")
    say(
        case=case, size=COUNT, per_s=1e6 / _median(product, "wall"), cpu_us=cpu, client_us=_median(product, "client"),
        server_us=_median(product, "server"), raw_cpu_us=bare, raw_per_s=1e6 / _median(raw, "wall"),
        ratio_to_raw=cpu / bare,
    )  # fmt: skip


def _median(rounds: Sequence[Spent], what: str) -> float:
    """Microseconds a message."""
    return 1e6 / COUNT * float(statistics.median(getattr(spent, what) for spent in rounds))


@contextmanager
def _indexer() -> Iterator[None]:
    """The loop of the worker, in a thread of its own."""
    from django.db import connection

    from corale.search.index import run

    def loop() -> None:
        run(stop)
        connection.close()

    stop = threading.Event()
    thread = threading.Thread(target=loop, name="search.index")
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _import(path: Path) -> None:
    from corale.conversations.importing.running import prepare, run_import

    done = run_import(prepare(path, source="town", by=None))
    assert done.kept == COUNT, done.kept


def _live(path: Path) -> None:
    """What a listener does with what it hears, here in readings of two hundred: keep, and have it understood."""
    from corale.adapters.files import reading
    from corale.channels.actions.keep import keep
    from corale.channels.actions.telling import Teller
    from corale.channels.models import Connection

    connection = Connection.objects.create(kind="files", stable_id="live")
    arriving = (line.raw for line in reading.lines(path, reading.shape_of(path)))
    teller = Teller()
    teller.start()
    while some := list(islice(arriving, 200)):
        keep(connection, some)
        teller.soon(connection)
    teller.end()
    teller.join()
    assert not connection.envelopes.new().exists()


def _read_back() -> dict[str, tuple[list[str], list[Sequence[Any]]]]:
    """Every row, and the words of the index."""
    from django.db import connection

    found: dict[str, tuple[list[str], list[Sequence[Any]]]] = {}
    with connection.cursor() as cursor:
        for table in TABLES:
            # As text where the driver would otherwise build Python values out of JSON.
            cursor.execute(f"SELECT * FROM {table} ORDER BY id")
            columns = [column[0] for column in cursor.description]
            if connection.vendor == "postgresql":
                wanted = ", ".join(f"{name}::text" if _is_made(name) else name for name in columns)
                cursor.execute(f"SELECT {wanted} FROM {table} ORDER BY id")
            found[table] = columns, cursor.fetchall()
        if connection.vendor == "sqlite":
            found["search_words"] = ["rowid", "words"], _words()
    return found


def _is_made(name: str) -> bool:
    return name in {"data", "settings", "extras", "headers", "preferences", "words"}


def _words() -> list[Sequence[Any]]:
    from corale.conversations.models import Message
    from corale.search.index import folded
    from corale.search.models import Entry

    texts = dict(Message.objects.values_list("id", "text"))
    return [(pk, folded(texts[message])) for pk, message in Entry.objects.order_by("id").values_list("id", "object_id")]


def _write_raw(rows: dict[str, tuple[list[str], list[Sequence[Any]]]]) -> None:
    """Table by table in commits of the same size, by the driver alone."""
    from django.db import connection

    from corale.search.engines.postgresql import merge

    connection.ensure_connection()
    driver = connection.connection
    for table, (columns, every) in rows.items():
        names = ", ".join(columns)
        for start in range(0, len(every), COMMIT):
            part = every[start : start + COMMIT]
            if connection.vendor == "postgresql":
                copying = f"COPY {table} ({names}) FROM STDIN"
                with driver.transaction(), driver.cursor() as cursor:
                    with cursor.copy(copying) as copy:
                        for row in part:
                            copy.write_row(row)
                    if table == "search_entry" and not (start + COMMIT) % MERGED:
                        merge()
            else:
                driver.execute("BEGIN IMMEDIATE")
                marks = ", ".join("?" * len(columns))
                driver.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", part)
                driver.execute("COMMIT")


def _empty() -> None:
    """Empty tables, in a file that does not grow from round to round."""
    from django.db import connection

    others = ("search_pending", "search_name", "live_liveevent", "conversations_rejectedline",
              "conversations_importrun", "channels_cursor")  # fmt: skip
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"TRUNCATE {', '.join(TABLES[::-1] + others)} CASCADE")
            return
        cursor.execute("PRAGMA foreign_keys = OFF")
        cursor.execute("DROP TRIGGER IF EXISTS ledger_fact_no_delete")
        for table in (*TABLES[::-1], *others):
            cursor.execute(f"DELETE FROM {table}")
        cursor.execute("INSERT INTO search_words (search_words) VALUES ('delete-all')")
        cursor.execute("PRAGMA foreign_keys = ON")
