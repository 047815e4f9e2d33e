"""The streams of a connection: notifications at once; now and then our name typed by hand, and our own posts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from corale.adapters.bluesky.client import Account
from corale.adapters.bluesky.looking import ITS_OWN, Us, named, post, posts, root_of
from corale.adapters.bluesky.notifications import notifications
from corale.adapters.bluesky.position import Position, knowing, paced, short
from corale.adapters.bluesky.wire import addresses
from corale.adapters.bluesky.wire.fields import mapping, mappings, moment, text
from corale.adapters.bluesky.wire.posts import names
from corale.adapters.bluesky.wire.slices import items, opened
from corale.channels.contract import Raw, Received
from corale.channels.errors import ChannelError, Disconnected

PAGE = 50
TYPED_EVERY, OWN_EVERY, SELDOM = 45.0, 20.0, 900.0


def typed(account: Account, us: Us, cursor: str, now: datetime | None = None) -> Received:
    """Posts with our handle typed by hand: only search finds them, and not every service can search."""

    def ask(position: Position) -> tuple[list[Raw], Position]:
        answer = account.get("app.bsky.feed.searchPosts", q=f"@{us.handle}", sort="latest", limit=PAGE)
        found = [(opened(body), post(body, us, ITS_OWN)) for body in items(answer.body, "posts")]
        theirs = [
            (view, raw)
            for view, raw in found
            if addresses.owner(text(view.get("uri"))) != us.did
            and names(text(mapping(view.get("record")).get("text")), us.handle)
        ]
        new = [(view, raw) for view, raw in theirs if short(raw.key) not in position.known]
        around = [(uri, root_of(view)) for view, _ in new for uri in named(mapping(view.get("record")))]
        context = posts(account, us, around)
        return [*context, *(raw for _, raw in reversed(new))], knowing(position, [short(raw.key) for _, raw in found])

    return _now_and_then(account, "typed", cursor, ask, TYPED_EVERY, now)


def own(account: Account, us: Us, cursor: str, now: datetime | None = None) -> Received:
    """What our account says elsewhere than here, with the posts it answers."""

    def ask(position: Position) -> tuple[list[Raw], Position]:
        answer = account.get("app.bsky.feed.getAuthorFeed", actor=us.did, limit=30)
        found = [mapping(each.get("post")) for each in mappings(answer.opened.get("feed"))]
        mine = [each for each in found if addresses.owner(text(each.get("uri"))) == us.did]
        new = [each for each in mine if short(_version(each)) not in position.known]
        wanted = [(uri, "") for each in new for uri in (text(each.get("uri")), *named(mapping(each.get("record"))))]
        brought = posts(account, us, wanted)
        missing = {_version(each) for each in new} - {_version(opened(raw.body)) for raw in brought}
        return brought, knowing(position, [short(each) for each in map(_version, mine) if each not in missing])

    return _now_and_then(account, "own", cursor, ask, OWN_EVERY, now, failing=3 * OWN_EVERY)


Ask = Callable[[Position], "tuple[list[Raw], Position]"]


def _now_and_then(
    account: Account, stream: str, cursor: str, ask: Ask, pace: float, now: datetime | None, failing: float = SELDOM
) -> Received:  # fmt: skip
    """What may fail without harm, and is asked at its own pace: a service that cannot do it is asked rarely.
    `failing` is the pace, in seconds, after an answer that did not come."""
    now, position, raws = now or datetime.now(UTC), Position.parse(cursor), list[Raw]()
    if (due := moment(position.due)) and now < due < now + timedelta(hours=1):
        return Received(stream, [], cursor, (due - now).total_seconds())
    try:
        raws, position = ask(position)
        pace = paced(account.last, pace)
    except Disconnected:
        raise
    except ChannelError as error:  # a new account is refused until the network's view has heard of it
        pace = error.retry_after or failing
    due = now + timedelta(seconds=min(pace, SELDOM))
    return Received(stream, raws, str(replace(position, due=due.isoformat())), pace)


def _version(view: Mapping[str, Any]) -> str:
    return f"{text(view.get('uri'))}|{text(view.get('cid'))}"


STREAMS: dict[str, Callable[[Account, Us, str], Received]] = {
    "notifications": notifications,
    "typed": typed,
    "own": own,
}
