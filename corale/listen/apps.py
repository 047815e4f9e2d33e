"""What this room adds to the frame."""

from django.apps import AppConfig


class ListenConfig(AppConfig):
    name = "corale.listen"
    label = "listen"

    def ready(self) -> None:
        from corale.jobs import loops
        from corale.listen.actions.catching_up import run

        loops.register("listen.read", run)
