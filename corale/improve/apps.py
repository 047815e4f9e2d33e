"""What this room adds to the frame."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImproveConfig(AppConfig):
    name = "corale.improve"
    label = "improve"

    def ready(self) -> None:
        from corale.design.menu import Entry, register
        from corale.improve import belongings, naming, subscribers  # noqa: F401
        from corale.people.sections import Section
        from corale.people.sections import register as bring

        belongings.register_all()
        naming.register()
        bring(Section("timeline", _("Between them and us"), "improve:timeline", "main", 10))
        bring(Section("improve", _("Themes"), "improve:person", "aside", 10))
        register(Entry("themes", _("Themes"), "improve:themes", "theme", order=210, shortcut="g t", group="company"))
        register(
            Entry(
                "decisions", _("Decisions"), "improve:decisions", "decision", order=220, shortcut="g d", group="company"
            )
        )
