"""One post of ours in their words: a Note, or a Question where something can be chosen."""

from __future__ import annotations

from collections.abc import Sequence
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
        **{part: f"{post.uri}/{part}" for part in ("replies", "likes", "shares")},
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
