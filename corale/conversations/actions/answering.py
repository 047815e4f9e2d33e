"""Answering: our words enter the thread now, leave when nobody takes them back, and answer what was seen."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from corale.channels.actions.deliver import deliver_later
from corale.channels.contract import Audience, Can, Ref, Upload
from corale.channels.keys import key_of
from corale.channels.models import Connection, Delivery
from corale.channels.outgoing import payload_of
from corale.conversations.actions import going_private
from corale.conversations.actions.changing import tell
from corale.conversations.actions.confiding import let_in
from corale.conversations.actions.fitting import fits, lets
from corale.conversations.errors import CannotAnswer, TooLate
from corale.conversations.events import ConversationAnsweredInPrivate, MessageAnswered
from corale.conversations.models import Conversation, Message
from corale.ledger import record
from corale.people.models import Person
from corale.search.models import Pending

HOLD = 15.0  # seconds in which an answer can be taken back
OPEN, WAITING = Conversation.State.OPEN, Conversation.State.WAITING
State = Delivery.State


@dataclass(frozen=True, slots=True)
class _Part:
    """One part of an answer, and what it takes to place it. `asked_in`: the conversation that it answers."""

    text: str
    number: int
    uploads: tuple[Upload, ...]
    previous: Delivery | None
    audience: Audience
    warning: str
    asked_in: Conversation


@transaction.atomic
def answer(
    conversation: Conversation,
    parts: Sequence[str],
    *,
    by: Person,
    reply_to: Message | None = None,
    language: str = "",
    uploads: Sequence[Upload] = (),
    hold: float = HOLD,
    purpose: str = "answer",
    key: uuid.UUID | None = None,
    audience: Audience = "public",
    warning: str | None = None,
) -> list[Message]:
    """Puts an answer of one or more parts into the thread; it leaves after `hold` seconds.

    `key` makes it idempotent: the same key again returns the same messages. `audience` may make it narrower than what
    it answers, and never wider; what is for one person stands in a conversation of its own. `warning` is theirs, unless
    another is given. Errors: CannotAnswer, TooLong; then nothing has changed.
    """
    locked = Conversation.objects.select_for_update(of=("self",)).select_related("connection").get(pk=conversation.pk)
    key = key or uuid.uuid4()
    if standing := list(Message.objects.filter(delivery__key__in=_keys(key, len(parts))).order_by("id")):
        return standing
    target = reply_to or to_whom(locked)
    _check(locked, parts, target, uploads)
    assert target is not None
    audience = going_private.audience_of(locked, target, audience)
    place = going_private.place_of(locked, target, audience)
    warning = str(target.extras.get("warning", "")) if warning is None else warning
    messages: list[Message] = []
    for number, text in enumerate(parts):
        previous = messages[-1].delivery if messages else None
        part = _Part(text, number, tuple(uploads) if number == 0 else (), previous, audience, warning, locked)
        delivery = _delivery(place, target, part, by, language, hold, purpose, _keys(key, len(parts))[number])
        messages.append(_message(place, target, part, by, language, delivery))
        deliver_later(delivery)
    let_in(place, [by.pk])
    _moved_on(place, messages, by)
    if place != locked:
        _went_elsewhere(locked, by)
    return messages


def _keys(key: uuid.UUID, count: int) -> list[uuid.UUID]:
    return [key, *(uuid.uuid5(key, str(number)) for number in range(1, count))]


def to_whom(conversation: Conversation) -> Message | None:
    """What an answer answers when nobody chose: the newest that still waits for one, else the newest said to us."""
    gone = [Message.State.DELETED, Message.State.PLACEHOLDER]
    theirs = conversation.messages.filter(direction=Message.Direction.IN).exclude(state__in=gone)
    theirs = theirs.select_related("identity").order_by("-written_at", "-id")
    owed = theirs.filter(answered_at=None).exclude(needs_answer=False) if conversation.waiting_since else theirs.none()
    return owed.first() or theirs.first()


def _check(conversation: Conversation, parts: Sequence[str], target: Message | None, uploads: Sequence[Upload]) -> None:
    lets(conversation.connection, Can.REPLY)
    if target is None or not target.native_id:
        raise CannotAnswer("nothing")
    fits(conversation.connection, parts, uploads)


def _delivery(
    conversation: Conversation, target: Message, part: _Part, by: Person, language: str, hold: float, purpose: str,
    key: uuid.UUID,
) -> Delivery:  # fmt: skip
    connection = conversation.connection
    root = target.extras.get("root") or target.native_id
    voice = connection.adapter.voice_for(connection, by.pk).stable_id
    return Delivery.objects.create(
        connection=connection,
        key=key,
        kind="reply",
        outside_id=connection.adapter.choose_id(connection, "reply", voice=voice),
        payload=payload_of(
            text=part.text,
            language=language,
            parent=Ref(target.native_id, target.version),
            root=Ref(root, _version_of(connection, target, root)),
            uploads=part.uploads,
            voice=voice,
            to=[target.identity.stable_id] if target.identity else [],
            audience=part.audience,
            warning=part.warning,
        ),
        purpose=purpose,
        by_id=by.pk,
        previous=part.previous,
        state=State.HELD if hold else State.WAITING,
        next_at=timezone.now() + timedelta(seconds=hold),
    )


def _version_of(connection: Connection, target: Message, root: str) -> str:
    """The version of the thread's root, where we have seen it; "" where the adapter has to ask."""
    if root == target.native_id:
        return target.version
    known = Message.objects.filter(connection=connection, key=key_of(root)).values_list("version", flat=True).first()
    return known or ""


def _message(
    conversation: Conversation, target: Message, part: _Part, by: Person, language: str, delivery: Delivery
) -> Message:
    now = timezone.now()
    extras: dict[str, Any] = {"parent": target.native_id, "before": part.asked_in.state}
    if part.audience != "public":
        extras["audience"] = part.audience
    if part.warning:
        extras["warning"] = part.warning
    extras |= attached(part.uploads)
    if part.number == 0:
        extras["answers"] = {"identity": target.identity_id, "up_to": part.asked_in.last_inbound_id}
    if part.asked_in != conversation:
        extras["asked_in"] = part.asked_in.pk
    return Message.objects.create(
        conversation=conversation,
        connection=conversation.connection,
        key=key_of(delivery.outside_id),
        native_id=delivery.outside_id,
        parent_key=target.key if part.previous is None else key_of(part.previous.outside_id),
        direction=Message.Direction.OUT,
        kind="reply",
        by=by,
        text=part.text,
        language=language,
        extras=extras,
        written_at=now,
        received_at=now,
        delivery=delivery,
    )


def attached(uploads: Sequence[Upload]) -> dict[str, Any]:
    """The pictures that go along, as a message keeps them."""
    pictures = [
        {"kind": "image", "stored": each.path, "mime": each.mime, "alt": each.alt, "url": "",
         "width": each.width, "height": each.height}
        for each in uploads
    ]  # fmt: skip
    return {"attachments": pictures} if pictures else {}


def _moved_on(conversation: Conversation, messages: Sequence[Message], by: Person) -> None:
    last = messages[-1]
    _waits(conversation)
    conversation.preview = " ".join(last.text.split())[:200]
    conversation.last_direction = Message.Direction.OUT
    conversation.last_message_id, conversation.last_activity_at = last.pk, last.written_at
    conversation.message_count += len(messages)
    _save(conversation, by)


def _waits(conversation: Conversation) -> None:
    """They owe the next step."""
    if conversation.state in (OPEN, Conversation.State.SNOOZED):
        conversation.state, conversation.state_at, conversation.snoozed_until = WAITING, timezone.now(), None


def _went_elsewhere(conversation: Conversation, by: Person) -> None:
    """It was answered in private: everybody sees that, and not what was said."""
    _waits(conversation)
    _save(conversation, by)
    record(
        ConversationAnsweredInPrivate(
            conversation_id=conversation.pk, person_id=conversation.person_id, by_id=by.pk, demo=conversation.demo
        )
    )


def _save(conversation: Conversation, by: Person | None) -> None:
    conversation.version += 1
    conversation.save()
    conversation.labellings.update(state=conversation.state, last_activity_at=conversation.last_activity_at)
    tell(conversation, by=by, change="message")


@transaction.atomic
def cancel(message: Message, *, by: Person) -> str:
    """Takes an answer back while it is held, all parts of it; its text, for the composer. TooLate when one has left."""
    deliveries = _parts(message)
    if any(delivery.state not in (State.HELD, State.WAITING) or delivery.attempts for delivery in deliveries):
        raise TooLate
    messages = list(Message.objects.filter(delivery__in=deliveries).order_by("id"))
    conversation = Conversation.objects.select_for_update().get(pk=message.conversation_id)
    for delivery in deliveries:
        delivery.state = State.CANCELLED
        delivery.save(update_fields=["state"])
    text = "\n".join(each.text for each in messages)
    before, asked = messages[0].extras.get("before", OPEN), _locked(asked_in(messages[0]), conversation)
    Message.objects.filter(pk__in=[each.pk for each in messages]).delete()
    if asked.state == WAITING:
        asked.state, asked.state_at = before, timezone.now()
    _last_said(conversation, -len(messages))
    _save(conversation, by)
    if asked != conversation:
        _save(asked, by)
    if not conversation.messages.exists():
        conversation.delete()  # it had begun with what was taken back
    return text


def asked_in(message: Message) -> Conversation:
    """The conversation that it answers; mostly the one in which it stands."""
    elsewhere = message.extras.get("asked_in")
    found = Conversation.objects.filter(pk=elsewhere).first() if elsewhere else None
    return found or message.conversation


def _locked(conversation: Conversation, here: Conversation) -> Conversation:
    """Two names of one row are one object: what is saved last would undo what was saved first."""
    return here if conversation == here else Conversation.objects.select_for_update().get(pk=conversation.pk)


@transaction.atomic
def retry(message: Message, *, by: Person) -> None:
    """Tries again what failed, and the parts after it; whether it stands there already is looked up first."""
    for delivery in _parts(message):
        if delivery.state in (State.FAILED, State.UNKNOWN):
            delivery.state, delivery.next_at = State.WAITING, timezone.now()
            delivery.attempts = 1  # not the first attempt any more: look before saying it again
            delivery.problem = delivery.advice = ""
            delivery.save()
            deliver_later(delivery)
    tell(message.conversation, by=by, change="message")


def _parts(message: Message) -> list[Delivery]:
    """Every part of the answer a message belongs to, locked, in order."""
    first = message.delivery
    while first is not None and first.previous is not None:
        first = first.previous
    parts: list[Delivery] = []
    while first is not None:
        parts.append(Delivery.objects.select_for_update(of=("self",)).get(pk=first.pk))
        first = first.next_parts.first()
    return parts


def _last_said(conversation: Conversation, change: int) -> None:
    last = conversation.messages.exclude(direction=Message.Direction.NOTE).order_by("-written_at", "-id").first()
    conversation.message_count = max(0, conversation.message_count + change)
    if last is not None:
        conversation.preview = " ".join(last.text.split())[:200]
        conversation.last_direction, conversation.last_message_id = last.direction, last.pk
        conversation.last_activity_at = last.received_at


def settle(delivery: Delivery) -> None:
    """A delivery ended, in the caller's transaction: the message learns where it stands and what it answers."""
    message = Message.objects.filter(delivery=delivery).first()
    if message is None:
        return
    conversation = Conversation.objects.select_for_update().get(pk=message.conversation_id)
    if delivery.state == State.SENT:
        _stands(message, delivery)
        asked = _locked(asked_in(message), conversation)
        _answers(asked, message, delivery)
        if asked != conversation:
            _save(asked, None)
        Pending.objects.create(kind=0, object_id=message.pk)
    elif delivery.state in (State.FAILED, State.UNKNOWN):
        _failed(conversation, message)
    _save(conversation, None)


def _failed(conversation: Conversation, message: Message) -> None:
    """Whoever wrote it has to know: it is open again, and a post of their own is theirs."""
    if conversation.state == WAITING or message.kind == "post":
        conversation.state, conversation.state_at = OPEN, timezone.now()
    if message.kind == "post" and conversation.assignee_id is None:
        conversation.assignee = message.by


def _stands(message: Message, delivery: Delivery) -> None:
    message.native_id = delivery.native_id
    message.key, message.version = key_of(delivery.native_id), delivery.native_version
    message.written_at = delivery.sent_at or message.written_at
    if delivery.url:
        message.extras["url"] = delivery.url
    message.save(update_fields=["native_id", "key", "version", "written_at", "extras"])


def _answers(conversation: Conversation, message: Message, delivery: Delivery) -> None:
    """One fact for each thing they said that this answers: all that the person had said when it was written."""
    answers = message.extras.get("answers")
    unanswered = conversation.messages.filter(direction=Message.Direction.IN, answered_at=None)
    if answers:
        seen = unanswered.filter(identity_id=answers["identity"])
        for item in seen.filter(pk__lte=answers["up_to"] or 0).select_related("identity"):
            item.answered_at = delivery.sent_at
            item.save(update_fields=["answered_at"])
            record(
                MessageAnswered(
                    at=delivery.sent_at, message_id=item.pk, conversation_id=conversation.pk, by_id=message.by_id,
                    person_id=item.identity.person_id if item.identity else None, answer=message.pk,
                    delivery=delivery.pk, connection_id=conversation.connection_id, demo=conversation.demo,
                )
            )  # fmt: skip
    left = unanswered.exclude(needs_answer=False).order_by("received_at").values_list("received_at", flat=True).first()
    conversation.waiting_since = left
    turn = {OPEN: WAITING, WAITING: OPEN}.get(Conversation.State(conversation.state))
    if turn == (WAITING if left is None else OPEN):  # whose turn it is follows from what is left
        conversation.state, conversation.state_at = turn, timezone.now()
