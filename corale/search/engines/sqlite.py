"""FTS5 without the texts (`content=''`): a fifth of the space, and forgetting needs to be told the old words.

https://www.sqlite.org/fts5.html, sections 4.4.2 (contentless tables), 6.7 (the delete command), 5.1.1 (bm25), 7
(the vocabulary).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection

from corale.search.engines import ANY, Condition, Match
from corale.search.models import Entry
from corale.search.query import Term
from corale.store import rows

CREATE = (
    "CREATE VIRTUAL TABLE search_words USING fts5(words, content='', tokenize='unicode61 remove_diacritics 2', "
    "detail=full, columnsize=1)"
)
AT_ONCE = False  # the only writer would be held four times as long
DROP = "DROP TABLE search_words"
VOCABULARY = "CREATE VIRTUAL TABLE search_vocabulary USING fts5vocab(search_words, instance)"
NO_VOCABULARY = "DROP TABLE search_vocabulary"
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
FROM search_words CROSS JOIN search_entry AS entry ON entry.id = search_words.rowid
WHERE search_words MATCH %s"""  # CROSS: the words first, then their entries
_WALK = f"""
SELECT entry.id, object_id, conversation_id, {{fits}} {_FOUND}
AND search_words.rowid < %s ORDER BY search_words.rowid DESC LIMIT %s"""
_BEST = f"""
SELECT entry.id, object_id, conversation_id {_FOUND}
AND search_words.rowid >= %s AND {{fits}} ORDER BY bm25(search_words), search_words.rowid DESC LIMIT %s"""
_BEGUN = """
WITH RECURSIVE begun(word) AS (
    SELECT (SELECT term FROM search_vocabulary WHERE term >= %s LIMIT 1)
    UNION ALL
    SELECT (SELECT term FROM search_vocabulary WHERE term >= begun.word || ' ' LIMIT 1) FROM begun WHERE begun.word < %s
)
SELECT word FROM begun WHERE word < %s LIMIT %s"""
_BEGUN_AT_MOST = 500
_OLDEST = "SELECT rowid FROM search_words WHERE search_words MATCH %s ORDER BY rowid DESC LIMIT 1 OFFSET %s"


def walk(
    terms: tuple[Term, ...], *, before: int | None, limit: int, among: int, fitting: Condition = ANY
) -> tuple[list[Match], int | None]:
    """Walks the index backwards, row by row, and stops when there are enough."""
    matches: list[Match] = []
    looked = last = 0
    with connection.cursor() as cursor:
        given = [*fitting.params, match(terms), _END if before is None else before, among]
        cursor.execute(_WALK.format(fits=fitting.sql), given)
        for *found, fits in cursor:
            looked, last = looked + 1, found[0]
            if fits:
                matches.append((found[0], found[1], found[2]))
                if len(matches) == limit:
                    return matches, None
    return matches, last if looked == among else None


def best(terms: tuple[Term, ...], *, among: int, limit: int, fitting: Condition = ANY) -> tuple[list[Match], bool]:
    """bm25 over the newest `among` matches only."""
    oldest = _rows(_OLDEST, [match(terms), among - 1])
    since = oldest[0][0] if oldest else 0
    found = _rows(_BEST.format(fits=fitting.sql), [match(terms), since, *fitting.params, limit])
    return found, bool(oldest)


def match(terms: tuple[Term, ...]) -> str:
    """The query in FTS5's own language; every word is quoted, so that none is taken for an operator."""
    wanted = " AND ".join(_term(term) for term in terms if not term.excluded)
    unwanted = " OR ".join(_term(term) for term in terms if term.excluded)
    return f"({wanted}) NOT ({unwanted})" if unwanted else wanted


def _term(term: Term) -> str:
    if term.either:
        return f"({' OR '.join(_term(each) for each in term.either)})"
    if not term.prefix:
        return _phrase(*term.words)
    *before, beginning = term.words
    begun = _begun(beginning) if beginning.isascii() else []
    if not 0 < len(begun) <= _BEGUN_AT_MOST:
        return _phrase(*term.words) + " *"
    return f"({' OR '.join(_phrase(*before, word) for word in begun)})"


def _phrase(*words: str) -> str:
    return f'"{" ".join(words)}"'


def _begun(beginning: str) -> list[str]:
    """The words that begin so: their matches are then walked. Asked for a beginning, FTS5 collects all of them first.
    Each is found by a look into the index, past the places of the one before."""
    end = beginning + chr(0x10FFFF)
    return [word for (word,) in _rows(_BEGUN, [beginning, end, end, _BEGUN_AT_MOST + 1])]


def _rows(sql: str, given: Sequence[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        found: list[Any] = cursor.fetchall()
        return found
