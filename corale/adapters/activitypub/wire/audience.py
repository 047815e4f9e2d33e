"""Who may read something: from its addressing alone, and never more than it says (ActivityPub, sections 5.6, 6.1, 7).

Nothing on the network says "this is a direct message". It is one because nobody but named people is addressed; so what
we do not recognise counts as a name, and what is addressed to nobody was addressed in secret.
"""

from __future__ import annotations

from corale.adapters.activitypub.wire.fields import same_host
from corale.adapters.activitypub.wire.things import Thing, is_public, names
from corale.channels.contract import Audience

_WIDTH: dict[Audience, int] = {"direct": 0, "followers": 1, "unlisted": 2, "public": 3}


def audience(thing: Thing, activity: Thing, author: str, *, followers: str = "") -> Audience:
    """Of something said. Where it and the activity that brought it differ, the narrower of the two."""
    said = [_of(one, author, followers) for one in (thing, activity) if is_addressed(one)]
    return min(said, key=_WIDTH.__getitem__, default="direct")


def is_addressed(thing: Thing) -> bool:
    """It says to whom. An empty list says nothing."""
    return any(True for name in ("to", "cc") for _ in names(thing.get(name)))


def recipients(*places: Thing) -> set[str]:
    """Everybody who is named in them, whatever the width."""
    return {
        name
        for thing in places
        for field in ("to", "cc", "bto", "bcc", "audience")
        for name in names(thing.get(field))
        if not is_public(name)
    }


def _of(thing: Thing, author: str, followers: str) -> Audience:
    if any(is_public(name) for name in names(thing.get("to"))):
        return "public"
    if any(is_public(name) for name in names(thing.get("cc"))):
        return "unlisted"
    if any(_is_followers(name, author, followers) for field in ("to", "cc") for name in names(thing.get(field))):
        return "followers"
    return "direct"


def _is_followers(name: str, author: str, followers: str) -> bool:
    """The author's followers: as their profile calls them, or an address on their server that says so. A collection of
    another name stays unrecognised, which only makes what was said narrower."""
    if followers:
        return name == followers
    path = name.partition("?")[0].lower().split("/")[3:]
    return "followers" in path and same_host(name, author)
