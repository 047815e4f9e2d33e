"""Our own addresses on the fediverse. An id never changes once somebody has seen it, so nothing else spells one."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.utils.crypto import salted_hmac

if TYPE_CHECKING:
    from corale.channels.models import StoredFile

INSTANCE = "instance"
"""The name in the address of the instance actor, which signs what we fetch."""


def base() -> str:
    """Where we are: scheme and host, without a slash at the end."""
    return str(settings.CORALE_URL)


def host() -> str:
    """The host (and port, where it is not the usual one) that serves actors."""
    return urlsplit(base()).netloc.lower()


def is_our_house(name: str) -> bool:
    """It serves us, or is above what does: a rule for it would be one for ourselves."""
    return host() == name or host().endswith(f".{name}")


def handle_host() -> str:
    """What stands after the second @ of our handles: CORALE_HANDLE_HOST where handles live on another domain."""
    return str(settings.CORALE_HANDLE_HOST) or host()


def actor(name: str) -> str:
    """The id of an actor."""
    return f"{base()}/actors/{name}"


def key(name: str) -> str:
    """The id of its key: in the same document."""
    return f"{actor(name)}#main-key"


def page(name: str) -> str:
    """Where people look at an actor."""
    return f"{base()}/@{name}"


def feed(name: str) -> str:
    """What an actor says in public, for those who read feeds."""
    return f"{page(name)}/feed.atom"


def oembed(url: str) -> str:
    """How a page of ours is put on a page of somebody else's."""
    return f"{base()}/oembed?{urlencode({'url': url})}"


def part(name: str, what: str) -> str:
    """inbox, outbox, followers, following, featured."""
    return f"{actor(name)}/{what}"


def shared_inbox() -> str:
    return f"{base()}/inbox"


def post(name: str, number: str) -> str:
    """The id of something said."""
    return f"{actor(name)}/posts/{number}"


def post_part(name: str, number: str, what: str) -> str:
    """replies, likes, shares, context."""
    return f"{post(name, number)}/{what}"


def post_page(name: str, number: str) -> str:
    return f"{page(name)}/{number}"


def tags() -> str:
    """What the name of a hashtag completes to the address where it leads."""
    return f"{base()}/tags/"


def activity(name: str) -> str:
    """A new id for an activity that is not a post's own."""
    return f"{actor(name)}/activities/{secrets.token_hex(12)}"


def picture(file: StoredFile) -> str:
    """Where others fetch a picture of ours. The seal lets nobody ask for a file that we have not shown anywhere."""
    return f"{base()}/pictures/{file.sha256}/{seal_of(file.sha256)}{ENDINGS.get(file.mime, '')}"


ENDINGS = {"image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp", "image/gif": ".gif"}


def seal_of(sha256: str) -> str:
    """Sixteen signs that only this house can make."""
    return salted_hmac("a picture on the fediverse", sha256, algorithm="sha256").hexdigest()[:16]


def new_number(at: datetime) -> str:
    """A number for a post: sorts by time, and cannot be guessed."""
    return f"{int(at.timestamp() * 1000):012x}{secrets.token_hex(4)}"


def is_ours(uri: str) -> bool:
    """It lives here."""
    return uri.startswith(base() + "/")


def name_in(uri: str) -> str:
    """The actor's name in one of our addresses; "" when it is none."""
    prefix = f"{base()}/actors/"
    if not uri.startswith(prefix):
        return ""
    return uri[len(prefix) :].partition("/")[0].partition("#")[0].partition("?")[0]
