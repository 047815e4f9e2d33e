"""The two indexes: FTS5 in SQLite, lexemes in an inverted index in PostgreSQL. The same answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, cast

from corale.search.query import Term
from corale.store.rows import is_postgresql

Match = tuple[int, int, int]  # entry, message, conversation


class Engine(Protocol):
    """What an index can do. Words come folded; ids are those of `Entry`."""

    def insert(self, entries: Sequence[tuple[int, int, int, str]]) -> None:
        """New entries: id, object, conversation, words."""

    def replace(self, entries: Sequence[tuple[int, str, str]]) -> None:
        """Entries whose words changed: id, the words that were indexed, the words now."""

    def merge(self) -> None:
        """A batch has been written: no search needs to look through it apart from the rest."""

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
