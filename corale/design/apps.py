"""What this room adds to the frame."""

from django.apps import AppConfig
from django.core.checks import register


class DesignConfig(AppConfig):
    name = "corale.design"
    label = "design"

    def ready(self) -> None:
        from corale.design.checks import menu_leads_somewhere

        register(menu_leads_somewhere)
