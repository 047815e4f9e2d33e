"""What a reader of an export needs besides the facts: settings, kinds of channels, the moments of the figures."""

from __future__ import annotations

from typing import Any

from corale.channels.models import Connection
from corale.indicator import promises
from corale.indicator.models import Snapshot
from corale.indicator.taking import WINDOWS


def settings(demo: bool) -> dict[str, Any]:
    """The definitions in force."""
    return promises.settings()


def connections(demo: bool) -> dict[str, str]:
    """Connection → kind of channel: promises differ by channel."""
    return {str(pk): kind for pk, kind in Connection.objects.values_list("id", "kind")}


def snapshots(demo: bool) -> dict[str, str]:
    """Window → the moment of the figures that the page shows."""
    found = {}
    for days in WINDOWS:
        newest = Snapshot.objects.filter(demo=demo, days=days).order_by("-id").first()
        if newest is not None:
            found[str(days)] = newest.as_of.isoformat()
    return found
