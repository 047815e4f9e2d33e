"""What this room adds to the frame."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IndicatorConfig(AppConfig):
    name = "corale.indicator"
    label = "indicator"

    def ready(self) -> None:
        from corale.design.menu import Entry, register
        from corale.indicator.exporting import connections, last_facts, settings, snapshots
        from corale.ledger.export import register_header

        register_header("indicator", settings)
        register_header("connections", connections)
        register_header("snapshots", snapshots)
        register_header("last_facts", last_facts)

        register(
            Entry(
                key="indicator",
                label=_("Indicator"),
                url_name="indicator:indicator",
                icon="indicator",
                order=240,
                group="company",
                shortcut="g n",
            )
        )
