"""What this room adds to the frame."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "corale.people"
    label = "people"

    def ready(self) -> None:
        from corale.design.menu import Entry, register
        from corale.live.topics import allow
        from corale.people import belongings, policies, subscribers  # noqa: F401

        allow("person", policies.may_listen)

        register(Entry("people", _("People"), "people:people", "people", order=200, shortcut="g p", group="company"))
        register(Entry("profile", _("Your profile"), "people:profile", "person", order=300, group="settings"))
        belongings.register(
            belongings.Belonging(
                "accounts", _("Accounts and the names they had"), belongings.count_names, belongings.export_names,
                belongings.erase_names, order=900,
            )
        )  # fmt: skip
