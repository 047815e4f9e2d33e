"""A colleague says what a message really is: it counts at once wherever the same text stands."""

from __future__ import annotations

from collections.abc import Iterable

from corale.conversations.models import Message
from corale.listen.models import Correction, Reading
from corale.listen.names import INTENTS, SENTIMENTS
from corale.listen.reading.near import key
from corale.people.models import Person


def correct(message: Message, *, sentiment: str, intents: Iterable[str], by: Person) -> Correction:
    """Kept for good beside what the model had read. Raises ValueError for what cannot be said of a message."""
    meant = sorted(set(intents))
    if message.direction not in (Message.Direction.IN, Message.Direction.ASIDE):
        raise ValueError("only what others say is read")
    if sentiment not in SENTIMENTS or not set(meant) <= set(INTENTS):
        raise ValueError("nothing that can be read")
    read = Reading.objects.filter(pk=message.pk).first()
    before = {"version": read.version, "chances": read.chances, "language": read.language} if read else {}
    said = {"sentiment": sentiment, "intents": meant}
    return Correction.objects.create(message=message, near=key(message.text), said=said, read=before, by=by)
