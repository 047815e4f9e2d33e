"""Their answer when one of us asked: to follow them, to quote them."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from corale.adapters.activitypub import following
from corale.adapters.activitypub.inbox.arrival import Arrival
from corale.adapters.activitypub.inbox.ours import name_at
from corale.adapters.activitypub.models import Following, Post
from corale.adapters.activitypub.sending import act
from corale.adapters.activitypub.sending.people import named_in
from corale.adapters.activitypub.sending.recipients import recipients
from corale.adapters.activitypub.wire import writing
from corale.adapters.activitypub.wire.fields import uri
from corale.adapters.activitypub.wire.things import is_a

ASKED = "#quote-request"
"""What the ids of our requests end in: before it stands the post that quotes."""


def accept(arrival: Arrival) -> None:
    """We follow them from now on, or may quote them."""
    if is_a(arrival.embedded, "QuoteRequest") or arrival.target.endswith(ASKED):
        _may_quote(arrival)
        return
    with transaction.atomic():
        if (asked := _asked(arrival)) is not None and asked.ended_at is None:
            following.stands(asked)


def _may_quote(arrival: Arrival) -> None:
    """Our quotation shows their stamp, where others look for it (FEP-044f); whoever has it is told."""
    stamp = uri(arrival.activity.get("result"))
    if not stamp or not arrival.may_speak_of(stamp):
        return
    with transaction.atomic():
        ours = Post.objects.select_for_update().filter(uri=arrival.target.removesuffix(ASKED), deleted_at=None)
        post = ours.select_related("actor").first()
        if post is None or not arrival.may_speak_of(str(post.document.get("quote", ""))):
            return
        if post.document.get("quoteAuthorization") == stamp:
            return
        post.document = {**post.document, "quoteAuthorization": stamp}
        post.save(update_fields=["document"])
        said = writing.update(post.document, timezone.now())
        to = recipients(post.actor, post.audience, named_in(post))
        act(post.actor, said, inboxes=[*to.addressed, *to.others])


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
