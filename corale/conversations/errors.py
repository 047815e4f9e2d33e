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


class CannotAnswer(Exception):
    """No answer can be given here. `why`: channel, disconnected, nothing, empty."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class CannotReact(Exception):
    """It can be neither liked, reposted nor followed from here. `why`: channel, disconnected, direct, nothing."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class TooLong(Exception):
    """Longer than the channel takes, by the channel's own count."""

    def __init__(self, length: int, limit: int) -> None:
        super().__init__(f"{length} of {limit}")
        self.length, self.limit = length, limit


class TooLate(Exception):
    """It has left already and cannot be taken back."""
