"""One of us, as anybody may see them: what the page shows, read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.utils.dateparse import parse_datetime
from django.utils.html import linebreaks, urlize
from django.utils.safestring import mark_safe

from corale.adapters.activitypub import addresses
from corale.adapters.activitypub.document import successor_of
from corale.adapters.activitypub.models import Actor, Post
from corale.adapters.activitypub.public.about import About, House, as_activity, as_feed, short
from corale.adapters.activitypub.public.shown import byline_of, shown
from corale.store.keyset import cut

A_PAGE = 20
NEWEST = ("-published_at", "-pk")


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """An address of theirs; `verified`: when we last saw that it links back."""

    label: str
    address: str
    shown: str
    verified: datetime | None


def context_of(actor: Actor, house: House, after: str = "") -> dict[str, Any]:
    """For `profile.html`. `after`: where the list of posts goes on."""
    said = Post.objects.filter(actor=actor, audience=Post.Audience.PUBLIC, deleted_at=None)
    part = cut(said.select_related("actor__person", "actor__picture"), NEWEST, after, size=A_PAGE)
    return {
        "about": about(actor, house),
        "house": house,
        "uri": actor.uri,
        "can_follow": actor.is_here,
        "posts": shown(part.rows),
        "later": f"?{urlencode({'after': part.later})}" if part.later else "",
        "is_first": not after,
        **card_of(actor),
    }


def card_of(actor: Actor) -> dict[str, Any]:
    """For `_card.html`: who they are. Also for somebody who is not there yet."""
    return {
        "who": byline_of(actor),
        "is_brand": actor.kind == Actor.Kind.BRAND,
        "summary": mark_safe(linebreaks(urlize(actor.summary, nofollow=True, autoescape=True))),  # noqa: S308  escaped
        "topics": topics_of(actor),
        "links": [_elsewhere(label, address, actor.verified) for label, address in actor.links],
        "followers": actor.followers_count,
        "since": actor.created_at,
        "feed": addresses.feed(actor.name),
        **state_of(actor),
    }


def state_of(actor: Actor) -> dict[str, Any]:
    """What `_state.html` says of them, and whom to ask instead."""
    away = actor.state in (Actor.State.LEFT, Actor.State.PAUSED)
    instead = successor_of(actor) if away else None
    return {
        "state": actor.state,
        "instead": byline_of(instead) if instead is not None else None,
        "moved_to": actor.moved_to,
    }


def topics_of(actor: Actor) -> str:
    """What to ask them about, if they say so."""
    return actor.person.ask_me_about if actor.person is not None and actor.shows_topics and actor.is_here else ""


def about(actor: Actor, house: House) -> About:
    """The head of the page."""
    who = byline_of(actor)
    said = actor.summary or ", ".join(filter(None, [who.role, house.name]))
    return About(
        title=f"{who.name} ({who.handle})",
        description=short(said or who.handle),
        url=who.url,
        site=house.name,
        type="profile",
        picture=who.picture,
        picture_alt=who.name,
        is_indexable=actor.is_indexable and actor.is_here,
        creator=who.handle,
        links=(as_activity(actor.uri), as_feed(actor)),
    )


def _elsewhere(label: str, address: str, verified: Mapping[str, str]) -> Elsewhere:
    plain = address.partition("://")[2].removesuffix("/") or address
    return Elsewhere(label, address, plain, parse_datetime(verified.get(address, "")))
