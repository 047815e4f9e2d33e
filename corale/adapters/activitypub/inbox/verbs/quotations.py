"""Somebody asks whether they may quote us (FEP-044f). What is public may be quoted by everybody."""

from __future__ import annotations

import secrets

from django.db import transaction

from corale.adapters.activitypub import addresses
from corale.adapters.activitypub.actors import remote_actor
from corale.adapters.activitypub.hosts import is_blocked
from corale.adapters.activitypub.inbox.arrival import Arrival
from corale.adapters.activitypub.inbox.ours import post_at
from corale.adapters.activitypub.models import Post, RemoteActor, Stamp
from corale.adapters.activitypub.sending import act
from corale.adapters.activitypub.wire import writing
from corale.adapters.activitypub.wire.fields import uri
from corale.channels.keys import key_of


def request(arrival: Arrival) -> None:
    """Yes, with the address of a stamp that other servers can look at; or no."""
    post, quoting = post_at(arrival.target), uri(arrival.activity.get("instrument"))
    if post is None or not arrival.may_speak_of(quoting):
        return
    remote = remote_actor(arrival.signer)
    with transaction.atomic():
        stamp = _stamped(post, quoting, remote) if _may(post, remote) else None
        asked = {
            "id": arrival.id,
            "type": "QuoteRequest",
            "actor": remote.uri,
            "object": post.uri,
            "instrument": quoting,
        }
        answer = addresses.activity(post.actor.name)
        if stamp is None:
            said = writing.reject(answer, post.actor.uri, asked)
        else:
            said = writing.accept(answer, post.actor.uri, asked, result=stamp.uri)
        act(post.actor, said, inboxes=[(remote.server, remote.inbox)], addressed=True)


def _may(post: Post, remote: RemoteActor) -> bool:
    blocked = remote.is_blocked or is_blocked(remote.server.host)
    return post.audience in (Post.Audience.PUBLIC, Post.Audience.UNLISTED) and not blocked


def _stamped(post: Post, quoting: str, remote: RemoteActor) -> Stamp | None:
    """The one stamp of this quotation; None when it was taken back."""
    stamp, _ = Stamp.objects.get_or_create(
        post=post,
        key=key_of(quoting),
        defaults={"number": secrets.token_hex(12), "quoting": quoting, "by_uri": remote.uri},
    )
    return None if stamp.taken_back_at else stamp
