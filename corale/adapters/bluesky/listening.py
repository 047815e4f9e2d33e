"""What is new on a connection: notifications with the posts around them, our name typed by hand, our own posts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from corale.adapters.bluesky.answers import Answer
from corale.adapters.bluesky.client import Account
from corale.adapters.bluesky.wire import addresses
from corale.adapters.bluesky.wire.fields import mapping, mappings, moment, text
from corale.adapters.bluesky.wire.posts import names
from corale.adapters.bluesky.wire.slices import items, opened
from corale.channels.contract import Raw, Received
from corale.channels.errors import ChannelError

OVERLAP = timedelta(minutes=10)
DEEP = timedelta(hours=24)
"""Notifications are sorted by the clock of whoever wrote: a slow clock puts a new one among the old. Each reading goes
back ten minutes further than the last, and one in fifty a day."""
DEEP_EVERY = timedelta(minutes=3)
FIRST = timedelta(days=7)
PAGE, PAGES = 50, 6
KNOWN = 600
THREADS = 10
ABOVE = 40
POSTS = 25


@dataclass(frozen=True, slots=True)
class Us:
    """Whose notifications these are."""

    did: str
    handle: str

    def headers(self, item: str, nsid: str, **more: str) -> dict[str, str]:
        """What has to be known to read a kept item again."""
        return {"item": item, "nsid": nsid, "account": self.did, "handle": self.handle, **more}


@dataclass(frozen=True, slots=True)
class Position:
    """How far we have read. A reading goes back to `must` however long it takes, to `since` if that is not far.

    `known` are items that were brought already; `owed` are posts whose thread is still due.
    """

    newest: str = ""
    since: str = ""
    must: str = ""
    page: str = ""
    deep: str = ""
    known: tuple[str, ...] = ()
    owed: tuple[str, ...] = ()

    @classmethod
    def parse(cls, cursor: str) -> Position:
        """From a kept cursor; the beginning when it is none of ours."""
        try:
            found = json.loads(cursor)
            return cls(**{**found, "known": tuple(found["known"]), "owed": tuple(found["owed"])})
        except (ValueError, TypeError, KeyError):
            return cls()

    def __str__(self) -> str:
        return json.dumps(asdict(self), separators=(",", ":"))


@dataclass(slots=True)
class Reading:
    """What one reading has found."""

    raws: list[Raw] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    posts: list[str] = field(default_factory=list)
    replies: list[str] = field(default_factory=list)


def notifications(account: Account, us: Us, cursor: str, now: datetime | None = None) -> Received:
    """Replies, mentions, quotes, likes, reposts, follows. `isRead` is not asked: it says true of what nobody read."""
    now = now or datetime.now(UTC)
    position = _begun(Position.parse(cursor), now)
    reading, position = _read_back(account, us, position)
    around, owed = _around(account, us, reading, position.owed)
    known = tuple(dict.fromkeys([*reading.known, *position.known]))[:KNOWN]
    raws = [*around, *reversed(reading.raws)]
    position = replace(position, known=known, owed=tuple(owed))
    return Received("notifications", raws, str(position), _again(account.last, bool(raws), bool(position.page or owed)))


def _begun(position: Position, now: datetime) -> Position:
    """Where this reading goes back to. A reading that did not reach the bottom goes on where it stopped."""
    if position.page:
        return position
    newest = moment(position.newest)
    if newest is None:
        return replace(position, since=(start := (now - FIRST).isoformat()), must=start, deep=now.isoformat())
    must = newest - OVERLAP
    deep = moment(position.deep)
    if deep is None or now - deep > DEEP_EVERY:
        return replace(position, since=(must - DEEP).isoformat(), must=must.isoformat(), deep=now.isoformat())
    return replace(position, since=must.isoformat(), must=must.isoformat())


def _read_back(account: Account, us: Us, position: Position) -> tuple[Reading, Position]:
    reading, known = Reading(), set(position.known)
    since, must = moment(position.since), moment(position.must)
    page, newest, oldest = position.page, position.newest, None
    for _ in range(PAGES):
        answer = account.get("app.bsky.notification.listNotifications", limit=PAGE, cursor=page)
        for body in items(answer.body, "notifications"):
            found = opened(body)
            oldest = moment(found.get("indexedAt")) or oldest
            _take(reading, us, body, found, known)
            newest = max(newest, text(found.get("indexedAt")))
        page = text(answer.opened.get("cursor"))
        if not page or oldest is None or (since and oldest < since):
            page = ""
            break
    if oldest and must and oldest < must:
        page = ""
    return reading, replace(position, page=page, newest=newest)


def _take(reading: Reading, us: Us, body: bytes, found: dict[str, Any], known: set[str]) -> None:
    key = "|".join(["n", text(found.get("uri")), text(found.get("cid")), _face(found)])
    reading.known.append(short := _short(key))
    if short in known:
        return
    known.add(short)
    reading.raws.append(Raw(key, body, us.headers("notification", "app.bsky.notification.listNotifications")))
    if addresses.is_post(text(found.get("uri"))):
        record = mapping(found.get("record"))
        reading.posts += [text(found.get("uri")), *_named(record)]
        if record.get("reply"):
            reading.replies.append(text(found.get("uri")))
    elif subject := text(mapping(mapping(found.get("record")).get("subject")).get("uri")):
        reading.posts.append(subject)


def _named(record: Any) -> list[str]:
    """The posts that a post rests on: parent, root, quoted."""
    reply, embed = mapping(record.get("reply")), mapping(record.get("embed"))
    quoted = mapping(embed.get("record"))
    quoted = mapping(quoted.get("record")) or quoted
    found = [text(mapping(each).get("uri")) for each in (reply.get("root"), reply.get("parent"), quoted)]
    return [uri for uri in found if addresses.is_post(uri)]


def _around(account: Account, us: Us, reading: Reading, owed: Sequence[str]) -> tuple[list[Raw], list[str]]:
    """The posts that were found, and those above them. What fails now is owed: the words themselves come first."""
    due = list(dict.fromkeys([*owed, *reading.replies]))
    wanted = list(reading.posts)
    try:
        for uri in due[:THREADS]:
            wanted += above(account, uri)
        return posts(account, us, wanted), due[THREADS:]
    except ChannelError:
        return [], list(dict.fromkeys([*due, *wanted]))[:KNOWN]


def above(account: Account, uri: str) -> list[str]:
    """The post and those it answers, up to the first."""
    answer = account.get(
        "app.bsky.feed.getPostThread", accept=("NotFound",), uri=uri, depth=0, parentHeight=ABOVE
    )  # fmt: skip
    found, place = [uri], mapping(answer.opened.get("thread"))
    while place := mapping(place.get("parent")):
        found.append(text(mapping(place.get("post")).get("uri")) or text(place.get("uri")))
    return found


def below(account: Account, uri: str) -> list[str]:
    """The posts in the thread under a post."""
    answer = account.get(
        "app.bsky.feed.getPostThread", accept=("NotFound",), uri=uri, depth=10, parentHeight=0
    )  # fmt: skip
    found, places = [], [mapping(answer.opened.get("thread"))]
    while places:
        place = places.pop()
        found.append(text(mapping(place.get("post")).get("uri")))
        places += mappings(place.get("replies"))
    return found


def posts(account: Account, us: Us, uris: Iterable[str]) -> list[Raw]:
    """Posts as they are now, the oldest first. What is not there any more is not among them."""
    wanted = list(dict.fromkeys(uri for uri in uris if addresses.is_post(uri)))
    found: list[Raw] = []
    for start in range(0, len(wanted), POSTS):
        answer = account.get("app.bsky.feed.getPosts", uris=wanted[start : start + POSTS])
        found += [post(body, us) for body in items(answer.body, "posts")]
    return sorted(found, key=_written)


def post(body: bytes, us: Us) -> Raw:
    """One post to keep. Its key changes with its words and with its author's face, not with its counts."""
    found = opened(body)
    key = "|".join(["p", text(found.get("uri")), text(found.get("cid")), _face(found)])
    return Raw(key, body, us.headers("post", "app.bsky.feed.getPosts"))


def typed(account: Account, us: Us, cursor: str) -> Received:
    """Posts with our handle typed by hand: only search finds them, and not every service can search."""
    if not us.handle:
        return Received("typed", [], cursor, 3600.0)
    answer = account.get(
        "app.bsky.feed.searchPosts",
        accept=("MethodNotImplemented", "XRPCNotSupported", "InvalidRequest", "InternalServerError", "UpstreamFailure"),
        q=f"@{us.handle}",
        sort="latest",
        limit=PAGE,
    )
    if not answer.is_ok:
        return Received("typed", [], cursor, 900.0)
    position, new, known = Position.parse(cursor), [], []
    for body in items(answer.body, "posts"):
        found, raw = opened(body), post(body, us)
        known.append(short := _short(raw.key))
        theirs = addresses.owner(text(found.get("uri"))) != us.did
        if theirs and short not in position.known and names(text(mapping(found.get("record")).get("text")), us.handle):
            new.append(raw)
    context = posts(account, us, [uri for raw in new for uri in _named(mapping(opened(raw.body).get("record")))])
    kept = tuple(dict.fromkeys([*known, *position.known]))[:KNOWN]
    raws = [*context, *reversed(new)]
    return Received("typed", raws, str(replace(position, known=kept)), _paced(account.last, 45.0))


def own(account: Account, us: Us, cursor: str) -> Received:
    """What our account says elsewhere than here."""
    answer = account.get("app.bsky.feed.getAuthorFeed", accept=("InvalidRequest",), actor=us.did, limit=30)
    found = [mapping(each.get("post")) for each in mappings(answer.opened.get("feed"))] if answer.is_ok else []
    position = Position.parse(cursor)
    mine = [each for each in found if addresses.owner(text(each.get("uri"))) == us.did]
    new = [each for each in mine if _short(text(each.get("uri")) + text(each.get("cid"))) not in position.known]
    raws = posts(
        account, us, [uri for each in new for uri in [text(each.get("uri")), *_named(mapping(each["record"]))]]
    )
    known = [_short(text(each.get("uri")) + text(each.get("cid"))) for each in mine]
    position = replace(position, known=tuple(known) or position.known)
    return Received("own", raws, str(position), _paced(account.last, 30.0))


STREAMS: dict[str, Callable[[Account, Us, str], Received]] = {
    "notifications": notifications,
    "typed": typed,
    "own": own,
}


def _again(last: Answer | None, brought: bool, more: bool) -> float:
    """Soon when something came; when little is left to ask, after the server counts anew."""
    return _paced(last, 0.2 if more else 2.0 if brought else 2.5)


def _paced(last: Answer | None, pace: float) -> float:
    if last is not None and last.is_scarce:
        return max(pace, min(last.until_reset or 60.0, 300.0))
    return pace


def _face(found: Any) -> str:
    """What of an author makes an item worth reading again: the handle, the name, the picture."""
    author = mapping(mapping(found).get("author"))
    return _short("\0".join(text(author.get(each)) for each in ("handle", "displayName", "avatar")))


def _short(key: str) -> str:
    return hashlib.blake2b(key.encode("utf-8", "replace"), digest_size=6).hexdigest()


def _written(raw: Raw) -> str:
    found = opened(raw.body)
    return text(found.get("indexedAt"))
