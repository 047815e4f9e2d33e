"""What this room adds to the frame."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DemoConfig(AppConfig):
    name = "corale.demo"
    label = "demo"

    def ready(self) -> None:
        from corale.accounts.policies import is_administrator
        from corale.demo import subscribers  # noqa: F401
        from corale.demo.banner import banner
        from corale.design.frame import register_banner
        from corale.design.menu import Entry, register

        register_banner(banner)
        register(
            Entry(
                "demo", _("Demo company"), "demo:demo", "demo", order=390, group="settings",
                permission=lambda person: is_administrator(person.user),
            )
        )  # fmt: skip
