"""Who reads an answer, and where it stands: what is said in private stands in a conversation of its own."""

from __future__ import annotations

from django.utils import timezone

from corale.channels.audiences import narrowest
from corale.channels.contract import Audience
from corale.channels.keys import key_of
from corale.conversations.models import Conversation, Message


def audience_of(conversation: Conversation, target: Message | None, asked: str = "public") -> Audience:
    """Nobody reads an answer who could not read what it answers; it may be for fewer."""
    theirs = str(target.extras.get("audience", "public")) if target else "public"
    return narrowest(theirs, asked, "direct" if conversation.direct else "public")


def place_of(conversation: Conversation, target: Message, audience: Audience) -> Conversation:
    """The conversation in which the answer stands: this one, or the private one with whoever is answered. In the
    caller's transaction."""
    if audience != "direct" or conversation.direct or target.identity is None:
        return conversation
    root = target.extras.get("root") or target.extras.get("parent") or target.native_id
    key = key_of(f"direct {target.identity.stable_id} {root}")
    standing = Conversation.objects.filter(connection=conversation.connection, root_key=key, current=True)
    return standing.select_for_update().first() or _begun(conversation, target, key)


def _begun(conversation: Conversation, target: Message, key: int) -> Conversation:
    """It says where it comes from; where it comes from does not say where it went."""
    now = timezone.now()
    return Conversation.objects.create(
        connection=conversation.connection, root_key=key, direct=True, continues=conversation, demo=conversation.demo,
        person_id=target.identity.person_id if target.identity else None, identity=target.identity,
        state=Conversation.State.WAITING, state_at=now, language=conversation.language,
        subject=" ".join(target.text.split())[:200], last_activity_at=now,
    )  # fmt: skip
