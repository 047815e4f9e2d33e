"""What a message names beside its words: people, hashtags, quoted objects."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from corale.adapters.activitypub.wire.fields import host, text, uri
from corale.adapters.activitypub.wire.things import Thing, is_a, things

TAGS = 200


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody or something in `tag`: `href` is the actor's id, or the page of a hashtag."""

    name: str
    href: str

    @property
    def user(self) -> str:
        """Of "@carla@mastodon.example" the "carla"."""
        return self.name.removeprefix("@").partition("@")[0].lower()

    @property
    def host(self) -> str:
        """Where they say they live."""
        return self.name.removeprefix("@").partition("@")[2].lower() or host(self.href)


@dataclass(frozen=True, slots=True)
class Tags:
    """Those of one message."""

    mentions: tuple[Named, ...] = ()
    hashtags: tuple[Named, ...] = ()

    def mentioned(self, href: str, shown: str) -> str:
        """The id of the person whom a link means: by its address, else by the name it shows."""
        for each in self.mentions:
            if each.href == href:
                return each.href
        wanted = Named(shown.strip().lstrip("@"), href)
        path = {wanted.user, _last(href).lstrip("@").partition("@")[0].lower()} - {""}
        likely = [each for each in self.mentions if each.user in path]
        near = [each for each in likely if host(href) in (host(each.href), each.host) or each.host == wanted.host]
        found = near or (likely if len(likely) == 1 else [])
        return found[0].href if found else ""

    def is_hashtag(self, href: str) -> bool:
        """A link leads to one of the hashtags."""
        return any(each.href == href for each in self.hashtags)


def tags(thing: Thing) -> Tags:
    """The tags of a message; one alone may stand without its list."""
    mentions, hashtags = [], []
    for tag in things(thing.get("tag"), most=TAGS):
        name = _name(tag)
        href = uri(tag.get("href")) or uri(tag.get("id"))
        if is_a(tag, "Mention") and href:
            mentions.append(Named(name, href))
        elif is_a(tag, "Hashtag") and name.lstrip("#＃"):
            hashtags.append(Named(name.lstrip("#＃"), href))
    return Tags(tuple(mentions), tuple(hashtags))


def _name(tag: Thing) -> str:
    """Some write the name of a mention as HTML."""
    name = text(tag, "name")
    if "<" in name:
        parts = [part.partition(">")[2] for part in f">{name}".split("<")]
        name = "".join(parts)
    return name.strip()


def _last(href: str) -> str:
    try:
        return unquote(urlsplit(href).path.rstrip("/").rpartition("/")[2])
    except ValueError:
        return ""
