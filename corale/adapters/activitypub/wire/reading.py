"""What was kept, into events.

| it is | it becomes |
|---|---|
| Create, Update of something said | `Said`; a quotation of ours also `Reacted("quote")`; a vote in a poll nothing |
| Update of a profile; Move | `Known` |
| Delete | `Vanished`; of a whole account `Known(reachable=False)` |
| Like, EmojiReact; Announce; Follow, of something or somebody of ours | `Reacted` |
| Announce of an activity (FEP-1b12), when both are of one server | what the activity inside becomes |
| Undo of those | `Unreacted` |
| a profile or something said that we fetched | `Known`, `Said` |
| every other activity, and what one server says about things of another | nothing |

What is not JSON, not an object, too deep, or lacks what makes it one of these, is Malformed. Nothing else is raised.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from typing import Literal

from corale.adapters.activitypub.wire import polls
from corale.adapters.activitypub.wire.body import TITLED
from corale.adapters.activitypub.wire.fields import moment, same_host, uri
from corale.adapters.activitypub.wire.ours import Here
from corale.adapters.activitypub.wire.people import is_actor, somebody, who
from corale.adapters.activitypub.wire.said import author_of, said
from corale.adapters.activitypub.wire.things import Thing, each, is_a, opened, things, types
from corale.channels.contract import Event, Known, Raw, Reacted, Said, Unreacted, Vanished
from corale.channels.errors import Malformed

LIKES = ("Like", "EmojiReact")
REACTIONS = (*LIKES, "Announce", "Follow")
SAYING = ("Create", "Update")
OTHERS = (
    *("Accept", "Reject", "TentativeAccept", "TentativeReject", "Add", "Remove", "Block", "Flag", "Dislike", "Ignore"),
    *("Join", "Leave", "Invite", "Offer", "Listen", "Read", "View", "Arrive", "Travel", "QuoteRequest", "LikeRequest"),
    *("ReplyRequest", "AnnounceRequest", "Lock", "IntransitiveActivity", "Activity", "WatchAction"),
)
ACTIVITIES = (*SAYING, *REACTIONS, "Delete", "Undo", "Move", *OTHERS)
SAID = ("Note", "Question", "ChatMessage", *TITLED)
WORDS = ("content", "contentMap", "name", "nameMap", "summary")  # what makes a kind that we do not know worth reading
NOT_SAID = (
    *("Tombstone", "Collection", "OrderedCollection", "CollectionPage", "OrderedCollectionPage", "Relationship"),
    *("Key", "Profile", "PropertyValue", "QuoteAuthorization", "LikeAuthorization", "ReplyAuthorization", "Emoji"),
    *("Playlist", "CacheFile"),
)  # fmt: skip


def read(raw: Raw) -> Iterator[Event]:
    """The events in one kept arrival."""
    if raw.headers.get("wanted"):  # nothing of it is believed; what stands at the wanted address comes by itself
        return
    here, thing = Here.of(raw.headers), opened(raw.body)
    if here.fetched == "actor" or (not here.fetched and is_actor(thing)):
        yield Known(who(thing, handle=here.handle))
    elif _is_activity(thing):
        yield from _activity(thing, here)
    else:
        yield from _object(thing, here)


def _is_activity(thing: Thing) -> bool:
    return is_a(thing, *ACTIVITIES) or bool(
        thing.get("actor") and not any(thing.get(name) for name in ("attributedTo", "content", "contentMap"))
    )


def _object(thing: Thing, here: Here) -> Iterator[Event]:
    """Something that stands by itself: its own address vouches for it."""
    if is_a(thing, "Tombstone") and (gone := uri(thing.get("id"))):
        yield Vanished(gone, "deleted")
    elif is_a(thing, *NOT_SAID):
        return
    elif not types(thing):
        raise Malformed("something of no kind")
    elif author := author_of(thing):
        yield from _saying(thing, here, {}, author)
    elif not uri(thing.get("attributedTo")):
        raise Malformed("something said by nobody")


def _activity(activity: Thing, here: Here, *, is_inner: bool = False) -> Iterator[Event]:
    actor = uri(activity.get("actor"))
    if not actor:
        raise Malformed("an activity of nobody")
    if not is_a(activity, *SAYING, *REACTIONS, "Delete", "Undo", "Move"):
        return
    if not each(activity.get("object")):
        raise Malformed("an activity upon nothing")
    if (native_id := uri(activity.get("id"))) and not same_host(native_id, actor):
        return
    if is_a(activity, "Announce") and not is_inner:
        yield from _announced(activity, here, actor)
    elif is_a(activity, *SAYING):
        yield from _said(activity, here, actor)
    elif is_a(activity, *REACTIONS):
        yield from _reacted(activity, here, actor)
    elif is_a(activity, "Delete"):
        yield from _deleted(activity, here, actor)
    elif is_a(activity, "Undo"):
        yield from _undone(activity, actor)
    elif uri(activity.get("object")) == actor and (target := uri(activity.get("target"))):
        yield Known(somebody(actor), moved_to=target)


def _said(activity: Thing, here: Here, actor: str) -> Iterator[Event]:
    """What was made or changed. Several at once are each their own; what came by its id alone has to be fetched."""
    for thing in things(activity.get("object"), most=20):
        if is_actor(thing):
            if uri(thing.get("id")) == actor:
                yield Known(who(thing, handle=here.handle))
        elif _is_activity(thing) or is_a(thing, *NOT_SAID) or set(thing) <= {"id", "type"}:
            continue
        elif author := author_of(thing, actor):
            yield from _saying(thing, here, activity, author)


def _saying(thing: Thing, here: Here, activity: Thing, author: str) -> Iterator[Event]:
    if polls.is_vote(thing) or not (is_a(thing, *SAID) or any(thing.get(name) for name in WORDS)):
        return
    message: Said = said(thing, here, activity=activity, author=author)
    yield message
    if here.is_ours(message.quotes) and not message.ours:
        yield Reacted(message.native_id, "quote", message.author, message.quotes, message.written_at)


def _reacted(activity: Thing, here: Here, actor: str) -> Iterator[Event]:
    target = uri(activity.get("object"))
    if not target:
        raise Malformed("a reaction to nothing")
    kind: Literal["like", "repost", "follow"] = "like" if is_a(activity, *LIKES) else "repost"
    if is_a(activity, "Follow"):
        kind, target = "follow", here.actor(target) if here.base else target
    if target and here.concerns(target):
        at = moment(activity.get("published"))
        yield Reacted(_id_of(activity, actor, target), kind, somebody(actor), target, at)


def _announced(activity: Thing, here: Here, actor: str) -> Iterator[Event]:
    """A boost, or an activity that a group passes on: believed where group and activity are of one server."""
    for inner in each(activity.get("object"))[:20]:
        if not isinstance(inner, dict) or not _is_activity(inner):
            yield from _reacted({**activity, "object": inner}, here, actor)
        elif same_host(uri(inner.get("actor")), actor):
            yield from _activity(inner, here, is_inner=True)


def _deleted(activity: Thing, here: Here, actor: str) -> Iterator[Event]:
    gone = uri(activity.get("object"))
    if gone == actor:
        yield Known(somebody(actor), reachable=False)
    elif same_host(gone, actor):
        yield Vanished(gone, "deleted")


def _undone(activity: Thing, actor: str) -> Iterator[Event]:
    """Taken back: named by its id, or repeated, in which case it may have lost its id."""
    for inner in each(activity.get("object"))[:20]:
        thing: Thing = inner if isinstance(inner, dict) else {"id": inner}
        if (types(thing) and not is_a(thing, *REACTIONS)) or uri(thing.get("actor")) not in ("", actor):
            continue
        native_id = uri(thing.get("id"))
        if native_id and same_host(native_id, actor):
            yield Unreacted(native_id)
        elif not native_id and (target := uri(thing.get("object"))):
            yield Unreacted(_id_of(thing, actor, target))


def _id_of(activity: Thing, actor: str, target: str) -> str:
    """The id of a reaction. Where it has none, one that is the same whenever the same person does the same."""
    if native_id := uri(activity.get("id")):
        return native_id
    kind = "Like" if is_a(activity, *LIKES) else "".join(types(activity)[:1])
    digest = blake2b(f"{kind}\0{target}".encode("utf-8", "replace"), digest_size=12).hexdigest()
    return f"{actor[:400]}#{digest}"
