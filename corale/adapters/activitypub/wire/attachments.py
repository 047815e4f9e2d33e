"""What came along with a message: pictures, films, files and links, each with the words for those who do not see it."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator, Sequence
from typing import Literal

from corale.adapters.activitypub.wire.fields import LINK, link, number, text, uri, words
from corale.adapters.activitypub.wire.things import Thing, each, is_a, things
from corale.channels.contract import Attached

MOST = 32
ALT = 5_000
_KINDS: dict[str, Literal["image", "video", "file"]] = {"Image": "image", "Video": "video", "Audio": "file"}
_BEST_HEIGHT = 720


def attached(thing: Thing, within: Sequence[tuple[str, str]] = ()) -> tuple[Attached, ...]:
    """Everything that came along, each address once. `within`: the pictures that stand between the words."""
    is_sensitive = thing.get("sensitive") is True
    found: dict[str, Attached] = {}
    for one in (*_own(thing, is_sensitive), *_listed(thing, is_sensitive)):
        found.setdefault(one.url, one)
    known = {url.partition("?")[0] for url in found}  # the same picture in another size
    for url, alt in within:
        if url.partition("?")[0] not in known:
            found.setdefault(url, Attached("image", url, alt=alt[:ALT], is_sensitive=is_sensitive))
    return tuple(list(found.values())[:MOST])


def _own(thing: Thing, is_sensitive: bool) -> Iterator[Attached]:
    """Of a message that is itself a picture, a film or a recording: its address is not (only) a page."""
    for name, kind in _KINDS.items():
        media = "audio/" if kind == "file" else f"{kind}/"
        source = (_best(thing, media) or (thing if name == "Image" else None)) if is_a(thing, name) else None
        if source and _address(source):
            yield _one(source, kind, alt="", is_sensitive=is_sensitive)


def _listed(thing: Thing, is_sensitive: bool) -> Iterator[Attached]:
    for one in each(thing.get("attachment"))[:MOST]:
        if isinstance(one, str):
            one = {"type": "Link", "href": one}
        if isinstance(one, dict) and not is_a(one, "PropertyValue"):
            yield from _from(one, is_sensitive)
    if not is_a(thing, "Video"):  # there it is a still of the film
        for picture in things(thing.get("image"), most=4):
            yield from _from({"type": "Image", **picture}, is_sensitive)


def _from(one: Thing, is_sensitive: bool) -> Iterator[Attached]:
    media = _media(one) or (mimetypes.guess_type(_address(one).partition("?")[0])[0] or "")
    if is_a(one, "Image") or media.startswith("image/"):
        kind: Literal["image", "video", "link", "file"] = "image"
    elif is_a(one, "Video") or media.startswith("video/"):
        kind = "video"
    elif is_a(one, "Link", "Page", "Note", "Article") and not media.startswith("audio/"):
        kind = "link"
    else:
        kind = "file"
    source = _best(one, f"{kind}/") if kind in ("image", "video") else one
    if not _address(source or one):
        return
    alt = words(one, "name", most=ALT)[0] or words(one, "summary", most=ALT)[0]
    yield _one({**one, **(source or {})}, kind, alt=alt, is_sensitive=is_sensitive)


def _one(
    source: Thing, kind: Literal["image", "video", "link", "file"], *, alt: str, is_sensitive: bool
) -> Attached:  # fmt: skip
    is_seen = kind in ("image", "video")
    return Attached(
        kind,
        _address(source),
        alt=alt if is_seen else "",
        mime=_media(source)[:100],
        title="" if is_seen else " ".join(alt.split()),
        width=number(source.get("width")),
        height=number(source.get("height")),
        is_sensitive=is_sensitive,
    )


def _best(one: Thing, media: str) -> Thing | None:
    """Of several sizes the largest that is not too large; links to streams stand within links (PeerTube)."""
    sources = [one, *things(one.get("url"))]
    sources += [inner for source in things(one.get("url")) for inner in things(source.get("tag"))]
    fitting = [each for each in sources if _media(each).startswith(media) and _address(each)]
    small = [each for each in fitting if 0 < number(each.get("height")) <= _BEST_HEIGHT]
    if small:
        return max(small, key=lambda source: number(source.get("height")))
    return fitting[0] if fitting else None


def _address(source: Thing) -> str:
    return uri(source.get("href"), most=LINK) or link(source.get("url"))


def _media(source: Thing) -> str:
    media = text(source, "mediaType") or text(source, "mimeType")
    if not media:  # a link inside says what it leads to
        media = next((found for inner in things(source.get("url")) if (found := text(inner, "mediaType"))), "")
    return media.lower()
