"""What is listened to: whatever others say, as long as it stands."""

from __future__ import annotations

from corale.conversations.models import Conversation, Message

SAID_BY_OTHERS = (Message.Direction.IN, Message.Direction.ASIDE)
STANDING = (Message.State.VISIBLE, Message.State.EDITED, Message.State.HIDDEN, Message.State.UNREACHABLE)
IN_THE_LISTS = (
    Conversation.State.OPEN, Conversation.State.WAITING, Conversation.State.SNOOZED, Conversation.State.CLOSED,
)  # fmt: skip
"""Conversations that are not in spam, trash or quarantine."""
