"""A post: their record, or their view of it with pictures and profile, into `Said`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import regex

from corale.adapters.bluesky.wire import addresses, facets
from corale.adapters.bluesky.wire.fields import address, mapping, mappings, moment, number, text
from corale.channels.contract import Attached, Facet, Said, Who
from corale.channels.errors import Malformed


@dataclass(frozen=True, slots=True)
class Us:
    """Our account: whose words are ours, and who is spoken to."""

    did: str
    handle: str = ""


def who(profile: Mapping[str, Any]) -> Who:
    """Somebody, from any of the network's views of a profile."""
    did, handle = text(profile.get("did")), text(profile.get("handle"))
    return Who(
        "bluesky",
        did,
        handle=handle,
        name=text(profile.get("displayName")),
        avatar_url=address(profile.get("avatar")),
        description=text(profile.get("description")),
        url=addresses.profile_page(did, handle),
    )


def said(view: Mapping[str, Any], us: Us) -> Said:
    """One thing said. Malformed without address, version or author."""
    uri, cid = text(view.get("uri")), text(view.get("cid"))
    author = who(mapping(view.get("author")))
    if not (addresses.is_post(uri) and cid and addresses.is_did(author.stable_id)):
        raise Malformed("a post without address, version or author")
    record = mapping(view.get("record"))
    words = typed if isinstance(typed := record.get("text"), str) else ""
    found = facets.from_network(words, record.get("facets"))
    reply = mapping(record.get("reply"))
    parent, root = (text(mapping(reply.get(each)).get("uri")) for each in ("parent", "root"))
    quoted = _quoted(mapping(record.get("embed")))
    kind, addressed = _relation(author, us, text(words), found, parent, quoted)
    return Said(
        native_id=uri,
        version=cid,
        author=author,
        text=text(words),
        written_at=moment(record.get("createdAt")) or moment(view.get("indexedAt")),
        kind=kind,
        parent=parent,
        root=root or parent,
        quotes=quoted,
        addressed=addressed,
        ours=author.stable_id == us.did,
        language=_language(record.get("langs")),
        url=addresses.post_page(uri, author.handle),
        facets=found,
        attachments=tuple(_attached(mapping(record.get("embed")), mapping(view.get("embed")))),
    )


def _relation(
    author: Who, us: Us, words: str, found: tuple[Facet, ...], parent: str, quoted: str
) -> tuple[Literal["post", "reply", "quote", "mention"], bool]:
    """What it is, and whether it is said to us."""
    if author.stable_id == us.did:
        return ("reply" if parent else "quote" if quoted else "post"), False
    if us.did and addresses.owner(parent) == us.did:
        return "reply", True
    mentioned = any(each.kind == "mention" and each.value == us.did for each in found) or names(words, us.handle)
    if us.did and addresses.owner(quoted) == us.did:
        return "quote", True
    if parent:
        return "reply", mentioned
    return ("mention" if mentioned else "quote" if quoted else "post"), mentioned


def names(words: str, handle: str) -> bool:
    """Our handle, typed by hand: the network notifies nobody of that."""
    return bool(handle) and regex.search(rf"@{regex.escape(handle)}(?![\w-]|\.\w)", words, regex.IGNORECASE) is not None


def _quoted(embed: Mapping[str, Any]) -> str:
    match embed.get("$type"):
        case "app.bsky.embed.record":
            found = text(mapping(embed.get("record")).get("uri"))
        case "app.bsky.embed.recordWithMedia":
            found = text(mapping(mapping(embed.get("record")).get("record")).get("uri"))
        case _:
            return ""
    return found if addresses.is_post(found) else ""


def _language(langs: object) -> str:
    first = langs[0] if isinstance(langs, list) and langs else ""
    return (
        text(first)[:12] if isinstance(first, str) and regex.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]+)*", first) else ""
    )


def _attached(embed: Mapping[str, Any], view: Mapping[str, Any]) -> Iterator[Attached]:
    """What came along: the record says what, the view (when we have it) says where."""
    match embed.get("$type"):
        case "app.bsky.embed.recordWithMedia":
            yield from _attached(mapping(embed.get("media")), mapping(view.get("media")))
        case "app.bsky.embed.images":
            shown = mappings(view.get("images"))
            for place, image in enumerate(mappings(embed.get("images"))):
                yield _image(image, shown[place] if place < len(shown) else {})
        case "app.bsky.embed.gallery":
            shown = mappings(view.get("items"))
            for place, image in enumerate(mappings(embed.get("items"))):
                yield _image(image, shown[place] if place < len(shown) else {})
        case "app.bsky.embed.video":
            size = mapping(embed.get("aspectRatio"))
            mime, native_id = _blob(embed.get("video"))
            yield Attached(
                "video",
                address(view.get("playlist")),
                alt=text(embed.get("alt")),
                mime=mime,
                width=number(size.get("width")),
                height=number(size.get("height")),
                native_id=native_id,
            )
        case "app.bsky.embed.external":
            card = mapping(embed.get("external"))
            if url := address(card.get("uri")):
                yield Attached("link", url, alt=text(card.get("description")), title=text(card.get("title")))


def _image(image: Mapping[str, Any], shown: Mapping[str, Any]) -> Attached:
    size = mapping(image.get("aspectRatio"))
    mime, native_id = _blob(image.get("image"))
    return Attached(
        "image",
        address(shown.get("fullsize")) or address(shown.get("thumb")),
        alt=text(image.get("alt")),
        mime=mime,
        width=number(size.get("width")),
        height=number(size.get("height")),
        native_id=native_id,
    )


def _blob(blob: object) -> tuple[str, str]:
    """Its kind and the hash of its content."""
    found = mapping(blob)
    return text(found.get("mimeType")), text(mapping(found.get("ref")).get("$link"))
