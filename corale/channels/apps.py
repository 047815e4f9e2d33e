"""What this room adds to the frame."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChannelsConfig(AppConfig):
    name = "corale.channels"
    label = "channels"

    def ready(self) -> None:
        from corale.accounts.policies import is_coordinator
        from corale.channels.actions.listen import listen
        from corale.design.menu import Entry, register
        from corale.jobs import loops

        loops.register("channels.listen", listen)
        register(
            Entry(
                key="channels",
                label=_("Channels"),
                url_name="channels:connections",
                icon="channels",
                order=10,
                group="settings",
                permission=lambda person: is_coordinator(person.user),
            )
        )
