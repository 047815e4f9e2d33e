"""What a query found, as a page shows it: to each colleague what they may see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import regex
from django.db import connection
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from corale.conversations.models import Message
from corale.design.words import highlighted
from corale.lib.text import balanced, fold
from corale.listen.matching.saying import Saying
from corale.listen.models import Match, Query
from corale.listen.names import LANGUAGES
from corale.people.models import Person
from corale.store import keyset

NEWEST = ("-said_at", "-id")
MOST = 1000  # that are counted
MARKED = 40  # words that are marked, at most
LENGTH, BEFORE = 280, 60  # characters of a passage


@dataclass
class Line:
    """One match, with everything its row shows."""

    match: Match
    words: Sequence[str]

    @property
    def message(self) -> Message:
        return self.match.message

    @property
    def name(self) -> str:
        identity = self.message.identity
        return (identity.name or identity.handle if identity else "") or _("Somebody")

    @property
    def picture(self) -> str:
        """Served by ourselves, so that looking tells nobody who looks."""
        identity = self.message.identity
        return reverse("conversations:face", args=[identity.pk]) if identity and identity.avatar_url else ""

    @property
    def passage(self) -> SafeString:
        return passage(self.message.text, self.words)

    @cached_property
    def sites(self) -> list[str]:
        """The hosts of its links, to be muted: not the domains above them."""
        every = Saying(0, "", extras=self.message.extras).sites
        return sorted(host for host in every if not any(other.endswith(f".{host}") for other in every))


def lines(query: Query, me: Person, after: str = "", *, unseen: bool = False) -> tuple[list[Line], str]:
    """A page of the stream, newest first, and where the next one begins ("" at the end)."""
    found = query.matches.visible_to(me)
    cut = keyset.cut(_with_all(found.unseen() if unseen else found.standing()), NEWEST, after)
    return as_lines(cut.rows, query), cut.later


def as_lines(matches: Iterable[Match], query: Query) -> list[Line]:
    words = query.wanted.shown[:MARKED]
    return [Line(match, words) for match in matches]


def summary(query: Query) -> list[tuple[Any, str]]:
    """What it wants, as it was typed: only what it asks."""
    near = query.near
    said = [
        (_("All of these"), query.required), (_("One of these"), query.either), (_("None of these"), query.excluded),
        (_("Near each other"), f"{near.first} ↔ {near.second} ({near.within})" if near else ""),
        (_("Written by"), query.authors), (_("With a link to"), query.sites),
        (_("Language"), ", ".join(str(LANGUAGES.get(each, each)) for each in query.languages)),
        (_("Channel"), ", ".join(query.channels)),
    ]  # fmt: skip
    return [(label, " ".join(words.split())) for label, words in said if words.strip()]


def _with_all(matches: QuerySet[Match]) -> QuerySet[Match]:
    return matches.select_related("message__identity__person", "message__connection", "seen_by")


def unseen(queries: Sequence[Query], me: Person) -> dict[int, int]:
    """By query, what one may see and nobody has seen: all in one statement, each counted to a thousand."""
    if not queries:
        return {}
    parts: list[str] = []
    params: list[Any] = []
    for query in queries:
        sql, values = _bounded(query.matches.visible_to(me).unseen())
        parts.append(f"(SELECT COUNT(*) FROM ({sql}) AS q{query.pk})")  # noqa: S608  the parts are Django's own
        params.extend(values)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", params)
        return dict(zip((query.pk for query in queries), cursor.fetchone(), strict=True))


def unseen_in_all(me: Person) -> QuerySet[Match]:
    """What one may see and nobody has seen, of all queries in use: for the menu."""
    return Match.objects.visible_to(me).unseen().filter(query__archived_at=None)


def _bounded(matches: QuerySet[Match]) -> tuple[str, tuple[Any, ...]]:
    return matches.order_by().values("pk")[:MOST].query.sql_with_params()


def passage(text: str, words: Sequence[str]) -> SafeString:
    """The part of a text in which the first wanted word stands, the words marked; safe."""
    text = " ".join(text[:20_000].split())
    plain = fold(text)  # as long as the text but for rare letters, which is near enough
    found = regex.search(r"\b(?:\L<words>)", plain, words=list(words)) if words else None
    start = max(0, found.start() - BEFORE) if found and len(text) > LENGTH else 0
    start = text.find(" ", start) + 1 if start else 0
    end = len(text) if len(text) <= start + LENGTH else text.rfind(" ", start, start + LENGTH)
    end = end if end > start else start + LENGTH
    shown = ("… " if start else "") + text[start:end] + (" …" if end < len(text) else "")
    return highlighted(balanced(shown), " ".join(words))
