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
        from corale.listen.policies import may_listen, may_teach
        from corale.listen.stream import unseen_in_all

        loops.register("listen.read", catching_up.run)
        loops.register("listen.filter", filtering.run)
        register(
            Entry(
                key="listening",
                label=_("Listening"),
                url_name="listening:queries",
                icon="filter",
                order=185,
                shortcut="g l",
                group="company",
                permission=may_listen,
                badge=unseen_in_all,
            )
        )
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
