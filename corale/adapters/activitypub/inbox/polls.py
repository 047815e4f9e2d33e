"""Votes in our polls. Each is counted once; the sums are told a moment later, many votes at a time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django_tasks import task

from corale.adapters.activitypub.inbox.arrival import Arrival
from corale.adapters.activitypub.inbox.ours import post_at
from corale.adapters.activitypub.models import Post, Reaction, RemoteActor
from corale.adapters.activitypub.sending import act, followers_inboxes
from corale.adapters.activitypub.sending.acting import Inbox
from corale.adapters.activitypub.wire import writing
from corale.adapters.activitypub.wire.fields import text, uri
from corale.adapters.activitypub.wire.things import Thing
from corale.channels.keys import key_of
from corale.jobs import enqueue_once

TOLD_AFTER = timedelta(seconds=20)
VOTERS_TOLD = 5_000


def vote(arrival: Arrival, thing: Thing, address: str) -> None:
    """One for each person where one may be chosen, one for each person and choice where several may. What comes after
    the end, or names what was not to choose from, is nothing."""
    post = post_at(uri(thing.get("inReplyTo")))
    choice = text(thing, "name")
    if post is None or post.kind != "Question" or choice not in choices(post) or is_over(post, arrival):
        return
    key = f"{post.uri} {arrival.signer}" + (f" {choice}" if "anyOf" in post.document else "")
    with transaction.atomic():
        _row, made = Reaction.objects.get_or_create(
            key=key_of(key),
            defaults={
                "uri": address, "post": post, "kind": Reaction.Kind.VOTE, "actor_uri": arrival.signer,
                "choice": choice[:300], "is_public": False, "at": arrival.at,
            },
        )  # fmt: skip
        if made:
            count_later(post)


def choices(post: Post) -> list[str]:
    """What one could choose from."""
    return [str(option.get("name", "")) for option in _options(post.document)]


def is_over(post: Post, arrival: Arrival) -> bool:
    """It had closed when this came."""
    return post.closes_at is not None and arrival.at > post.closes_at


def count_later(post: Post) -> None:
    """Soon, once for everything that comes until then; in the caller's transaction."""
    enqueue_once(count_votes, f"poll:{post.pk}", post.pk, run_after=timezone.now() + TOLD_AFTER)


@task()
def count_votes(post_id: int) -> None:
    count(post_id)


@task()
def close_polls() -> None:
    """The last count of those that are over."""
    over = Post.objects.filter(kind="Question", closes_at__lte=timezone.now(), deleted_at=None)
    for post in over.exclude(document__has_key="closed").order_by("pk")[:100]:
        count(post.pk)


@transaction.atomic
def count(post_id: int) -> None:
    """Writes the sums into the post and tells them: to followers, and to everybody who voted."""
    post = Post.objects.select_for_update(of=("self",)).select_related("actor").get(pk=post_id)
    if post.deleted_at is not None:
        return
    document = tallied(post)
    if document == post.document:
        return
    post.document, post.updated_at = document, timezone.now()
    post.save(update_fields=["document", "updated_at"])
    act(post.actor, writing.update(document, post.updated_at), inboxes=_told(post))


def tallied(post: Post) -> dict[str, Any]:
    """The document with the sums of now."""
    standing = Reaction.objects.filter(post=post, kind=Reaction.Kind.VOTE, undone_at=None)
    sums = dict(standing.order_by().values_list("choice").annotate(Count("id")))
    voters = standing.aggregate(n=Count("actor_uri", distinct=True))["n"]
    name = "anyOf" if "anyOf" in post.document else "oneOf"
    options = [
        {**option, "replies": {"type": "Collection", "totalItems": sums.get(str(option.get("name", ""))[:300], 0)}}
        for option in _options(post.document)
    ]
    document = {**post.document, name: options, "votersCount": voters}
    if post.closes_at is not None and post.closes_at <= timezone.now():
        document["closed"] = writing.moment(post.closes_at)
    return document


def _options(document: Thing) -> list[Thing]:
    return list(document.get("anyOf") or document.get("oneOf") or [])


def _told(post: Post) -> list[Inbox]:
    voters = Reaction.objects.filter(post=post, kind=Reaction.Kind.VOTE).values_list("actor_uri", flat=True).distinct()
    keys = [key_of(each) for each in voters[:VOTERS_TOLD]]
    theirs = RemoteActor.objects.filter(key__in=keys, gone_at=None).select_related("server")
    everybody = [] if post.audience == Post.Audience.DIRECT else followers_inboxes(post.actor)
    return [*everybody, *((each.server, each.best_inbox) for each in theirs)]
