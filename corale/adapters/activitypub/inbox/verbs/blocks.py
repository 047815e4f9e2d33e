"""Somebody does not want to hear of one of us."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from corale.adapters.activitypub import followers, following
from corale.adapters.activitypub.inbox.arrival import Arrival
from corale.adapters.activitypub.inbox.ours import actor_at
from corale.adapters.activitypub.models import Follower, Following


def block(arrival: Arrival) -> None:
    """They follow us no longer, and we do not follow them. What was said stays."""
    if (actor := actor_at(arrival.target)) is None:
        return
    with transaction.atomic():
        for follower in Follower.objects.select_for_update().filter(actor=actor, remote__uri=arrival.signer):
            followers.ends(follower, at=timezone.now())
        for asked in Following.objects.select_for_update().filter(actor=actor, remote__uri=arrival.signer):
            following.ends(asked, state=Following.State.REJECTED, at=timezone.now())
