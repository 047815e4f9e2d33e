"""FTS5 without the texts (`content=''`): a fifth of the space, and forgetting needs to be told the old words.

https://www.sqlite.org/fts5.html, sections 4.4.2 (contentless tables), 6.7 (the delete command), 5.1.1 (bm25).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection

from corale.search.engines import Match
from corale.search.models import Entry
from corale.search.query import Term
from corale.store import rows

CREATE = (
    "CREATE VIRTUAL TABLE search_words USING fts5(words, content='', tokenize='unicode61 remove_diacritics 2', "
    "detail=full, columnsize=1)"
)
AT_ONCE = False  # the only writer would be held four times as long
DROP = "DROP TABLE search_words"
_END = 2**63 - 1


def insert(entries: Sequence[tuple[int, int, int, str]]) -> None:
    """New entries."""
    rows.insert(Entry, ("id", "object_id", "conversation_id"), [entry[:3] for entry in entries])
    _write("INSERT INTO search_words (rowid, words) VALUES (%s, %s)", [(entry[0], entry[3]) for entry in entries])


def replace(entries: Sequence[tuple[int, str, str]]) -> None:
    """Forgets the old words, which must be those that were added, and learns the new ones."""
    _write(
        "INSERT INTO search_words (search_words, rowid, words) VALUES ('delete', %s, %s)",
        [(entry, old) for entry, old, _new in entries],
    )
    _write("INSERT INTO search_words (rowid, words) VALUES (%s, %s)", [(entry, new) for entry, _old, new in entries])


def merge() -> None:
    """FTS5 merges by itself, a little with each batch."""


def _write(sql: str, given: Sequence[tuple[int, str]]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(sql, given)


_FOUND = """
SELECT search_words.rowid, object_id, conversation_id
FROM search_words CROSS JOIN search_entry ON search_entry.id = search_words.rowid
WHERE search_words MATCH %s"""  # CROSS: the words first, then their entries
_NEWEST = f"{_FOUND} AND search_words.rowid < %s ORDER BY search_words.rowid DESC LIMIT %s"
_BEST = f"{_FOUND} AND search_words.rowid >= %s ORDER BY bm25(search_words), search_words.rowid DESC LIMIT %s"
_OLDEST = "SELECT rowid FROM search_words WHERE search_words MATCH %s ORDER BY rowid DESC LIMIT 1 OFFSET %s"


def newest(terms: tuple[Term, ...], *, before: int | None, limit: int) -> list[Match]:
    """Walks the index backwards and stops after `limit`."""
    return _rows(_NEWEST, [match(terms), _END if before is None else before, limit])


def best(terms: tuple[Term, ...], *, among: int, limit: int) -> list[Match]:
    """bm25 over the newest `among` matches only."""
    oldest = _rows(_OLDEST, [match(terms), among - 1])
    return _rows(_BEST, [match(terms), oldest[0][0] if oldest else 0, limit])


def match(terms: tuple[Term, ...]) -> str:
    """The query in FTS5's own language; every word is quoted, so that none is taken for an operator."""
    wanted = " AND ".join(_term(term) for term in terms if not term.excluded)
    unwanted = " OR ".join(_term(term) for term in terms if term.excluded)
    return f"({wanted}) NOT ({unwanted})" if unwanted else wanted


def _term(term: Term) -> str:
    return f'"{" ".join(term.words)}"' + (" *" if term.prefix else "")


def _rows(sql: str, given: Sequence[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        found: list[Any] = cursor.fetchall()
        return found
