"""Posts as they are now, those above them and those below."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from corale.adapters.bluesky.client import Account
from corale.adapters.bluesky.position import short
from corale.adapters.bluesky.wire import addresses
from corale.adapters.bluesky.wire.fields import mapping, mappings, text
from corale.adapters.bluesky.wire.slices import items, opened
from corale.channels.contract import Raw

ABOVE, BELOW = 40, 10
POSTS = 25


@dataclass(frozen=True, slots=True)
class Us:
    """Whose notifications these are."""

    did: str
    handle: str

    def headers(self, item: str, nsid: str, **more: str) -> dict[str, str]:
        """What has to be known to read a kept item again."""
        return {"item": item, "nsid": nsid, "account": self.did, "handle": self.handle, **more}


def above(account: Account, uri: str) -> list[str]:
    """The post and those it answers, up to the first."""
    answer = account.get(
        "app.bsky.feed.getPostThread", accept=("NotFound", "InvalidRequest"), uri=uri, depth=0, parentHeight=ABOVE
    )  # fmt: skip
    found, place = [uri], mapping(answer.opened.get("thread"))
    while place := mapping(place.get("parent")):
        found.append(text(mapping(place.get("post")).get("uri")) or text(place.get("uri")))
    return found


def below(account: Account, uri: str) -> list[str]:
    """The posts in the thread under a post."""
    answer = account.get(
        "app.bsky.feed.getPostThread", accept=("NotFound", "InvalidRequest"), uri=uri, depth=BELOW, parentHeight=0
    )  # fmt: skip
    found, places = [], [mapping(answer.opened.get("thread"))]
    while places:
        place = places.pop()
        found.append(text(mapping(place.get("post")).get("uri")))
        places += mappings(place.get("replies"))
    return found


ITS_OWN = None
Wanted = tuple[str, "str | None"]
"""A post, and the thread for which it is wanted. The same post for another thread is another arrival: what was left
aside when nobody had spoken to us there must be heard again when somebody does."""


def posts(account: Account, us: Us, wanted: Iterable[Wanted]) -> list[Raw]:
    """Posts as they are now, the oldest first. What is not there any more is not among them."""
    threads: dict[str, dict[str | None, None]] = {}
    for uri, thread in wanted:
        if addresses.is_post(uri):
            threads.setdefault(uri, {})[thread] = None
    uris, found = list(threads), list[Raw]()
    for start in range(0, len(uris), POSTS):
        answer = account.get("app.bsky.feed.getPosts", uris=uris[start : start + POSTS])
        for body in items(answer.body, "posts"):
            found += [post(body, us, thread) for thread in threads.get(text(opened(body).get("uri")), {"": None})]
    return sorted(found, key=_written)


def post(body: bytes, us: Us, thread: str | None = "") -> Raw:
    """One post to keep. Its key changes with its words and with its author's face, not with its counts."""
    found = opened(body)
    key = "|".join(["p", text(found.get("uri")), text(found.get("cid")), face(found)])
    thread = root_of(found) if thread is ITS_OWN else thread
    return Raw(f"{key}|{short(thread)}" if thread else key, body, us.headers("post", "app.bsky.feed.getPosts"))


def root_of(view: Mapping[str, Any]) -> str:
    """The first post of its thread."""
    reply = mapping(mapping(view.get("record")).get("reply"))
    return text(mapping(reply.get("root")).get("uri")) or text(view.get("uri"))


def named(record: Mapping[str, Any]) -> list[str]:
    """The posts that a post rests on: parent, root, quoted."""
    reply, embed = mapping(record.get("reply")), mapping(record.get("embed"))
    quoted = mapping(embed.get("record"))
    quoted = mapping(quoted.get("record")) or quoted
    found = [text(mapping(each).get("uri")) for each in (reply.get("root"), reply.get("parent"), quoted)]
    return [uri for uri in found if addresses.is_post(uri)]


def face(found: Mapping[str, Any]) -> str:
    """What of an author makes an item worth reading again: the handle, the name, the picture."""
    author = mapping(found.get("author"))
    return short("\0".join(text(author.get(each)) for each in ("handle", "displayName", "avatar")))


def _written(raw: Raw) -> str:
    found = opened(raw.body)
    return text(found.get("indexedAt"))
