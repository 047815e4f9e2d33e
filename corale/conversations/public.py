"""What others said in public, for pages that show a conversation to everybody (`channels.record`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corale.channels.contract import Said, Who
from corale.channels.keys import key_of
from corale.channels.models import Connection
from corale.conversations.models import Conversation, Message

SHOWN = (Message.State.VISIBLE, Message.State.EDITED)
THEIRS = (Message.Direction.IN, Message.Direction.ASIDE)
AWAY = (Conversation.State.SPAM, Conversation.State.TRASH, Conversation.State.QUARANTINE)
EVERYBODY = ("public", "unlisted")


def said_in_public(connection: Connection, native_ids: Sequence[str]) -> Iterator[Said]:
    """Those of them that anybody may read there, that stand, and whose author has not been forgotten. One query.

    What does not say who may read it is what a network without such differences brought: it is public, unless direct.
    """
    keys = [key_of(each) for each in native_ids]
    found = Message.objects.filter(
        connection=connection, key__in=keys, state__in=SHOWN, direction__in=THEIRS, identity__isnull=False
    ).exclude(conversation__state__in=AWAY)
    for message in found.select_related("identity__person"):
        if _is_public(message) and message.identity is not None and message.identity.person.erased_at is None:
            yield _said(message)


def said_by(connection: Connection, stable_id: str, most: int) -> Iterator[Said]:
    """What somebody said, newest first, also to us alone: for colleagues who decide about them. One query."""
    theirs = Message.objects.filter(
        connection=connection, identity__platform=connection.kind, identity__stable_id=stable_id, state__in=SHOWN,
        direction__in=THEIRS,
    ).select_related("identity")  # fmt: skip
    for message in theirs.order_by("-id")[:most]:
        yield _said(message)


def is_known(connection: Connection, stable_id: str) -> bool:
    """Somebody of whom something stands in our trays, or once did: let in, answered, closed. Not who only waits in
    quarantine, and not who was put away. One query."""
    theirs = Message.objects.filter(
        connection=connection, identity__platform=connection.kind, identity__stable_id=stable_id, direction__in=THEIRS
    )
    return theirs.exclude(conversation__state__in=AWAY).exists()


def _is_public(message: Message) -> bool:
    return message.kind != "direct" and message.extras.get("audience", "public") in EVERYBODY


def _said(message: Message) -> Said:
    identity = message.identity
    assert identity is not None
    who = Who(identity.platform, identity.stable_id, identity.handle, identity.name, url=identity.url)
    return Said(
        native_id=message.native_id,
        version=message.version,
        author=who,
        text=message.text,
        written_at=message.written_at,
        parent=str(message.extras.get("parent", "")),
        audience=message.extras.get("audience", "public"),
        warning=str(message.extras.get("warning", "")),
        language=message.language,
        url=message.url,
    )
