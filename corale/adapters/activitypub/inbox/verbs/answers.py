"""Their answer when one of us asked to follow them."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from corale.adapters.activitypub import following
from corale.adapters.activitypub.inbox.arrival import Arrival
from corale.adapters.activitypub.inbox.ours import name_at
from corale.adapters.activitypub.models import Following
from corale.adapters.activitypub.wire.fields import uri


def accept(arrival: Arrival) -> None:
    """We follow them from now on."""
    with transaction.atomic():
        if (asked := _asked(arrival)) is not None and asked.ended_at is None:
            following.stands(asked)


def reject(arrival: Arrival) -> None:
    """We do not, or no longer."""
    with transaction.atomic():
        if (asked := _asked(arrival)) is not None:
            following.ends(asked, state=Following.State.REJECTED, at=timezone.now())


def _asked(arrival: Arrival) -> Following | None:
    """Our question: by its id, or by who asked whom, because ids get lost on the way."""
    theirs = Following.objects.select_for_update().filter(remote__uri=arrival.signer).select_related("actor")
    embedded = arrival.embedded
    found = theirs.filter(uri=uri(embedded)).first() if uri(embedded) else None
    if found is None and (asker := uri(embedded.get("actor"))):
        found = theirs.filter(actor__name=name_at(asker)).first()
    return found
