"""What this room adds to the frame."""

from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    name = "corale.channels"
    label = "channels"

    def ready(self) -> None:
        from corale.channels.actions.listen import listen
        from corale.jobs import loops

        loops.register("channels.listen", listen)
