"""Lexemes beside the entry, and an inverted index over them.

Asked for the newest matches of a word, the planner either walks all entries from the newest (dear for rare words) or
collects every match (dear for common ones), and guesses which. We do not let it guess: the index collects the matches
of a stretch of time, which it knows as words too (`spans`), and each stretch is as long as what was found before
suggests (`reach`). https://www.postgresql.org/docs/15/textsearch-controls.html
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import add
from typing import Any

from django.db import connection

from corale.search.engines import ANY, Condition, Match, reach
from corale.search.engines.spans import covering, spans_of
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
_PLACED = [f"':{place} '" for place in range(1, 16_384)]  # what follows each word; no lexeme has a higher place
_END = 2**63 - 1

_FIRST = """
SELECT (SELECT max(id) FROM search_entry WHERE id < %s),
       (SELECT id FROM search_entry WHERE id < %s ORDER BY id DESC OFFSET %s LIMIT 1),
       (SELECT min(id) FROM search_entry)"""
# + 0: so that the planner does not walk the entries by their ids
_COLLECT = "search_entry WHERE words @@ %s::tsquery AND words @@ %s::tsquery AND id + 0 >= %s AND id + 0 < %s"
_COLLECT_ALL = "search_entry WHERE words @@ %s::tsquery AND id + 0 >= %s AND id + 0 < %s"
# OFFSET 0: so that it does
_LOOK_THROUGH = "(SELECT * FROM search_entry WHERE id >= %s AND id < %s OFFSET 0) AS stretch WHERE words @@ %s::tsquery"
_WALK = """
WITH found AS MATERIALIZED (SELECT id, object_id, conversation_id FROM {step}),
     entry AS MATERIALIZED (SELECT * FROM found ORDER BY id DESC LIMIT %s)
(SELECT * FROM entry WHERE {fits} ORDER BY id DESC LIMIT %s)
UNION ALL SELECT min(id), count(*), NULL FROM entry ORDER BY id DESC, conversation_id NULLS LAST"""
_BEST = """
SELECT id, object_id, conversation_id FROM search_entry AS entry WHERE id = ANY(%s) AND {fits}
ORDER BY ts_rank_cd(words, %s::tsquery) DESC, id DESC LIMIT %s"""


def insert(entries: Sequence[tuple[int, int, int, str]]) -> None:
    """New entries."""
    rows.insert(
        Entry,
        ("id", "object_id", "conversation_id", "words"),
        [(*entry[:3], lexemes(entry[0], entry[3])) for entry in entries],
    )


def replace(entries: Sequence[tuple[int, str, str]]) -> None:
    """New words; the old ones go by themselves."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE search_entry SET words = %s::tsvector WHERE id = %s",
            [(lexemes(entry, new), entry) for entry, _old, new in entries],
        )


def merge() -> None:
    """Works the list of new words into the index: one way down its tree for each word of a batch instead of one for
    each word of each message (two fifths of the processor time, a fifth of the log). Left to the server, the list grows
    until a search that has to read through it is slow. https://www.postgresql.org/docs/15/gin-implementation.html,
    70.4.1
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT gin_clean_pending_list('search_entry_words')")


def lexemes(entry: int, words: str) -> str:
    """The words with their places, past the server's own parser: both engines know exactly the same words. Then the
    spans of time in which the entry lies."""
    return "'" + "".join(map(add, words.split(), _PLACED)) + "' '".join(spans_of(entry)) + "'"


def walk(
    terms: tuple[Term, ...], *, before: int | None, limit: int, among: int, fitting: Condition = ANY
) -> tuple[list[Match], int | None]:
    """Step by step back in time, each as long as what is still wanted."""
    matches, looked, back = list[Match](), 0, _first(before)
    while True:
        step, given = _step(terms, back, looked)
        given += [among - looked, *fitting.params, limit - len(matches)]
        *found, (last, seen, _none) = _rows(_WALK.format(step=step, fits=fitting.sql), given)
        matches, looked = matches + found, looked + seen
        if len(matches) >= limit:
            return matches, None
        if looked >= among or back.is_last:
            return matches, last if looked >= among else None
        back.go_on(looked, min(among - looked, (limit - len(matches)) * (looked + 1) / (len(matches) + 1)))


def _first(before: int | None) -> reach.Reach:
    """A thousand entries, or all when there are fewer."""
    high = _END if before is None else before
    newest, low, oldest = _rows(_FIRST, [high, high, reach.FIRST - 1])[0]
    return reach.Reach((newest or 0) + 1, oldest or 0 if low is None else low, oldest or 0)


def _step(terms: tuple[Term, ...], back: reach.Reach, found: int) -> tuple[str, list[Any]]:
    """For the beginning of a word the index collects the matches of all times, whatever it is asked besides."""
    query = match(terms)
    if any(term.has_beginning for term in terms) and back.is_cheaper_looked_through(found):
        return _LOOK_THROUGH, [back.low, back.high, query]
    spans = [] if back.is_last else covering(back.low, back.high)
    if not spans:
        return _COLLECT_ALL, [query, back.low, back.high]
    return _COLLECT, [query, " | ".join(f"'{span}'" for span in spans), back.low, back.high]


def best(terms: tuple[Term, ...], *, among: int, limit: int, fitting: Condition = ANY) -> tuple[list[Match], bool]:
    """Ranked by how close together the words stand, among the newest matches."""
    newest, _last = walk(terms, before=None, limit=among, among=among)
    ids = [entry for entry, *_ in newest]
    return _rows(_BEST.format(fits=fitting.sql), [ids, *fitting.params, match(terms), limit]), len(ids) >= among


def match(terms: tuple[Term, ...]) -> str:
    """The query in PostgreSQL's own language; every word is quoted."""
    wanted = " & ".join(_term(term) for term in terms if not term.excluded)
    unwanted = " | ".join(_term(term) for term in terms if term.excluded)
    return f"({wanted}) & !({unwanted})" if unwanted else wanted


def _term(term: Term) -> str:
    """Words hold letters and digits only (`query.tokens`), so a quote cannot be closed from inside."""
    if term.either:
        return f"({' | '.join(_term(each) for each in term.either)})"
    quoted = [f"'{word}'" for word in term.words]
    if term.prefix:
        quoted[-1] += ":*"
    return f"({' <-> '.join(quoted)})"


def _rows(sql: str, given: Sequence[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        found: list[Any] = cursor.fetchall()
        return found
