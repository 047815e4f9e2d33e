"""Liking, passing on, following, in the company's name: once, however often one presses, and taken back likewise."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import transaction
from django.utils import timezone

from corale.channels.actions.deliver import deliver_later
from corale.channels.contract import Can, Ref
from corale.channels.keys import key_of
from corale.channels.models import Connection, Delivery
from corale.channels.outgoing import payload_of
from corale.conversations.errors import CannotReact, NotPermitted
from corale.conversations.events import ReactionMade, ReactionTakenBack
from corale.conversations.models import Conversation, Interaction, Message
from corale.conversations.policies import may_work_on_conversations
from corale.ledger import record
from corale.live import publish
from corale.people.models import Identity, Person

CAN = {"like": Can.LIKE, "repost": Can.REPOST, "follow": Can.FOLLOW}
State = Delivery.State
PURPOSE = "reaction"
PUBLIC = ("public", "unlisted")
LEAVING = (State.HELD, State.WAITING, State.SENDING)
_SPACE = uuid.UUID("5e1c54a6-6f2c-5c0c-8a3e-0f4b7d1e9a55")


def react(message: Message, kind: str, *, by: Person) -> Interaction:
    """A like or a repost of what somebody said. Errors: CannotReact, NotPermitted; then nothing has changed."""
    connection = message.connection
    if message.direction == Message.Direction.NOTE or not message.native_id or message.key is None:
        raise CannotReact("nothing")
    if kind == "repost" and not may_be_reposted(message):
        raise CannotReact("direct")
    to = [message.identity.stable_id] if message.identity else []
    target = Ref(message.native_id, message.version)
    return _do(connection, kind, target, message.key, by, message.conversation, to=to)


def may_be_reposted(message: Message) -> bool:
    """What was said in public: nothing that only some may read."""
    return not message.conversation.direct and message.extras.get("audience", "public") in PUBLIC


def follow(identity: Identity, conversation: Conversation, *, by: Person) -> Interaction:
    """The account of the company follows them. Errors as above."""
    if identity.platform != conversation.connection.kind or identity.ours:
        raise CannotReact("nothing")
    target = Ref(identity.stable_id)
    to = [identity.stable_id]
    return _do(conversation.connection, "follow", target, key_of(identity.stable_id), by, conversation, to=to)


def standing(connection: Connection, kind: str, target_key: int) -> Interaction | None:
    """What we did there and have not taken back, here or elsewhere."""
    ours = Interaction.objects.filter(connection=connection, target_key=target_key, kind=kind, ours=True)
    return ours.filter(undone_at=None).select_related("delivery").order_by("-id").first()


@transaction.atomic
def _do(
    connection: Connection, kind: str, target: Ref, target_key: int, by: Person, conversation: Conversation, *,
    to: list[str],
) -> Interaction:  # fmt: skip
    _check(connection, kind, by)
    Connection.objects.select_for_update().get(pk=connection.pk)  # two who press at once press once
    if done := standing(connection, kind, target_key):
        return done
    before = Interaction.objects.filter(connection=connection, target_key=target_key, kind=kind, ours=True).count()
    delivery = _delivery(connection, kind, target, by, f"{target_key}:{before}", conversation, to=to)
    made = Interaction.objects.create(
        connection=connection, key=key_of(delivery.outside_id), kind=kind, identity=_us(connection),
        target_key=target_key, target_native_id=target.native_id[:500], native_id=delivery.outside_id, ours=True,
        by_id=by.pk, delivery=delivery,
    )  # fmt: skip
    _tell(conversation, by)
    return made


@transaction.atomic
def take_back(made: Interaction, conversation: Conversation, *, by: Person) -> None:
    """It does not stand there any more: what has not left yet never leaves. Twice is once."""
    _check(made.connection, made.kind, by)
    locked = Interaction.objects.select_for_update(of=("self",)).select_related("connection").get(pk=made.pk)
    if locked.undone_at is not None or not locked.ours:
        return
    leaving = Delivery.objects.select_for_update().filter(interactions=locked, state__in=LEAVING).first()
    if leaving is not None and leaving.state != State.SENDING and not leaving.attempts:
        leaving.state = State.CANCELLED
        leaving.save(update_fields=["state"])
    else:
        name, target = f"{locked.target_key}:{locked.pk}", Ref(locked.native_id)
        to = leaving.payload.get("to", []) if leaving else []
        _delivery(
            locked.connection, "unlike", target, by, name, conversation, to=to, previous=leaving, takes_back=locked.pk
        )  # fmt: skip
        record(ReactionTakenBack(reaction=locked.kind, by_id=by.pk, **_ids(locked)))
    locked.undone_at = timezone.now()
    locked.save(update_fields=["undone_at"])
    _tell(conversation, by)


def settle(delivery: Delivery) -> None:
    """A delivery of ours ended, in the caller's transaction: it stands there, or it never did."""
    if delivery.purpose != PURPOSE:
        return
    if kept := delivery.payload.get("takes_back"):
        if delivery.state == State.FAILED:  # it stands there as before
            Interaction.objects.filter(pk=kept).update(undone_at=None)
    else:
        _settle(delivery)
    publish(f"conversation:{delivery.payload.get('conversation')}", {"change": "reaction", "by": ""})


def _settle(delivery: Delivery) -> None:
    made = Interaction.objects.select_for_update(of=("self",)).filter(delivery=delivery).first()
    if made is None:
        return
    if delivery.state == State.SENT:
        made.native_id, made.key = delivery.native_id, key_of(delivery.native_id)
        made.at = delivery.sent_at or made.at
        record(ReactionMade(at=made.at, reaction=made.kind, by_id=made.by_id, delivery=delivery.pk, **_ids(made)))
    elif delivery.state == State.FAILED:
        made.undone_at = made.undone_at or timezone.now()
    made.save(update_fields=["native_id", "key", "at", "undone_at"])


def _check(connection: Connection, kind: str, by: Person) -> None:
    if not may_work_on_conversations(by):
        raise NotPermitted
    if kind not in CAN or CAN[kind] not in connection.adapter.can:
        raise CannotReact("channel")
    if connection.state in (Connection.State.DISCONNECTED, Connection.State.REMOVED):
        raise CannotReact("disconnected")


def _delivery(
    connection: Connection, kind: str, target: Ref, by: Person, name: str, conversation: Conversation, *,
    to: list[str], previous: Delivery | None = None, **noted: int,
) -> Delivery:  # fmt: skip
    """The same name is the same delivery. `noted` is for ourselves, when it has ended."""
    delivery, is_new = Delivery.objects.get_or_create(
        key=uuid.uuid5(_SPACE, f"{connection.pk}:{kind}:{name}"),
        defaults={
            "connection": connection, "kind": kind, "outside_id": connection.adapter.choose_id(connection, kind),
            "payload": payload_of(target=target, to=to) | {"conversation": conversation.pk, **noted},
            "purpose": PURPOSE,
            "by_id": by.pk, "previous": previous, "state": State.WAITING,
        },
    )  # fmt: skip
    if is_new:
        deliver_later(delivery)
    return delivery


def _us(connection: Connection) -> Identity:
    """The identity of our own account, which may not have spoken yet."""
    name = connection.name or connection.handle
    found = Identity.objects.filter(platform=connection.kind, stable_id=connection.stable_id).first()
    return found or Identity.objects.create(
        person=Person.objects.create(name=name[:200], demo=connection.demo), platform=connection.kind,
        stable_id=connection.stable_id, handle=connection.handle, name=name[:200], ours=True,
    )  # fmt: skip


def _ids(made: Interaction) -> dict[str, Any]:
    """Of whom and of what: the message, or the person who is followed."""
    message = Message.objects.filter(connection=made.connection_id, key=made.target_key).first()
    identity = message.identity if message else None
    if made.kind == "follow":
        identity = Identity.objects.filter(
            platform=made.connection.kind, stable_id=made.target_native_id
        ).first()  # fmt: skip
    return {
        "connection_id": made.connection_id, "message_id": message.pk if message else None,
        "conversation_id": message.conversation_id if message else None,
        "person_id": identity.person_id if identity else None, "demo": made.connection.demo,
    }  # fmt: skip


def _tell(conversation: Conversation, by: Person) -> None:
    publish(f"conversation:{conversation.pk}", {"change": "reaction", "by": str(by.pk)})
