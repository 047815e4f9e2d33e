"""What we say, in their words: every object and activity that leaves. Pure; @context is put around it at the door.

Ten habits of other servers decide its shape: always a Note (or Question), always embedded, `to` and `cc` always lists
and the same on object and activity, the public collection by its whole name, everybody who is spoken to mentioned.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from corale.adapters.activitypub.wire.composing import hashtags_in, tag_address, to_html
from corale.adapters.activitypub.wire.things import PUBLIC
from corale.adapters.activitypub.wire.written import Picture, Question, Somebody, Written
from corale.channels.contract import Audience

Document = dict[str, Any]
_LD = 'application/ld+json; profile="https://www.w3.org/ns/activitystreams"'


def moment(at: datetime) -> str:
    """A time as others write it: UTC, to the second."""
    return at.astimezone(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")


def note(post: Written) -> Document:
    """One post: a Note, or a Question where something can be chosen."""
    people = {each.handle.lower(): each for each in post.mentions}
    html = to_html(post.text, people, post.tags_at)
    to, cc = addressing(post.audience, post.followers, [each.uri for each in _everybody(post)])
    if post.quotes:
        html += _fallback(post.quotes)
    return {
        "id": post.uri,
        "type": "Question" if post.question else "Note",
        "attributedTo": post.actor,
        "to": to,
        "cc": cc,
        "url": post.url,
        "published": moment(post.published),
        **({"updated": moment(post.updated)} if post.updated else {}),
        "inReplyTo": post.parent or None,
        "summary": post.warning or None,
        "sensitive": bool(post.warning),
        "content": html,
        **({"contentMap": {post.language: html}} if post.language else {}),
        **({"context": post.context, "conversation": post.context} if post.context else {}),
        "replies": f"{post.uri}/replies",
        "attachment": [_picture(each) for each in post.pictures],
        "tag": [*_tags(post), *([_quote_link(post.quotes)] if post.quotes else [])],
        **(_question(post.question) if post.question else {}),
        **(_quoting(post) if post.quotes else {}),
        "interactionPolicy": {"canQuote": _may_quote(post)},
    }


def addressing(audience: Audience, followers: str, people: Sequence[str]) -> tuple[list[str], list[str]]:
    """`to` and `cc`. Who is spoken to stands in `to` of a direct post and in `cc` of a wider one."""
    named = list(dict.fromkeys(people))
    around = [followers] if followers else []
    match audience:
        case "public":
            return [PUBLIC], [*around, *named]
        case "unlisted":
            return [*around] or named, [PUBLIC, *(named if around else [])]
        case "followers":
            return around, named
        case "direct":
            return named, []


def _everybody(post: Written) -> list[Somebody]:
    """Each person once, those who are spoken to first."""
    return list({each.uri: each for each in (*post.addressed, *post.mentions)}.values())


def _tags(post: Written) -> list[Document]:
    mentions = [{"type": "Mention", "href": each.uri, "name": f"@{each.handle}"} for each in _everybody(post)]
    return mentions + [
        {"type": "Hashtag", "href": tag_address(post.tags_at, name), "name": f"#{name}"}
        for name in hashtags_in(post.text)
    ]


def _picture(picture: Picture) -> Document:
    size = {"width": picture.width, "height": picture.height} if picture.width and picture.height else {}
    kind = "Image" if picture.mime.startswith("image/") else "Document"
    return {"type": kind, "mediaType": picture.mime, "url": picture.url, "name": picture.alt or None, **size}


def _question(question: Question) -> Document:
    choices = [
        {"type": "Note", "name": each.name, "replies": {"type": "Collection", "totalItems": each.votes}}
        for each in question.choices
    ]
    return {
        "anyOf" if question.several else "oneOf": choices,
        "endTime": moment(question.closes_at),
        **({"closed": moment(question.closed_at)} if question.closed_at else {}),
        "votersCount": question.voters,
    }


def _quoting(post: Written) -> Document:
    approved = {"quoteAuthorization": post.quote_authorization} if post.quote_authorization else {}
    return {"quote": post.quotes, "quoteUrl": post.quotes, "_misskey_quote": post.quotes, **approved}


def _quote_link(target: str) -> Document:
    """FEP-e232."""
    relation = "https://misskey-hub.net/ns#_misskey_quote"
    return {"type": "Link", "mediaType": _LD, "rel": relation, "href": target, "name": f"RE: {target}"}


def _fallback(target: str) -> str:
    """For servers that know no quotes; those that do leave it out."""
    return to_html(f"RE: {target}", {}, "").replace("<p>", '<p class="quote-inline">', 1)


def _may_quote(post: Written) -> Document:
    """FEP-044f: whoever may share a post may quote it; only we ourselves what is not for everybody."""
    everybody = post.audience in ("public", "unlisted")
    return {"automaticApproval": [PUBLIC if everybody else post.actor], "manualApproval": []}


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
