"""What this room adds to the frame."""

from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    name = "corale.conversations"
    label = "conversations"

    def ready(self) -> None:
        from corale.conversations import subscribers  # noqa: F401
