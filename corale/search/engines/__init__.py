"""The two indexes: FTS5 in SQLite, lexemes in an inverted index in PostgreSQL. The same answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, cast

from corale.search.query import Term
from corale.store.rows import is_postgresql

Match = tuple[int, int, int]  # entry, message, conversation


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

    def newest(self, terms: tuple[Term, ...], *, before: int | None, limit: int) -> list[Match]:
        """Matches, newest first."""

    def best(self, terms: tuple[Term, ...], *, among: int, limit: int) -> list[Match]:
        """The best matches among the newest `among`."""


def engine() -> Engine:
    """The index of the database in use."""
    if is_postgresql():
        from corale.search.engines import postgresql

        return cast(Engine, postgresql)
    from corale.search.engines import sqlite

    return cast(Engine, sqlite)
