"""Where something has to go: whom it speaks to, and whoever else may read it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from corale.adapters.activitypub.models import Actor, Post, Reaction, RemoteActor, Server
from corale.adapters.activitypub.sending.acting import Inbox, followers_inboxes
from corale.channels.contract import Audience
from corale.channels.keys import key_of
from corale.store import rows

WIDTH: dict[str, int] = {"direct": 0, "followers": 1, "unlisted": 2, "public": 3}
REACTED = 2_000  # servers of those who reacted that are told of a change


@dataclass(frozen=True, slots=True)
class Recipients:
    """`addressed` decide whether it has arrived; `others` get it when they can."""

    addressed: tuple[Inbox, ...] = ()
    others: tuple[Inbox, ...] = ()


def narrower(one: Audience, other: str) -> Audience:
    """Of two audiences the smaller."""
    return one if WIDTH[one] <= WIDTH[other] else other  # type: ignore[return-value]


def recipients(actor: Actor, audience: str, people: Iterable[RemoteActor]) -> Recipients:
    """A direct message goes to the inboxes of those it names, one by one, and nowhere else; everything else goes once
    to each server, also on behalf of the followers there."""
    named = [(each.server, each.inbox if audience == "direct" else each.best_inbox) for each in people]
    addressed = {inbox: server for server, inbox in named}
    followers = [] if audience == "direct" else followers_inboxes(actor)
    return Recipients(
        tuple((server, inbox) for inbox, server in addressed.items()),
        tuple((server, inbox) for server, inbox in followers if inbox not in addressed),
    )


def reacted_to(post: Post) -> list[Inbox]:
    """Where somebody has shared, answered or quoted a post: they show it, and must hear when it changes."""
    kinds = [Reaction.Kind.BOOST, Reaction.Kind.REPLY, Reaction.Kind.QUOTE]
    theirs = Reaction.objects.filter(post=post, kind__in=kinds, undone_at=None)
    keys = {key_of(each) for each in theirs.order_by("-id").values_list("actor_uri", flat=True)[:REACTED]}
    found = rows.select_in(
        "SELECT server_id, CASE WHEN shared_inbox = '' THEN inbox ELSE shared_inbox END "
        "FROM activitypub_remoteactor WHERE gone_at IS NULL AND key IN ({marks})",
        keys,
    )
    servers = Server.objects.in_bulk({server_id for server_id, _ in found})
    return [(servers[server_id], inbox) for server_id, inbox in dict.fromkeys(found)]
