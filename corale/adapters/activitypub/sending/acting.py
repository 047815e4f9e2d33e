"""Doing something as one of ours: the activity, and a row for each inbox it has to reach."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from corale.adapters.activitypub.hosts import blocked_among
from corale.adapters.activitypub.models import Activity, Actor, Dispatch, Follower, Server
from corale.adapters.activitypub.wire.context import with_context
from corale.channels.keys import key_of
from corale.store import rows

Inbox = tuple[Server, str]

woken = threading.Event()
"""Set when something was written in this process; other processes look twice a second."""

_COLUMNS = (
    "activity_id", "server_id", "inbox", "lane", "is_addressed", "state", "attempts", "next_at", "worker", "problem",
)  # fmt: skip


def act(
    actor: Actor,
    activity: Mapping[str, Any],
    *,
    inboxes: Iterable[Inbox],
    public: bool = False,
    addressed: bool = False,
) -> Activity:
    """Writes an activity of `actor` and what has to leave, in the caller's transaction; the dispatch loop sends it.

    `activity` is the whole JSON object with its id; its @context is put around it here. The same id again is the same
    activity, and only inboxes not written before are added. `public`: it stands in the outbox. `addressed`: the inboxes
    are of somebody who is spoken to; they come before followers, and are tried even where a server seems dead.
    No network.
    """
    assert transaction.get_connection().in_atomic_block
    row, made = Activity.objects.get_or_create(
        uri=activity["id"],
        defaults={
            "actor": actor,
            "kind": activity["type"],
            "body": json.dumps(with_context(activity), ensure_ascii=False, separators=(",", ":")),
            "is_public": public,
        },
    )
    write_dispatches(row, inboxes, addressed=addressed, fresh=made)
    return row


def write_dispatches(activity: Activity, inboxes: Iterable[Inbox], *, addressed: bool, fresh: bool = False) -> None:
    """A row for each inbox that has none yet. `fresh`: none can stand there already."""
    now = rows.moment(timezone.now())
    places = [(server, inbox) for server, inbox in inboxes if inbox and (addressed or not server.is_away)]
    unwanted = blocked_among({server.host for server, _ in places})
    wanted = {inbox: server.pk for server, inbox in places if server.host not in unwanted}
    insert = rows.insert if fresh else rows.insert_ignoring
    insert(
        Dispatch,
        _COLUMNS,
        [
            (activity.pk, server, inbox, lane(activity.actor_id, inbox), addressed, 0, 0, now, "", "")
            for inbox, server in wanted.items()
        ],
    )
    if wanted:
        transaction.on_commit(woken.set)


def lane(actor_id: int, inbox: str) -> int:
    """What one of ours says to one inbox goes in its order."""
    return key_of(f"{actor_id} {inbox}")


def followers_inboxes(actor: Actor) -> list[Inbox]:
    """Where the followers of one of ours are reached: each shared inbox once."""
    standing = Follower.objects.filter(actor=actor, state="accepted", ended_at=None, remote__gone_at=None)
    found = standing.values_list("remote__server_id", "remote__shared_inbox", "remote__inbox").iterator(2000)
    places = {shared or own: server_id for server_id, shared, own in found}
    servers = Server.objects.in_bulk(set(places.values()))
    return [(servers[server_id], inbox) for inbox, server_id in places.items()]
