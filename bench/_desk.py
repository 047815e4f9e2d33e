"""A desk with as many conversations as are wanted: rows written in the engine's own words, oldest first.

What is random is always the same. Conversations begin a minute apart and have five messages on average; a seventh is
open, a tenth waits, the most are closed; half of them belong to one of twenty colleagues. Words follow Zipf's law, and
every fiftieth message says the number of an order that nobody else says. Envelopes and the facts of each message are
left out: no page of the desk reads them.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection, transaction

from bench._town import vocabulary

BEGIN = datetime(2024, 11, 1, tzinfo=UTC)
STEP = timedelta(minutes=1)
CHUNK = 2_000  # conversations in a transaction
COLLEAGUES, PEOPLE_PER_CONVERSATION = 20, 0.4
LABELS = (
    "complaint",
    "shipping",
    "parts",
    "recipes",
    "opening",
    "praise",
    "price",
    "idea",
    "press",
    "repair",
    "spam",
    "legal",
)
STATES = ["open"] * 14 + ["waiting"] * 10 + ["snoozed"] * 2 + ["closed"] * 66 + ["spam"] * 6 + ["trash"] * 2
FIRST = ("Anna", "Giulia", "Marco", "Luca", "Sara", "Paolo", "Elena", "Franco", "Marta", "Davide", "Ines", "Tom", "Lea")
LAST = ("Rossi", "Bianchi", "Ferri", "Costa", "Riva", "Moretti", "Greco", "Conti", "Villa", "Serra", "Neri", "Fontana")
NUMBERED = (
    "people_person", "people_identity", "conversations_conversation", "conversations_message",
    "conversations_labelling", "conversations_readmark", "search_name", "ledger_fact",
)  # fmt: skip
_CONVERSATION = (
    "id", "connection_id", "root_key", "current", "person_id", "identity_id", "state", "state_at", "snoozed_until",
    "assignee_id", "priority", "subject", "preview", "last_direction", "language", "direct", "demo", "message_count",
    "last_message_id", "last_inbound_id", "waiting_since", "created_at", "last_activity_at", "version",
)  # fmt: skip
_MESSAGE = (
    "id", "conversation_id", "connection_id", "key", "native_id", "version", "parent_key", "direction", "kind",
    "identity_id", "by_id", "text", "language", "extras", "state", "addressed", "written_at", "received_at",
)  # fmt: skip
_FACT = ("kind", "at", "recorded_at", "by_id", "conversation_id", "auto", "demo", "data")


@dataclass(slots=True)
class Desk:
    """Grows to the size asked for; what stands there stays."""

    size: int = 0
    messages: int = 0
    persons: int = 0
    colleagues: list[int] = field(default_factory=list)
    connections: list[int] = field(default_factory=list)
    labels: list[int] = field(default_factory=list)
    chance: random.Random = field(default_factory=lambda: random.Random(11))
    said: list[str] = field(default_factory=list)
    folded: list[str] = field(default_factory=list)

    @property
    def newest(self) -> datetime:
        """When the last conversation began."""
        return BEGIN + self.size * STEP

    def grow(self, size: int) -> None:
        """Bulk: the inverted index of PostgreSQL is made afterwards."""
        if not self.said:
            self._begin()
        with _without_index():
            while self.size < size:
                with transaction.atomic():
                    self._chunk(min(CHUNK, size - self.size))
        _settle()

    def _begin(self) -> None:
        from corale.accounts.models import User
        from corale.channels.models import Connection
        from corale.conversations.models import Label
        from corale.people.models import Person
        from corale.search.query import tokens

        words, weights = vocabulary()
        self.said = self.chance.choices(words, weights, k=1_000_000)
        by_word = {word: "".join(tokens(word)) for word in words}
        self.folded = [by_word[word] for word in self.said]
        for number in range(COLLEAGUES):
            user = User.objects.create(email=f"colleague{number}@desk.example", role="member")
            person, _made = Person.objects.get_or_create(user=user)
            Person.objects.filter(pk=person.pk).update(name=f"{FIRST[number % 13]} {LAST[number % 12]}")
            self.colleagues.append(person.pk)
        for number in range(6):
            made = Connection.objects.create(
                kind=("bluesky", "files")[number % 2], stable_id=f"account{number}", handle=f"molino{number}.example"
            )
            self.connections.append(made.pk)
        self.labels = [Label.objects.create(name=name, colour=number % 8).pk for number, name in enumerate(LABELS)]
        self.persons = max(self.colleagues)

    def _chunk(self, count: int) -> None:
        from corale.conversations.models import Conversation, Labelling, Message, ReadMark
        from corale.ledger.models import Fact
        from corale.search.engines import engine
        from corale.store import rows

        people = self._people(count)
        conversations: list[tuple[Any, ...]] = []
        messages: list[tuple[Any, ...]] = []
        entries: list[tuple[int, int, int, str]] = []
        labelled: list[tuple[Any, ...]] = []
        marks: list[tuple[Any, ...]] = []
        facts: list[tuple[Any, ...]] = []
        for pk in range(self.size + 1, self.size + count + 1):
            self._conversation(pk, people, conversations, messages, entries, labelled, marks, facts)
        rows.insert(Conversation, _CONVERSATION, conversations)
        rows.insert(Message, _MESSAGE, messages)
        rows.insert(Labelling, ("conversation_id", "label_id", "at", "state", "last_activity_at"), labelled)
        rows.insert(ReadMark, ("conversation_id", "person_id", "message_id", "at"), marks)
        rows.insert(Fact, _FACT, facts)
        engine().insert(sorted(entries))
        self.size += count

    def _people(self, count: int) -> range:
        """New ones, and the way to choose: everybody who was ever here may write again."""
        from corale.people.models import Identity, Person
        from corale.search.models import Name
        from corale.store import rows

        fresh = range(self.persons + 1, self.persons + 1 + max(1, int(count * PEOPLE_PER_CONVERSATION)))
        at = rows.moment(BEGIN)
        names = {pk: f"{FIRST[pk % 13]} {LAST[pk // 13 % 12]}{pk // 156}" for pk in fresh}
        rows.insert(
            Person,
            ("id", "name", "title", "ask_me_about", "language", "time_zone", "avatar", "about", "preferences",
             "created_at", "demo"),
            [(pk, name, "", "", "it", "", "", "", "{}", at, False) for pk, name in names.items()],
        )  # fmt: skip
        rows.insert(
            Identity,
            ("id", "person_id", "platform", "stable_id", "handle", "name", "avatar_url", "description", "url",
             "reachable", "ours", "first_seen", "last_seen"),
            [
                (pk, pk, "bluesky", f"did:plc:{pk}", f"{name.lower().replace(' ', '.')}.example", name, "", "", "",
                 True, False, at, at)
                for pk, name in names.items()
            ],
        )  # fmt: skip
        rows.insert(
            Name, ("kind", "object_id", "word"),
            [(1, pk, word) for pk, name in names.items() for word in (*name.lower().split(), "example")],
        )  # fmt: skip
        self.persons = fresh[-1]
        return range(self.colleagues[-1] + 1, self.persons + 1)

    def _conversation(self, pk: int, people: range, conversations: list[Any], messages: list[Any], entries: list[Any],
                      labelled: list[Any], marks: list[Any], facts: list[Any]) -> None:  # fmt: skip
        from corale.search.index import entry_id
        from corale.search.sources import Words
        from corale.store.rows import moment

        chance = self.chance
        place, person = chance.choice(self.connections), people[int(len(people) * chance.random() ** 2)]
        at, count, first = BEGIN + pk * STEP, 1 + chance.randrange(9), self.messages + 1
        state, assignee = chance.choice(STATES), chance.choice(self.colleagues) if chance.random() < 0.5 else None
        written, inbound, outbound, text, key = at, first, 0, "", None
        for number in range(count):
            self.messages += 1
            ours = number % 3 == 1
            parent, key = key, self.messages * 0x9E3779B97F4A7C15 % 2**63
            start, long = chance.randrange(999_900), chance.randrange(6, 60)
            text, folded = " ".join(self.said[start : start + long]), " ".join(self.folded[start : start + long])
            if self.messages % 50 == 0:
                text, folded = f"{text} ord{self.messages}", f"{folded} ord{self.messages}"
            written += timedelta(seconds=chance.randrange(20, 4000)) if number else timedelta()
            inbound, outbound = (inbound, self.messages) if ours else (self.messages, outbound)
            by = assignee or self.colleagues[0] if ours else None
            said_at = moment(written)
            messages.append((
                self.messages, pk, place, key, f"at://did:plc:{person}/app.bsky.feed.post/{self.messages}", "1", parent,
                int(ours), "reply", None if ours else person, by, text, "it", "{}", 0, not ours, said_at, said_at,
            ))  # fmt: skip
            entries.append((entry_id(Words(self.messages, "", written)), self.messages, pk, folded))
        last, later = moment(written), moment(written + timedelta(days=900))
        conversations.append((
            pk, place, pk, True, person, person, state, last, later if state == "snoozed" else None, assignee,
            chance.choice((-1, 0, 0, 0, 0, 0, 1, 2)), "", text[:200], int(outbound > inbound), "it",
            chance.random() < 0.2, False, count, self.messages, inbound, last if state == "open" else None,
            moment(at), last, count,
        ))  # fmt: skip
        those = {min(int(chance.paretovariate(0.9)) - 1, 11) for _ in range(chance.randrange(3))}
        labelled.extend((pk, self.labels[label], last, state, last) for label in those)
        if chance.random() < 0.6:
            marks.append((pk, self.colleagues[0], inbound if chance.random() < 0.8 else first - 1, last))
        if assignee:
            facts.append(("conversation.assigned", last, last, assignee, pk, False, False, f'{{"to": {assignee}}}'))
        if state == "closed":
            facts.append(("conversation.closed", last, last, self.colleagues[0], pk, False, False, "{}"))


@contextmanager
def _without_index() -> Iterator[None]:
    """SQLite: more memory, no waiting for the disk. PostgreSQL: the inverted index is made at the end."""
    from corale.search.engines import postgresql

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA cache_size = -1000000")
            cursor.execute("PRAGMA synchronous = OFF")
            yield
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.close()
            return
        cursor.execute("DROP INDEX IF EXISTS search_entry_words")
        yield
        cursor.execute("SET maintenance_work_mem = '1GB'")
        cursor.execute(postgresql.CREATE[1])
        cursor.execute(postgresql.MERGED_IN_BATCHES)


def _settle() -> None:
    """What PostgreSQL does by itself in the minutes after a great import."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for table in NUMBERED:
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")
        for table in (*NUMBERED, "search_entry"):
            cursor.execute(f"VACUUM ANALYZE {table}")
