"""A post as it stands on a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator

from corale.adapters.activitypub import addresses
from corale.adapters.activitypub.document import name_of
from corale.adapters.activitypub.models import Actor, Post, Reaction
from corale.adapters.activitypub.wire.html import clean

SHOWN_KINDS = {"image": "image", "video": "video", "audio": "audio"}


@dataclass(frozen=True, slots=True)
class Seen:
    """A picture (or film, or sound) with the words for those who do not see it."""

    url: str
    alt: str
    kind: str = "image"
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer of a poll, and how many chose it."""

    name: str
    votes: int


@dataclass(frozen=True, slots=True)
class Byline:
    """Who said it: one of ours, or somebody elsewhere."""

    name: str
    handle: str
    url: str
    picture: str = ""
    role: str = ""
    is_ours: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """One thing said, by one of us or by somebody elsewhere, ready for a template."""

    uri: str
    url: str
    by: Byline
    html: SafeString
    at: datetime | None
    language: str = ""
    warning: str = ""
    edited_at: datetime | None = None
    media: tuple[Seen, ...] = ()
    choices: tuple[Choice, ...] = ()
    closes_at: datetime | None = None
    answers_to: str = ""
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The words alone, on one line, for previews; where there is a warning, the warning."""
        return self.warning or " ".join(strip_tags(str(self.html).replace("<br>", " ").replace("</p>", " ")).split())

    @property
    def summary(self) -> str:
        """The first two hundred signs."""
        return Truncator(self.text).chars(200)


def shown(posts: Sequence[Post]) -> list[Shown]:
    """Public posts of ours with what others did with them: two more queries, however many."""
    counts = counted(posts)
    return [_shown(post, counts.get(post.pk, {})) for post in posts]


def counted(posts: Iterable[Post]) -> dict[int, dict[str, int]]:
    """Public answers, likes and shares of each, those taken back left out."""
    ids = {post.uri: post.pk for post in posts}
    found: dict[int, Counter[str]] = {pk: Counter() for pk in ids.values()}
    standing = Reaction.objects.filter(post__in=found, undone_at=None, is_public=True)
    for pk, kind, n in standing.values_list("post", "kind").annotate(n=Count("pk")).order_by():
        found[pk][kind] += n
    ours = Post.objects.public().filter(in_reply_to__in=ids)
    for uri, n in ours.values_list("in_reply_to").annotate(n=Count("pk")).order_by():
        found[ids[uri]][Reaction.Kind.REPLY] += n
    return {pk: dict(each) for pk, each in found.items()}


def byline_of(actor: Actor) -> Byline:
    """One of ours. Costs nothing when `person` and `picture` are there."""
    role = actor.person.title if actor.person is not None and actor.shows_role and actor.is_here else ""
    picture = addresses.picture(actor.picture) if actor.picture is not None else ""
    return Byline(name_of(actor), actor.handle, addresses.page(actor.name), picture, role, is_ours=True)


def _shown(post: Post, counts: dict[str, int]) -> Shown:
    document = post.document
    return Shown(
        uri=post.uri,
        url=addresses.post_page(post.actor.name, post.number),
        by=byline_of(post.actor),
        html=mark_safe(clean(str(document.get("content") or ""))),  # noqa: S308  cleaned here, whatever was kept
        at=post.published_at,
        language=next(iter(document.get("contentMap") or {}), ""),
        warning=str(document.get("summary") or ""),
        edited_at=post.updated_at,
        media=tuple(_media(document)),
        choices=tuple(_choices(document)),
        closes_at=post.closes_at,
        answers_to=post.in_reply_to,
        counts=counts,
    )


def _media(document: dict[str, Any]) -> Iterable[Seen]:
    """Only from our own store: a page of ours makes nobody ask another server for anything."""
    for each in document.get("attachment") or []:
        kind = SHOWN_KINDS.get(str(each.get("mediaType", "")).partition("/")[0])
        if kind and addresses.is_ours(str(each.get("url", ""))):
            size = int(each.get("width") or 0), int(each.get("height") or 0)
            yield Seen(each["url"], str(each.get("name") or ""), kind, *size)


def _choices(document: dict[str, Any]) -> Iterable[Choice]:
    for each in document.get("oneOf") or document.get("anyOf") or []:
        yield Choice(str(each.get("name", "")), int((each.get("replies") or {}).get("totalItems") or 0))
