"""What can go wrong with the record."""

from __future__ import annotations

from corale.conversations.models import Conversation


class Changed(Exception):
    """Somebody changed the conversation since it was looked at; it carries what it has become."""

    def __init__(self, conversation: Conversation) -> None:
        super().__init__(f"conversation {conversation.pk} is at version {conversation.version}")
        self.conversation = conversation


class NotPermitted(Exception):
    """They may not."""
