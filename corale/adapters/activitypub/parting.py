"""What ends between us and a server that is blocked, and begins again when it no longer is.

Nothing is sent: a blocked server hears nothing from us. So over there nothing has ended either, and whoever followed us
before follows us again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef

from corale.adapters.activitypub.hosts import and_above, blocked_among
from corale.adapters.activitypub.models import Actor, Dispatch, Follower, Following, RemoteActor, Server

BOTH: tuple[tuple[type[Follower] | type[Following], str], ...] = (
    (Follower, "followers_count"), (Following, "following_count"),
)  # fmt: skip


def part(hosts: Collection[str], *, at: datetime) -> None:
    """Nobody there or below follows us, we follow nobody there, and nothing that waits is sent there."""
    blocked = set(hosts)
    near = Server.objects.filter(Exists(RemoteActor.objects.filter(server=OuterRef("pk"))))
    servers = [pk for pk, host in near.values_list("pk", "host") if not blocked.isdisjoint(and_above(host))]
    for model, counter in BOTH:
        there = model._default_manager.filter(remote__server__in=servers, ended_at=None)
        ours = set(there.values_list("actor_id", flat=True))
        there.update(ended_at=at)
        _count(model, counter, ours)
    waiting = Dispatch.objects.filter(server__in=servers, state=Dispatch.State.WAITING)
    waiting.update(state=Dispatch.State.DROPPED, problem="The server was blocked.")


def join_again(*, at: datetime) -> None:
    """What ended at that moment goes on, but where a rule still blocks."""
    for model, counter in BOTH:
        ended = model._default_manager.filter(ended_at=at)
        near = dict(ended.values_list("remote__server_id", "remote__server__host").distinct())
        blocked = blocked_among(set(near.values()))
        there = ended.filter(remote__server__in=[pk for pk, host in near.items() if host not in blocked])
        ours = set(there.values_list("actor_id", flat=True))
        there.update(ended_at=None)
        _count(model, counter, ours)


def _count(model: type[Follower] | type[Following], counter: str, actors: Iterable[int]) -> None:
    for actor_id in sorted(actors):
        number = model.objects.standing().filter(actor_id=actor_id).count()
        Actor.objects.filter(pk=actor_id).update(**{counter: number})
