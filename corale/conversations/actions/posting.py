"""Saying something that answers nothing: it stands at the beginning of a conversation that others may begin."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from corale.channels.actions.deliver import deliver_later
from corale.channels.contract import Audience, Can, Poll, Upload
from corale.channels.keys import key_of
from corale.channels.models import Connection, Delivery
from corale.channels.outgoing import payload_of
from corale.conversations.actions.answering import HOLD, State, attached
from corale.conversations.actions.changing import tell
from corale.conversations.actions.confiding import let_in
from corale.conversations.actions.fitting import fits, lets
from corale.conversations.models import Conversation, Message
from corale.people.models import Person


@transaction.atomic
def post(
    connection: Connection,
    text: str,
    *,
    by: Person,
    language: str = "",
    uploads: Sequence[Upload] = (),
    audience: Audience = "public",
    warning: str = "",
    poll: Poll | None = None,
    hold: float = HOLD,
    key: uuid.UUID | None = None,
) -> Message:
    """Puts it on its way; it leaves after `hold` seconds. The same `key` again returns the same message.

    Nobody owes anything: the conversation is closed until somebody answers. Errors: CannotAnswer, TooLong.
    """
    key = key or uuid.uuid4()
    if standing := Message.objects.filter(delivery__key=key).first():
        return standing
    lets(connection, Can.POST, *([Can.POLL] if poll is not None else []))
    fits(connection, [text], uploads)
    voice = connection.adapter.voice_for(connection, by.pk).stable_id
    delivery = Delivery.objects.create(
        connection=connection,
        key=key,
        kind="post",
        outside_id=connection.adapter.choose_id(connection, "post", voice=voice),
        payload=payload_of(
            text=text, language=language, uploads=tuple(uploads), voice=voice, audience=audience, warning=warning,
            poll=poll,
        ),
        purpose="post",
        by_id=by.pk,
        state=State.HELD if hold else State.WAITING,
        next_at=timezone.now() + timedelta(seconds=hold),
    )  # fmt: skip
    message = _message(_conversation(delivery, text, audience, language), delivery, by, uploads, poll)
    deliver_later(delivery)
    return message


def _conversation(delivery: Delivery, text: str, audience: Audience, language: str) -> Conversation:
    is_direct, now = audience == "direct", timezone.now()
    line = " ".join(text.split())[:200]
    conversation = Conversation.objects.create(
        connection=delivery.connection,
        root_key=key_of(f"direct  {delivery.outside_id}" if is_direct else delivery.outside_id),
        state=Conversation.State.CLOSED, state_at=now, direct=is_direct, language=language[:12], subject=line,
        preview=line, last_direction=Message.Direction.OUT, message_count=1, demo=delivery.connection.demo,
        last_activity_at=now,
    )  # fmt: skip
    let_in(conversation, [delivery.by_id])
    return conversation


def _message(
    conversation: Conversation, delivery: Delivery, by: Person, uploads: Sequence[Upload], poll: Poll | None
) -> Message:
    now, payload = timezone.now(), delivery.payload
    extras: dict[str, Any] = attached(uploads)
    extras |= {name: payload[name] for name in ("audience", "warning") if payload[name] not in ("", "public")}
    if poll is not None:
        closes_at = poll.closes_at.isoformat()
        extras["poll"] = {"options": list(poll.options), "closes_at": closes_at, "several": poll.several}
    message = Message.objects.create(
        conversation=conversation, connection=conversation.connection, key=key_of(delivery.outside_id),
        native_id=delivery.outside_id, direction=Message.Direction.OUT, kind="post", by=by, text=payload["text"],
        language=payload["language"], extras=extras, written_at=now, received_at=now, delivery=delivery,
    )  # fmt: skip
    Conversation.objects.filter(pk=conversation.pk).update(last_message_id=message.pk)
    tell(conversation, by=by, change="message")
    return message
