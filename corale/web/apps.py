"""What this room adds to the frame."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebConfig(AppConfig):
    name = "corale.web"
    label = "web"

    def ready(self) -> None:
        from corale.accounts.policies import is_coordinator
        from corale.design.frame import register_palette_search
        from corale.design.menu import Entry, register
        from corale.web.views.jobs import failures

        register(
            Entry(
                "jobs",
                _("Background work"),
                "jobs:jobs",
                "jobs",
                order=400,
                group="settings",
                permission=lambda person: is_coordinator(getattr(person, "user", None)),
                badge=failures,
            )
        )
        register(Entry("search", _("Search"), "search:search", "search", order=190, shortcut="g /", group="company"))
        register_palette_search("search:palette")
