"""What we say, in their words: every object and activity that leaves. Pure; @context is put around it at the door.

Ten habits of other servers decide its shape: always a Note (or Question), always embedded, `to` and `cc` always lists
and the same on object and activity, the public collection by its whole name, everybody who is spoken to mentioned.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from corale.adapters.activitypub.wire.notes import Document, addressing, moment, note
from corale.adapters.activitypub.wire.things import PUBLIC
from corale.channels.contract import Audience

__all__ = [
    "Document",
    "accept",
    "activity",
    "add",
    "addressing",
    "announce",
    "block",
    "create",
    "delete",
    "delete_actor",
    "flag",
    "follow",
    "like",
    "moment",
    "move",
    "note",
    "quote_authorization",
    "quote_request",
    "reject",
    "remove",
    "tombstone",
    "undo",
    "update",
    "update_actor",
]


def activity(kind: str, uri: str, actor: str, obj: Any, **more: Any) -> Document:
    """Any activity: who does what to what."""
    return {"id": uri, "type": kind, "actor": actor, "object": obj, **more}


def _like_its_object(kind: str, uri: str, document: Mapping[str, Any], at: datetime) -> Document:
    """Addressed to whom the object is addressed, and embedding it."""
    to, cc = list(document["to"]), list(document["cc"])
    return activity(
        kind, uri, str(document["attributedTo"]), dict(document), published=moment(at), to=to, cc=cc
    )  # fmt: skip


def create(document: Mapping[str, Any]) -> Document:
    """Something new is said. Its id follows from the object's."""
    at = datetime.fromisoformat(str(document["published"]))
    return _like_its_object("Create", f"{document['id']}/activity", document, at)


def update(document: Mapping[str, Any], at: datetime) -> Document:
    """It says something else now, or its poll counts otherwise. `at` makes this change another than the last."""
    return _like_its_object("Update", f"{document['id']}#updates/{int(at.timestamp() * 1000)}", document, at)


def tombstone(uri: str, at: datetime, *, was: str = "Note") -> Document:
    """What stands where something was deleted."""
    return {"id": uri, "type": "Tombstone", "formerType": was, "deleted": moment(at)}


def delete(document: Mapping[str, Any], at: datetime) -> Document:
    """Told to whom it was said."""
    gone = tombstone(str(document["id"]), at, was=str(document.get("type", "Note")))
    to, cc = list(document.get("to", [])), list(document.get("cc", []))
    return activity("Delete", f"{gone['id']}#delete", str(document["attributedTo"]), gone, to=to, cc=cc)


def update_actor(document: Mapping[str, Any], at: datetime) -> Document:
    """Our profile has changed. Public: profiles are for everybody."""
    uri = str(document["id"])
    plain = {name: value for name, value in document.items() if name != "@context"}
    return activity("Update", f"{uri}#updates/{int(at.timestamp() * 1000)}", uri, plain, to=[PUBLIC], cc=[])


def delete_actor(actor: str) -> Document:
    """This profile is no more."""
    return activity("Delete", f"{actor}#delete", actor, actor, to=[PUBLIC], cc=[])


def like(uri: str, actor: str, target: str, author: str) -> Document:
    """Liking is told to the author, and to nobody else."""
    return activity("Like", uri, actor, target, to=[author], cc=[])


def announce(
    uri: str, actor: str, target: str, author: str, *, at: datetime, followers: str, audience: Audience = "public"
) -> Document:  # fmt: skip
    """Passing something on to our followers; its author hears of it."""
    to, cc = addressing(audience, followers, [author] if author else [])
    return activity("Announce", uri, actor, target, published=moment(at), to=to, cc=cc)


def follow(uri: str, actor: str, target: str) -> Document:
    """Asking to hear what they say."""
    return activity("Follow", uri, actor, target, to=[target], cc=[])


def undo(undone: Mapping[str, Any], *, uri: str = "") -> Document:
    """Taking back a like, a share, a follow: embedded, for ids get lost; told to whom the first was told."""
    plain = {name: value for name, value in undone.items() if name != "@context"}
    to, cc = list(undone.get("to", [])), list(undone.get("cc", []))
    return activity("Undo", uri or f"{undone['id']}#undo", str(undone["actor"]), plain, to=to, cc=cc)


def accept(uri: str, actor: str, asked: Mapping[str, Any], *, result: str = "") -> Document:
    """Yes to a Follow, or to a QuoteRequest (then `result` is the authorization). Embeds what was asked."""
    more = {"result": result} if result else {}
    return activity("Accept", uri, actor, _asked(asked), to=[str(asked["actor"])], cc=[], **more)


def reject(uri: str, actor: str, asked: Mapping[str, Any]) -> Document:
    """No to a Follow or a QuoteRequest; after a yes it takes the yes back."""
    return activity("Reject", uri, actor, _asked(asked), to=[str(asked["actor"])], cc=[])


def _asked(asked: Mapping[str, Any]) -> Document:
    """What was asked, its object and instrument by their ids."""
    named = {name: asked[name] for name in ("id", "type", "actor", "object", "instrument") if asked.get(name)}
    return {name: value["id"] if isinstance(value, dict) and "id" in value else value for name, value in named.items()}


def quote_request(uri: str, actor: str, document: Mapping[str, Any], target: str, author: str) -> Document:
    """Asking for leave to quote `target` in the note `document` (FEP-044f)."""
    return activity("QuoteRequest", uri, actor, target, instrument=dict(document), to=[author], cc=[])


def quote_authorization(uri: str, actor: str, *, quoting: str, quoted: str) -> Document:
    """Leave to quote a post of ours: others look at it before they show the quotation (FEP-044f)."""
    return {
        "id": uri,
        "type": "QuoteAuthorization",
        "attributedTo": actor,
        "interactingObject": quoting,
        "interactionTarget": quoted,
    }


def block(uri: str, actor: str, target: str) -> Document:
    """We want to hear nothing more of them, and they nothing of us."""
    return activity("Block", uri, actor, target, to=[target], cc=[])


def flag(uri: str, instance: str, about: Sequence[str], words: str) -> Document:
    """A complaint to the moderators of another server: in the house's name, so that nobody is exposed; without `to`."""
    return activity("Flag", uri, instance, list(about), content=words)


def move(uri: str, actor: str, target: str, *, followers: str) -> Document:
    """We live elsewhere now; followers are asked to come along."""
    return activity("Move", uri, actor, actor, target=target, to=[followers], cc=[])


def add(uri: str, actor: str, target: str, collection: str) -> Document:
    """A post is pinned to the profile."""
    return activity("Add", uri, actor, target, target=collection, to=[PUBLIC], cc=[])


def remove(uri: str, actor: str, target: str, collection: str) -> Document:
    """A post is not pinned any more."""
    return activity("Remove", uri, actor, target, target=collection, to=[PUBLIC], cc=[])
