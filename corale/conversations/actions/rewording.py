"""Changing and deleting what we said, here and there: here once it is so there."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from corale.channels.actions.deliver import deliver_later
from corale.channels.contract import Can
from corale.channels.keys import key_of
from corale.channels.models import Connection, Delivery
from corale.conversations.actions.answering import State
from corale.conversations.actions.changing import tell
from corale.conversations.actions.fitting import fits
from corale.conversations.errors import NotPermitted
from corale.conversations.models import Conversation, Message, MessageVersion
from corale.conversations.words import indexed
from corale.people.models import Person
from corale.search.models import Pending

VISIBLE = (Message.State.VISIBLE, Message.State.EDITED)


def may_edit(message: Message, by: Person) -> bool:
    """Their own words, where they stand and the channel can change them."""
    return _may(message, by) and Can.EDIT in message.connection.adapter.can


def may_delete(message: Message, by: Person) -> bool:
    """Their own words, where they stand and the channel can take them away."""
    return _may(message, by) and Can.DELETE in message.connection.adapter.can


def _may(message: Message, by: Person) -> bool:
    return (
        message.by_id == by.pk
        and message.direction == Message.Direction.OUT
        and message.state in VISIBLE
        and message.delivery is not None
        and message.delivery.state == State.SENT
        and message.connection.state == Connection.State.ACTIVE
    )


@transaction.atomic
def edit(message: Message, text: str, *, by: Person, warning: str | None = None) -> Delivery:
    """Says it anew. What it said stands as an earlier version. Errors: NotPermitted, CannotAnswer, TooLong."""
    if not may_edit(message, by):
        raise NotPermitted
    fits(message.connection, [text])
    more = {"text": text} | ({} if warning is None else {"warning": warning})
    return _leaves(message, "edit", by, more)


@transaction.atomic
def delete(message: Message, *, by: Person) -> Delivery:
    """Takes it away there; here a tombstone stays. Errors: NotPermitted."""
    if not may_delete(message, by):
        raise NotPermitted
    return _leaves(message, "delete", by, {"text": ""})


def _leaves(message: Message, kind: str, by: Person, more: dict[str, Any]) -> Delivery:
    """Under the name in which it was said, to whom it was said; a quotation does not speak to whom it quotes."""
    assert message.delivery is not None
    said, connection = message.delivery, message.connection
    payload = {**said.payload, **more, "target": [message.native_id, message.version]}
    for gone in ("parent", "root", "poll"):
        payload.pop(gone, None)
    if said.kind == "quote":
        payload["to"] = []
    delivery = Delivery.objects.create(
        connection=connection,
        kind=kind,
        outside_id=connection.adapter.choose_id(connection, kind, voice=payload.get("voice", "")),
        payload=payload,
        purpose=kind,
        by_id=by.pk,
        state=State.WAITING,
    )
    _note(message, kind, by)
    deliver_later(delivery)
    return delivery


def settle_change(delivery: Delivery) -> None:
    """A change arrived there, or never will; in the caller's transaction."""
    target = delivery.payload.get("target", [""])[0]
    message = Message.objects.filter(connection=delivery.connection_id, key=key_of(target)).first()
    if message is None:
        return
    by = Person.objects.filter(pk=delivery.by_id or 0).first()
    if delivery.state != State.SENT:
        _note(message, f"{delivery.kind}_failed", by, advice=delivery.advice or delivery.problem)
    elif delivery.kind == "edit":
        _says(message, delivery, by)
    else:
        message.state = Message.State.DELETED
        _note(message, "", by)


def _says(message: Message, delivery: Delivery, by: Person | None) -> None:
    before = {"text": message.text, "extras": message.extras, "seen_at": message.written_at}
    MessageVersion.objects.get_or_create(message=message, version=message.version, defaults=before)
    Pending.objects.create(kind=0, object_id=message.pk, old=indexed(message.text, message.extras))
    message.text, message.version = delivery.payload["text"], delivery.native_version
    message.state = Message.State.EDITED
    if warning := delivery.payload.get("warning", ""):
        message.extras["warning"] = warning
    else:
        message.extras.pop("warning", None)
    _note(message, "", by)
    now = {"text": message.text, "extras": message.extras, "seen_at": timezone.now()}
    MessageVersion.objects.get_or_create(message=message, version=message.version, defaults=now)


def _note(message: Message, change: str, by: Person | None, advice: str = "") -> None:
    """What is being done with it stands on it, until it is done."""
    message.extras.pop("change", None)
    if change:
        message.extras["change"] = {"kind": change, "advice": advice}
    message.save(update_fields=["text", "version", "state", "extras"])
    conversation = Conversation.objects.select_for_update().get(pk=message.conversation_id)
    if conversation.last_message_id == message.pk:
        conversation.preview = " ".join(message.text.split())[:200]
    conversation.version += 1
    conversation.save(update_fields=["preview", "version"])
    tell(conversation, by=by, change="message")
