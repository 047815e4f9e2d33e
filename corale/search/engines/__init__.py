"""The two indexes: FTS5 in SQLite, lexemes in an inverted index in PostgreSQL. The same answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol, cast

from corale.search.query import Term
from corale.store.rows import is_postgresql

Match = tuple[int, int, int]  # entry, message, conversation


@dataclass(frozen=True, slots=True)
class Condition:
    """What is asked of `entry` (a match, with its `conversation_id`) besides its words, in SQL."""

    sql: str = "TRUE"
    params: Sequence[Any] = ()

    def __bool__(self) -> bool:
        return self.sql != "TRUE"


ANY = Condition()


class Engine(Protocol):
    """What an index can do. Words come folded; ids are those of `Entry`."""

    AT_ONCE: bool
    """New words go into the index with the transaction that brings them. Otherwise they wait for the indexer."""

    def insert(self, entries: Sequence[tuple[int, int, int, str]]) -> None:
        """New entries: id, object, conversation, words."""

    def replace(self, entries: Sequence[tuple[int, str, str]]) -> None:
        """Entries whose words changed: id, the words that were indexed, the words now."""

    def merge(self) -> None:
        """What was written lately is worked into the rest: no search has to look through it apart."""

    def walk(
        self, terms: tuple[Term, ...], *, before: int | None, limit: int, among: int, fitting: Condition = ANY
    ) -> tuple[list[Match], int | None]:
        """Matches that fit, newest first, of the newest `among`; and the last one looked at, when the walk ended there
        before there were `limit`."""

    def best(
        self, terms: tuple[Term, ...], *, among: int, limit: int, fitting: Condition = ANY
    ) -> tuple[list[Match], bool]:
        """The best matches that fit, of the newest `among`; and whether there are as many."""


def engine() -> Engine:
    """The index of the database in use."""
    if is_postgresql():
        from corale.search.engines import postgresql

        return cast(Engine, postgresql)
    from corale.search.engines import sqlite

    return cast(Engine, sqlite)
