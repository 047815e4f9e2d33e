"""Asking the moderators of another server to look at somebody of theirs: in the house's name, never in one of ours."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from corale.adapters.activitypub import addresses, own
from corale.adapters.activitypub.models import OurComplaint, RemoteActor
from corale.adapters.activitypub.sending import act
from corale.adapters.activitypub.wire import writing


@transaction.atomic
def complain(remote: RemoteActor, words: str, said: Sequence[str], *, by_id: int) -> OurComplaint:
    """Writes the Flag and what has to leave. `said` are addresses of things of theirs."""
    house = own.instance_actor()
    flag = writing.flag(addresses.activity(house.name), house.uri, [remote.uri, *said], words)
    activity = act(house, flag, inboxes=[(remote.server, remote.best_inbox)], addressed=True)
    return OurComplaint.objects.create(remote=remote, activity=activity, words=words, about=list(said), by_id=by_id)
