"""Replies, mentions, quotes, likes, reposts and follows, with the posts around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from corale.adapters.bluesky.client import Account
from corale.adapters.bluesky.looking import Us, Wanted, above, face, named, posts, root_of
from corale.adapters.bluesky.position import KNOWN, Position, knowing, paced, short
from corale.adapters.bluesky.wire import addresses
from corale.adapters.bluesky.wire.fields import mapping, moment, text
from corale.adapters.bluesky.wire.slices import items, opened
from corale.channels.contract import Raw, Received
from corale.channels.errors import Malformed, Refused, Unreachable

OVERLAP = timedelta(minutes=10)
DEEP = timedelta(hours=24)
"""Notifications are sorted by the clock of whoever wrote: a slow clock puts a new one among the old. Each reading goes
back ten minutes further than the last, and one in three minutes a day."""
DEEP_EVERY = timedelta(minutes=3)
FIRST = timedelta(days=7)
PAGE, PAGES = 50, 6
THREADS = 10
SOON, WHILE_MORE = 2.5, 0.2
NSID = "app.bsky.notification.listNotifications"


@dataclass(slots=True)
class Reading:
    """What one reading has found."""

    raws: list[Raw] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    posts: list[Wanted] = field(default_factory=list)
    replies: list[str] = field(default_factory=list)


def notifications(account: Account, us: Us, cursor: str, now: datetime | None = None) -> Received:
    """What is new. `isRead` is not asked: it says true of what nobody has read."""
    now = now or datetime.now(UTC)
    position = _begun(Position.parse(cursor), now)
    reading, position = _read_back(account, us, position)
    around, owed = _around(account, us, reading, position.owed)
    position = replace(knowing(position, reading.known), owed=tuple(owed))
    pause = WHILE_MORE if position.page else SOON
    return Received("notifications", [*around, *reversed(reading.raws)], str(position), paced(account.last, pause))


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
        answer = account.get(NSID, limit=PAGE, cursor=page)
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
    key = "|".join(["n", text(found.get("uri")), text(found.get("cid")), face(found)])
    reading.known.append(brief := short(key))
    if brief in known:
        return
    known.add(brief)
    reading.raws.append(Raw(key, body, us.headers("notification", NSID)))
    if addresses.is_post(text(found.get("uri"))):
        record, thread = mapping(found.get("record")), root_of(found)
        reading.posts += [(uri, thread) for uri in (text(found.get("uri")), *named(record))]
        if record.get("reply"):
            reading.replies.append(text(found.get("uri")))
    elif subject := text(mapping(mapping(found.get("record")).get("subject")).get("uri")):
        reading.posts.append((subject, ""))


def _around(account: Account, us: Us, reading: Reading, owed: Sequence[str]) -> tuple[list[Raw], list[str]]:
    """The posts that were found, and those above them. What fails now is owed: the words themselves come first."""
    due = list(dict.fromkeys([*owed, *reading.replies]))
    wanted = list(dict.fromkeys(reading.posts))
    try:
        for uri in due[:THREADS]:
            chain = above(account, uri)
            wanted += [(each, chain[-1]) for each in chain]
        return posts(account, us, wanted), due[THREADS:]
    except Unreachable:
        return [], list(dict.fromkeys([*due, *(uri for uri, _ in wanted)]))[:KNOWN]
    except (Refused, Malformed):  # of what the server will not say nothing is owed
        return [], due[THREADS:]
