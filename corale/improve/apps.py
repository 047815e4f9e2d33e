"""What this room adds to the frame."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImproveConfig(AppConfig):
    name = "corale.improve"
    label = "improve"

    def ready(self) -> None:
        from corale.design.menu import Entry, register
        from corale.improve import subscribers  # noqa: F401

        register(Entry("themes", _("Themes"), "improve:themes", "theme", order=210, shortcut="g t", group="company"))
        register(
            Entry("decisions", _("Decisions"), "improve:decisions", "decision", order=220, shortcut="g d", group="company")
        )
