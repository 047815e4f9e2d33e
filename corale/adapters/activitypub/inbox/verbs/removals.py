"""Somebody deletes what they said, or themselves."""

from __future__ import annotations

from django.db import transaction

from corale.adapters.activitypub.inbox import polls
from corale.adapters.activitypub.inbox.arrival import Arrival
from corale.adapters.activitypub.inbox.verbs import profiles
from corale.adapters.activitypub.inbox.verbs.undoing import take_back
from corale.adapters.activitypub.models import Reaction
from corale.channels.keys import key_of


def delete(arrival: Arrival) -> None:
    """Only what lives on the sender's server. It is remembered: a Create that comes late stays without effect."""
    for address in arrival.all_targets():
        if address == arrival.signer:
            profiles.leave(arrival)
        elif arrival.may_speak_of(address):
            _gone(arrival, address)
        else:
            arrival.ignore()


@transaction.atomic
def _gone(arrival: Arrival, address: str) -> None:
    arrival.round.bury(address, arrival.at)
    found = Reaction.objects.filter(key__in=[key_of(address), key_of(f"{address}#quote")], undone_at=None)
    votes = [each.post for each in found.filter(kind=Reaction.Kind.VOTE).select_related("post")]
    take_back(found)
    for post in votes:
        polls.count_later(post)
