"""What this room adds to the frame."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "corale.accounts"
    label = "accounts"

    def ready(self) -> None:
        from corale.accounts import admin_mode
        from corale.accounts.policies import is_administrator, is_coordinator
        from corale.design.frame import register_banner
        from corale.design.menu import Entry, register

        def coordinates(person: object) -> bool:
            return is_coordinator(getattr(person, "user", None))

        def administers(person: object) -> bool:
            return is_administrator(getattr(person, "user", None))

        for key, label, icon, order, permission in (
            ("me", _("My account"), "person", 10, None),
            ("colleagues", _("Colleagues"), "people", 20, coordinates),
            ("mail", _("Mail"), "email", 80, administers),
            ("audit", _("Audit"), "audit", 90, administers),
        ):
            register(Entry(key, label, f"accounts:{key}", icon, order, group="settings", permission=permission))
        register_banner(admin_mode.banner)
        register_banner(admin_mode.unfinished_banner)
