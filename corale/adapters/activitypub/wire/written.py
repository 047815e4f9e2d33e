"""What one of us says, before it is put into their words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from corale.channels.contract import Audience


@dataclass(frozen=True, slots=True)
class Somebody:
    """Somebody who is named: the actor's id, name@host, and the page where people look at them."""

    uri: str
    handle: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A file that goes along, where others fetch it, and the words for those who do not see it."""

    url: str
    mime: str
    alt: str = ""
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a poll, and how many chose it."""

    name: str
    votes: int = 0


@dataclass(frozen=True, slots=True)
class Question:
    """A poll. `voters`: how many people took part. `closed_at`: once it is over."""

    choices: tuple[Choice, ...]
    closes_at: datetime
    several: bool = False
    voters: int = 0
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """One post of ours. All addresses are whole, all texts are plain.

    `mentions` are those whose handle stands in the text, `addressed` those who are spoken to without it: the author
    replied to, the recipients of a direct post. `tags_at` is what a hashtag's name completes to an address.
    """

    uri: str
    actor: str
    url: str
    text: str
    published: datetime
    audience: Audience = "public"
    language: str = ""
    followers: str = ""  # the collection of the actor's followers
    parent: str = ""
    context: str = ""  # of the thread; begun here: the post's own
    mentions: tuple[Somebody, ...] = ()
    addressed: tuple[Somebody, ...] = ()
    tags_at: str = ""
    warning: str = ""
    pictures: tuple[Picture, ...] = ()
    question: Question | None = None
    quotes: str = ""
    quote_authorization: str = ""
    updated: datetime | None = None
