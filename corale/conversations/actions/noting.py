"""A word among colleagues. It stands in the thread and never leaves the house."""

from __future__ import annotations

from collections.abc import Iterable

from corale.conversations.actions.changing import changing
from corale.conversations.actions.confiding import let_in
from corale.conversations.events import NoteWritten
from corale.conversations.models import Conversation, Mention, Message
from corale.ledger import record
from corale.live import publish
from corale.people.models import Person
from corale.search.models import Pending


def note(conversation: Conversation, text: str, *, by: Person, mentions: Iterable[Person] = ()) -> Message:
    """Writes it, and tells the colleagues it speaks to. A note moves nothing: neither the state nor the order."""
    text = text.strip()
    if not text:
        raise ValueError("a note says something")
    with changing(conversation, by=by, change="note") as it:
        written = Message.objects.create(
            conversation=it,
            connection_id=it.connection_id,
            direction=Message.Direction.NOTE,
            kind="note",
            by=by,
            text=text,
        )
        it.message_count += 1
        for person in {person.pk: person for person in mentions if person.is_colleague and person.pk != by.pk}.values():
            let_in(it, [person.pk])
            Mention.objects.create(message=written, person=person, conversation=it)
            publish(f"person:{person.pk}", {"conversation": str(it.pk), "change": "mention", "by": str(by.pk)})
        Pending.objects.create(kind=0, object_id=written.pk)
        record(
            NoteWritten(conversation_id=it.pk, person_id=it.person_id, message_id=written.pk, by_id=by.pk, demo=it.demo)
        )
    return written
