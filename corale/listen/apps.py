"""What this room adds to the frame."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ListenConfig(AppConfig):
    name = "corale.listen"
    label = "listen"

    def ready(self) -> None:
        from corale.design.menu import Entry, register
        from corale.jobs import loops
        from corale.listen.actions import catching_up, filtering
        from corale.listen.policies import may_teach

        loops.register("listen.read", catching_up.run)
        loops.register("listen.filter", filtering.run)
        register(
            Entry(
                key="readings",
                label=_("Readings"),
                url_name="listen:readings",
                icon="eye",
                order=30,
                group="settings",
                permission=may_teach,
            )
        )
