"""Something one of us said, as anybody may see it, with what was said around it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from corale.adapters.activitypub import addresses
from corale.adapters.activitypub.models import Actor, Post
from corale.adapters.activitypub.public.about import About, House, Link, as_activity, as_feed
from corale.adapters.activitypub.public.profile import state_of
from corale.adapters.activitypub.public.shown import Shown, shown
from corale.adapters.activitypub.public.thread import after, before


def context_of(post: Post, house: House) -> dict[str, Any]:
    """For `post.html`."""
    [said] = shown([post])
    return {
        "about": about(post, said, house),
        "house": house,
        "post": said,
        "before": before(post),
        "after": after(post),
        "can_answer": post.actor.state in (Actor.State.ACTIVE, Actor.State.LEFT),
        **state_of(post.actor),
    }


def about(post: Post, said: Shown, house: House) -> About:
    """The head of the page. Behind a warning, nothing of it is shown beforehand."""
    seen = next((each for each in said.media if each.kind == "image"), None) if not said.warning else None
    return About(
        title=_("%(name)s: “%(words)s”") % {"name": said.by.name, "words": said.summary[:70].strip() or "…"},
        description=said.summary or said.by.handle,
        url=said.url,
        site=house.name,
        type="article",
        picture=seen.url if seen else said.by.picture,
        picture_alt=seen.alt if seen else said.by.name,
        is_large=seen is not None,
        is_indexable=post.actor.is_indexable and post.audience == Post.Audience.PUBLIC,
        published=said.at,
        creator=said.by.handle,
        links=(as_activity(post.uri), as_feed(post.actor), as_oembed(said.url)),
    )


def as_oembed(url: str) -> Link:
    """For those who put it on a page of theirs."""
    return Link("alternate", "application/json+oembed", addresses.oembed(url))
