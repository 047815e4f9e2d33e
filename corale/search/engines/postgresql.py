"""Lexemes beside the entry, and an inverted index over them.

Asked for the newest matches of a word, the planner either walks all entries from the newest (dear for rare words) or
collects every match (dear for common ones), and guesses which. We do not let it guess: first the newest entries are
looked through, as many as are cheap; only a word too rare to be found there is asked of the inverted index, where rare
is cheap. https://www.postgresql.org/docs/15/textsearch-controls.html
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
    "ALTER TABLE search_entry ADD COLUMN words tsvector",
    "CREATE INDEX search_entry_words ON search_entry USING gin (words) WITH (fastupdate = off)",
)
AT_ONCE = True  # into the list of what is to be merged, which is cheap
MERGED_IN_BATCHES = "ALTER INDEX search_entry_words SET (fastupdate = on, gin_pending_list_limit = 8192)"
MERGED_AT_ONCE = "ALTER INDEX search_entry_words SET (fastupdate = off)"
DROP = ("ALTER TABLE search_entry DROP COLUMN words",)
LOOKED_THROUGH = 20_000  # entries
_DENSE = 10  # a tenth of what is wanted stands among them: the rest is not far
_PLACES = 16_383  # the highest place a lexeme can have

_WALK = """
SELECT id, object_id, conversation_id
FROM (SELECT * FROM search_entry WHERE id < %s ORDER BY id DESC LIMIT %s) AS newest
WHERE words @@ %s::tsquery ORDER BY id DESC LIMIT %s"""
_COLLECT = """
WITH found AS MATERIALIZED (
    SELECT id, object_id, conversation_id FROM search_entry WHERE words @@ %s::tsquery AND id < %s
)
SELECT * FROM found ORDER BY id DESC LIMIT %s"""
_BEST = """
SELECT id, object_id, conversation_id FROM search_entry WHERE id = ANY(%s)
ORDER BY ts_rank_cd(words, %s::tsquery) DESC, id DESC LIMIT %s"""
_END = 2**63 - 1


def insert(entries: Sequence[tuple[int, int, int, str]]) -> None:
    """New entries."""
    rows.insert(
        Entry, ("id", "object_id", "conversation_id", "words"), [(*entry[:3], lexemes(entry[3])) for entry in entries]
    )


def replace(entries: Sequence[tuple[int, str, str]]) -> None:
    """New words; the old ones go by themselves."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE search_entry SET words = %s::tsvector WHERE id = %s",
            [(lexemes(new), entry) for entry, _old, new in entries],
        )


def merge() -> None:
    """Works the list of new words into the index: one way down its tree for each word of a batch instead of one for
    each word of each message (two fifths of the processor time, a fifth of the log). Left to the server, the list grows
    until a search that has to read through it is slow. https://www.postgresql.org/docs/15/gin-implementation.html,
    70.4.1
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT gin_clean_pending_list('search_entry_words')")


def lexemes(words: str) -> str:
    """The words with their places, past the server's own parser: both engines know exactly the same words."""
    return " ".join(f"'{word}':{place}" for place, word in enumerate(words.split()[:_PLACES], start=1))


def newest(terms: tuple[Term, ...], *, before: int | None, limit: int) -> list[Match]:
    """Newest first."""
    query, start = match(terms), _END if before is None else before
    found = _rows(_WALK, [start, LOOKED_THROUGH, query, limit])
    if limit > len(found) >= limit // _DENSE:  # too common to be collected: millions may match
        found = _rows(_WALK, [start, LOOKED_THROUGH * limit * 3 // (2 * len(found)), query, limit])
    return found if len(found) >= limit else _rows(_COLLECT, [query, start, limit])


def best(terms: tuple[Term, ...], *, among: int, limit: int) -> list[Match]:
    """Ranked by how close together the words stand, among the newest matches."""
    query, found = match(terms), list[Match]()
    for depth in (LOOKED_THROUGH, 3 * LOOKED_THROUGH):
        found = _rows(_WALK, [_END, depth, query, among])
        if len(found) >= among:
            break
    else:
        found = _rows(_COLLECT, [query, _END, among])
    return _rows(_BEST, [[entry for entry, *_ in found], query, limit])


def match(terms: tuple[Term, ...]) -> str:
    """The query in PostgreSQL's own language; every word is quoted."""
    wanted = " & ".join(_term(term) for term in terms if not term.excluded)
    unwanted = " | ".join(_term(term) for term in terms if term.excluded)
    return f"({wanted}) & !({unwanted})" if unwanted else wanted


def _term(term: Term) -> str:
    """Words hold letters and digits only (`query.tokens`), so a quote cannot be closed from inside."""
    quoted = [f"'{word}'" for word in term.words]
    if term.prefix:
        quoted[-1] += ":*"
    return f"({' <-> '.join(quoted)})"


def _rows(sql: str, given: Sequence[Any]) -> list[Match]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        found: list[Match] = cursor.fetchall()
        return found
