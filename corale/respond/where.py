"""Where somebody is: tray, filter, order and place, all in the address, to be sent to a colleague or found again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise

from corale.conversations.models import Conversation
from corale.people.models import Person
from corale.respond.errors import QueryProblem
from corale.respond.grammar import Query, parse
from corale.respond.rows import Row, read_place
from corale.respond.trays import FIRST, Sort, Tray, tray_named
from corale.respond.walking import Listing, listing, next_after

NOTHING = Query()


@dataclass(frozen=True, slots=True)
class Chip:
    """One condition of the filter, and the address without it."""

    words: str
    without: str


@dataclass(frozen=True, slots=True)
class Where:
    """What the address of a page of the desk says."""

    tray: Tray
    sort: Sort
    typed: str = ""
    query: Query = NOTHING
    problem: str | Promise = ""
    after: str = ""

    @classmethod
    def of(cls, said: Mapping[str, str]) -> Where:
        """From what stands after the question mark. What cannot be read becomes a `problem`, and is kept as typed."""
        tray = tray_named(said.get("view", ""))
        here = cls(tray, tray.sort(said.get("sort", "")), said.get("q", "").strip(), after=said.get("after", ""))
        try:
            return replace(here, query=parse(here.typed))
        except QueryProblem as problem:
            return replace(here, problem=problem.message)

    @property
    def said(self) -> str:
        """The address, from the question mark on, without the place in the list."""
        parts = {"view": self.tray.key if self.tray.key != FIRST else "", "q": self.typed, "sort": self._sort}
        kept = {name: value for name, value in parts.items() if value}
        return f"?{urlencode(kept)}" if kept else ""

    @property
    def _sort(self) -> str:
        return self.sort.key if self.sort != self.tray.sorts[0] else ""

    @property
    def url(self) -> str:
        return reverse("respond:inbox") + self.said

    def at(self, after: str) -> str:
        """The page that begins after a place."""
        return replace(self, after=after).here

    @property
    def here(self) -> str:
        """This very page of the list."""
        return reverse("respond:inbox") + self._with_place(self.said)

    def _with_place(self, said: str) -> str:
        return f"{said}{'&' if said else '?'}after={self.after}" if read_place(self.after) else said

    @property
    def tail(self) -> str:
        """What the address of anything done from here ends with, so that one comes back to here."""
        return self._with_place(self.said)

    @property
    def whole(self) -> str:
        """The tray without its filter."""
        return replace(self, typed="", query=NOTHING, after="").url

    def conversation(self, pk: int) -> str:
        """A conversation, with this list beside it."""
        return reverse("respond:conversation", args=[pk]) + self._with_place(self.said)

    def sorted_by(self, sort: Sort) -> str:
        return replace(self, sort=sort, after="").url

    @property
    def chips(self) -> list[Chip]:
        return [
            Chip(str(term), replace(self, typed=str(rest := self.query.without(term)), query=rest).url)
            for term in self.query.terms
        ]

    def page_for(self, me: Person) -> tuple[Where, Listing]:
        """The rows; what the filter asks in vain (a label that is not there) becomes the problem."""
        if self.problem:
            return self, Listing([])
        try:
            return self, listing(self.tray, me, self.query, self.sort, self.after)
        except QueryProblem as problem:
            return replace(self, problem=problem.message), Listing([])

    def next_after(self, me: Person, conversation: Conversation) -> Row | None:
        """What comes next in this list."""
        try:
            return None if self.problem else next_after(self.tray, me, self.query, self.sort, conversation)
        except QueryProblem:
            return None
