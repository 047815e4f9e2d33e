"""Our words into their records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from corale.adapters.bluesky.wire import addresses, facets
from corale.channels.contract import Outgoing, Ref, Upload

COLLECTIONS = {
    "reply": addresses.POST,
    "post": addresses.POST,
    "quote": addresses.POST,
    "like": addresses.LIKE,
    "repost": addresses.REPOST,
    "follow": addresses.FOLLOW,
}


@dataclass(frozen=True, slots=True)
class Picture:
    """An image that the server has taken in: its own description of it, and our words for it."""

    blob: dict[str, Any]
    upload: Upload


def record(outgoing: Outgoing, *, resolve: facets.Resolve, pictures: Sequence[Picture] = ()) -> dict[str, Any]:
    """The record of anything we create. The same outgoing makes the same record, so saying it again changes nothing."""
    kept: dict[str, Any] = {"$type": COLLECTIONS[outgoing.kind], "createdAt": written(outgoing.created_at)}
    match outgoing.kind:
        case "follow":
            assert outgoing.target
            return kept | {"subject": outgoing.target.native_id}
        case "like" | "repost":
            assert outgoing.target
            return kept | {"subject": strong(outgoing.target)}
    return kept | _post(outgoing, resolve, pictures)


def _post(outgoing: Outgoing, resolve: facets.Resolve, pictures: Sequence[Picture]) -> dict[str, Any]:
    post: dict[str, Any] = {"text": outgoing.text}
    if found := facets.detect(outgoing.text, resolve):
        post["facets"] = facets.to_network(outgoing.text, found)
    if outgoing.language:
        post["langs"] = [outgoing.language]
    if outgoing.parent:
        post["reply"] = {"root": strong(outgoing.root or outgoing.parent), "parent": strong(outgoing.parent)}
    if embed := _embed(outgoing, pictures):
        post["embed"] = embed
    return post


def _embed(outgoing: Outgoing, pictures: Sequence[Picture]) -> dict[str, Any] | None:
    quote = (
        {"$type": "app.bsky.embed.record", "record": strong(outgoing.target)}
        if outgoing.kind == "quote" and outgoing.target
        else None
    )
    images = {"$type": "app.bsky.embed.images", "images": [_image(each) for each in pictures]} if pictures else None
    if quote and images:
        return {"$type": "app.bsky.embed.recordWithMedia", "record": quote, "media": images}
    return quote or images


def _image(picture: Picture) -> dict[str, Any]:
    image: dict[str, Any] = {"alt": picture.upload.alt, "image": picture.blob}
    if picture.upload.width and picture.upload.height:
        image["aspectRatio"] = {"width": picture.upload.width, "height": picture.upload.height}
    return image


def strong(ref: Ref) -> dict[str, str]:
    """A reference that names the version too."""
    return {"uri": ref.native_id, "cid": ref.version}


def written(at: datetime) -> str:
    """A time as the network writes it."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
