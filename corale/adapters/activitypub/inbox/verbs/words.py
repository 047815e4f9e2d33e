"""Somebody says something, or says it differently."""

from __future__ import annotations

from corale.adapters.activitypub import threads
from corale.adapters.activitypub.hosts import host_of, rejects_media
from corale.adapters.activitypub.inbox import holding, polls
from corale.adapters.activitypub.inbox.arrival import Arrival
from corale.adapters.activitypub.inbox.ours import post_at
from corale.adapters.activitypub.inbox.verbs import profiles
from corale.adapters.activitypub.inbox.verbs.reactions import Kind, add
from corale.adapters.activitypub.wire.audience import audience
from corale.adapters.activitypub.wire.fields import moment, uri
from corale.adapters.activitypub.wire.people import is_actor
from corale.adapters.activitypub.wire.polls import is_vote
from corale.adapters.activitypub.wire.quotes import quoted
from corale.adapters.activitypub.wire.things import Thing


def create(arrival: Arrival) -> None:
    """One thing, or several (GoToSocial sends the votes of one person together). Named by its address alone, it is
    asked for there."""
    for thing in arrival.objects:
        say(arrival, thing)
    for address in arrival.bare_targets:
        if arrival.may_speak_of(address) and not arrival.is_gone(address):
            threads.bring(arrival, address)


def update(arrival: Arrival) -> None:
    """Of a profile: read again. Of words: the record keeps both versions."""
    for thing in arrival.objects:
        if is_actor(thing):
            profiles.update(arrival, thing)
        else:
            say(arrival, thing)


def say(arrival: Arrival, thing: Thing) -> None:
    """What it is an answer to is asked for, and what it does with ours is counted."""
    address = uri(thing.get("id"))
    if not arrival.may_speak_of(address) or arrival.is_gone(address):
        arrival.ignore()
    elif is_vote(thing):
        polls.vote(arrival, thing, address)
        arrival.ignore()
    else:
        _look_closely(arrival, thing)
        _count(arrival, thing, address)
        threads.follow_up(arrival, thing)


def _look_closely(arrival: Arrival, thing: Thing) -> None:
    """Whether it waits in quarantine, and whether its pictures are shown."""
    if reason := holding.why(arrival, thing):
        arrival.note(held=reason)
    if rejects_media(host_of(arrival.signer)):
        arrival.note(no_media="1")


def _count(arrival: Arrival, thing: Thing, address: str) -> None:
    parent, target = uri(thing.get("inReplyTo")), quoted(thing)
    for kind, ours in ((Kind.REPLY, parent), (Kind.QUOTE, target)):
        if arrival.here.is_ours(ours) and (post := post_at(ours)) is not None:
            width = audience(thing, arrival.activity, arrival.signer)
            key = address if kind == Kind.REPLY or target != parent else f"{address}#quote"
            add(arrival, post, kind, key, is_public=width in ("public", "unlisted"), at=moment(thing.get("published")))
