"""Followers whose inbox says that they are gone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from corale.adapters.activitypub.models import Actor, Follower, RemoteActor
from corale.adapters.activitypub.sending.letters import Letter


def gone(letters: Sequence[Letter], now: datetime) -> None:
    """410 from an inbox: whoever was reached there follows nobody any more. In the caller's transaction."""
    if not letters:
        return
    servers, inboxes = {letter.server_id for letter in letters}, {letter.inbox for letter in letters}
    there = RemoteActor.objects.filter(server_id__in=servers, gone_at=None)
    remotes = list(there.filter(Q(shared_inbox__in=inboxes) | Q(inbox__in=inboxes)).values_list("pk", flat=True))
    RemoteActor.objects.filter(pk__in=remotes).update(gone_at=now)
    ended = Follower.objects.filter(remote_id__in=remotes, ended_at=None)
    followed = set(ended.values_list("actor_id", flat=True))
    ended.update(ended_at=now)
    for actor in Actor.objects.filter(pk__in=followed):
        count = Follower.objects.filter(actor=actor, state="accepted", ended_at=None).count()
        Actor.objects.filter(pk=actor.pk).update(followers_count=count)
