"""What this room adds to the frame."""

from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    name = "corale.conversations"
    label = "conversations"

    def ready(self) -> None:
        from corale.conversations import subscribers, words  # noqa: F401
        from corale.search import sources

        sources.register(0, words.messages)
        sources.register(1, words.persons)
