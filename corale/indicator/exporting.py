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


def last_facts(demo: bool) -> dict[str, int]:
    """Window → the last fact that the page's figures know; what was recorded after it does not count there yet."""
    found = {str(days): Snapshot.objects.newest(demo=demo, days=days) for days in WINDOWS}
    return {days: newest.last_fact for days, newest in found.items() if newest is not None}


def snapshots(demo: bool) -> dict[str, str]:
    """Window → the moment of the figures that the page shows."""
    found = {}
    for days in WINDOWS:
        newest = Snapshot.objects.newest(demo=demo, days=days)
        if newest is not None:
            found[str(days)] = newest.as_of.isoformat()
    return found
