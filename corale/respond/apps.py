"""What this room adds to the frame."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RespondConfig(AppConfig):
    name = "corale.respond"
    label = "respond"

    def ready(self) -> None:
        from corale.design.menu import Entry, register
        from corale.listen.policies import may_listen
        from corale.respond.trays import TRAYS

        for tray in TRAYS.values():
            register(
                Entry(
                    key=f"tray-{tray.key}",
                    label=tray.label,
                    url_name="respond:inbox",
                    icon=tray.icon,
                    order=tray.order,
                    shortcut=tray.shortcut,
                    query="" if tray.key == "open" else f"view={tray.key}",
                    badge=partial(_count, tray.key) if tray.counted else None,
                    pinned=tray.key in ("mine", "unassigned", "open"),
                )
            )
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
                badge=partial(_count, "listening"),
            )
        )
        register(Entry("post", _("New post"), "respond:post", "pencil", order=0))
        register(Entry("guideline", _("Guideline"), "respond:guideline", "guideline", order=210, group="company"))


def _count(key: str, person: Any) -> int | None:
    from corale.respond.counts import counts_for

    return counts_for(person).get(key)
