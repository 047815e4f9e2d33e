"""What this room adds to the frame."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConversationsConfig(AppConfig):
    name = "corale.conversations"
    label = "conversations"

    def ready(self) -> None:
        from corale.accounts.policies import is_coordinator
        from corale.channels import record
        from corale.conversations import policies, public, subscribers, words  # noqa: F401
        from corale.design.menu import Entry, register
        from corale.live.topics import allow
        from corale.search import sources

        record.register(public.said_in_public)
        allow("conversation", policies.may_listen)
        allow("inbox", policies.may_listen_to_inbox)
        record.remember(public.said_by)
        record.recognise(public.is_known)
        sources.register(0, words.messages)
        sources.register(1, words.persons)

        from corale.conversations.belongings import register_all

        register_all()
        register(
            Entry(
                key="import",
                label=_("Import"),
                url_name="conversations:imports",
                icon="import",
                order=20,
                group="settings",
                permission=lambda person: is_coordinator(person.user),
            )
        )
