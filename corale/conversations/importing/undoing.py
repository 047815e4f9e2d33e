"""Undoing an import: everything it brought goes, the facts stay and say that it was withdrawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django_tasks import task

from corale.channels.contract import Said
from corale.channels.keys import key_of
from corale.channels.models import Envelope
from corale.conversations.actions.receive import Reading
from corale.conversations.models import Conversation, ImportRun, Message
from corale.ledger.events import Event
from corale.ledger.models import Fact
from corale.live import publish
from corale.people.models import Identity, Person
from corale.search.models import Pending
from corale.store import rows

BATCH = 500
State = ImportRun.State


@dataclass(frozen=True, kw_only=True)
class MessageWithdrawn(Event):
    """The import that brought a message was undone: it counts nowhere, and the fact that it once came stays."""

    kind: ClassVar[str] = "message.withdrawn"


@task()
def undo_later(run_id: int) -> None:
    """Undoes in the background."""
    undo(ImportRun.objects.get(pk=run_id))


def undo(run: ImportRun) -> None:
    """Takes back, batch by batch, what an import brought. Run again after a crash, it goes on."""
    ImportRun.objects.filter(pk=run.pk).exclude(state=State.UNDONE).update(state=State.UNDOING)
    while _some(run):
        publish(f"import:{run.pk}", {"state": State.UNDOING})
    ImportRun.objects.filter(pk=run.pk).update(state=State.UNDONE, ended_at=timezone.now())
    publish(f"import:{run.pk}", {"state": State.UNDONE})


@transaction.atomic
def _some(run: ImportRun) -> bool:
    rows.lock_intake()
    envelopes = list(Envelope.objects.filter(batch=run.pk).order_by("id")[:BATCH])
    keys = [
        key_of(event.native_id)
        for envelope in envelopes
        for event in Reading.of(run.connection, envelope.raw).events
        if isinstance(event, Said)
    ]
    messages = list(Message.objects.filter(connection=run.connection, key__in=keys))
    _withdraw(run, messages)
    Envelope.objects.filter(pk__in=[envelope.pk for envelope in envelopes]).delete()
    return len(envelopes) == BATCH


def _withdraw(run: ImportRun, messages: Sequence[Message]) -> None:
    now = timezone.now()
    Fact.objects.bulk_create(
        Fact(
            kind=MessageWithdrawn.kind, at=now, recorded_at=now, by_id=run.by_id, conversation_id=each.conversation_id,
            message_id=each.pk, connection_id=run.connection_id, demo=run.connection.demo,
        )
        for each in messages
    )  # fmt: skip
    Pending.objects.bulk_create(Pending(kind=0, object_id=each.pk, old=each.text) for each in messages)
    conversations = {each.conversation_id for each in messages}
    identities = {each.identity_id for each in messages if each.identity_id}
    Message.objects.filter(pk__in=[each.pk for each in messages]).delete()
    _tidy(conversations, identities)


def _tidy(conversations: set[int], identities: set[int]) -> None:
    """Conversations without a word, and people of whom nothing else is known, go too."""
    words = Message.objects.filter(conversation=OuterRef("pk")).exclude(state=Message.State.PLACEHOLDER)
    empty = Conversation.objects.filter(~Exists(words), pk__in=conversations)
    for conversation in empty:
        conversation.messages.all().delete()
        conversation.delete()
    for conversation in Conversation.objects.filter(pk__in=conversations):
        _recount(conversation)
    unheard = Identity.objects.filter(
        ~Exists(Message.objects.filter(identity=OuterRef("pk"))), pk__in=identities, platform="files"
    )
    persons = list(unheard.values_list("person_id", flat=True))
    unheard.delete()
    lonely = Person.objects.filter(~Exists(Identity.objects.filter(person=OuterRef("pk"))), pk__in=persons, user=None)
    lonely.delete()


def _recount(conversation: Conversation) -> None:
    said = conversation.messages.exclude(state=Message.State.PLACEHOLDER).exclude(direction=Message.Direction.NOTE)
    last = said.order_by("-written_at", "-id").first()
    inbound = said.filter(direction=Message.Direction.IN)
    waiting = inbound.filter(answered_at=None).order_by("received_at").values_list("received_at", flat=True).first()
    conversation.message_count = said.count()
    conversation.waiting_since = waiting
    conversation.last_inbound_id = inbound.order_by("-written_at", "-id").values_list("pk", flat=True).first()
    if last is not None:
        conversation.last_message_id, conversation.last_direction = last.pk, last.direction
        conversation.preview, conversation.last_activity_at = " ".join(last.text.split())[:200], last.received_at
    conversation.version += 1
    conversation.save()
