"""One thing said: a note, an article, a poll, a picture, a film, an event, into `Said`."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import Literal

from corale.adapters.activitypub.wire import polls
from corale.adapters.activitypub.wire.attachments import attached
from corale.adapters.activitypub.wire.audience import audience, is_addressed, recipients
from corale.adapters.activitypub.wire.fields import cut, link, moment, same_host, text, tongue, uri, uris, words
from corale.adapters.activitypub.wire.html import SOURCE, TEXT, to_text
from corale.adapters.activitypub.wire.marks import links, mentions, without_overlaps
from corale.adapters.activitypub.wire.ours import Here
from corale.adapters.activitypub.wire.people import somebody
from corale.adapters.activitypub.wire.quotes import quoted, without_fallback
from corale.adapters.activitypub.wire.tags import Tags, tags
from corale.adapters.activitypub.wire.things import Thing, is_a
from corale.channels.contract import Attached, Audience, Facet, Said
from corale.channels.errors import Malformed

TITLED = ("Article", "Page", "Video", "Audio", "Event", "Document", "Image", "Recipe", "Review")
_PLAIN = ("text/plain", "text/markdown")
WARNING = 500


def author_of(thing: Thing, actor: str = "") -> str:
    """Who says it: the actor who sends it, when it is theirs. "" when what it says of its author cannot be believed."""
    native_id, authors = uri(thing.get("id")), list(uris(thing.get("attributedTo")))
    if not native_id:
        raise Malformed("something said, without an address")
    author = actor if actor in authors or not authors else "" if actor else authors[0]
    return author if author and same_host(native_id, author) else ""


def said(thing: Thing, here: Here, *, activity: Thing, author: str) -> Said:
    """What it says, to whom, in answer to what. Malformed without an address."""
    found, target, parent = tags(thing), quoted(thing), uri(thing.get("inReplyTo"))
    written = _written(thing, found, target)
    width = audience(thing, activity, author, followers=here.followers)
    ours = here.actor(author) != ""
    to_us = not ours and _concerns(thing, activity, here, found, parent, target)
    return Said(
        native_id=uri(thing.get("id")),
        version=_version(thing, written),
        author=somebody(author),
        text=written.text,
        written_at=moment(thing.get("published")),
        kind=_kind(width, parent, target, here, to_us=to_us),
        parent=parent,
        root=here.root or here.thread(uri(thing.get("context"))) or here.thread(uri(thing.get("conversation"))),
        quotes=target,
        addressed=to_us,
        ours=ours,
        direct=width == "direct",
        audience=width,
        warning=written.warning,
        language=written.language,
        url="" if is_a(thing, "Image") else link(thing.get("url")),
        facets=written.facets,
        attachments=written.attachments,
    )


@dataclass(frozen=True, slots=True)
class _Written:
    """The words of something said, and what came along."""

    text: str
    facets: tuple[Facet, ...]
    language: str
    warning: str
    attachments: tuple[Attached, ...]


def version_of(thing: Thing) -> str:
    """The version of something said: when it was last changed, else when it was said and a hash of what it says."""
    return _version(thing, _written(thing, tags(thing), quoted(thing)))


def _version(thing: Thing, written: _Written) -> str:
    """Not every server says `updated` when something changes. Addresses of pictures change without being news."""
    if updated := moment(thing.get("updated")):
        return updated.isoformat()
    published = moment(thing.get("published"))
    parts = "\0".join([written.text, written.warning, *(each.alt for each in written.attachments)])
    digest = blake2b(parts.encode("utf-8", "replace"), digest_size=6).hexdigest()
    return f"{published.isoformat()} {digest}" if published else digest


def _written(thing: Thing, found: Tags, target: str) -> _Written:
    """Title, words and poll, with what is marked in them."""
    body, facets, language = _body(thing, found, target)
    title = text(thing, "name") if not is_a(thing, "Note", "Question") or not body else ""
    if title and not body.startswith(title):
        move = len(title) + 2
        facets = tuple(Facet(each.start + move, each.end + move, each.kind, each.value) for each in facets)
        body = f"{title}\n\n{body}"
    more = (_when_and_where(thing) if is_a(thing, "Event") else "", polls.as_text(thing))
    body = "\n\n".join(part for part in (body.strip("\n"), *more) if part)
    return _Written(body, _marked(body, facets, found), language, _warning(thing), attached(thing))


def _body(thing: Thing, found: Tags, target: str) -> tuple[str, tuple[Facet, ...], str]:
    content, language = words(thing, "content", most=SOURCE)
    if not content and is_a(thing, *TITLED):
        content, language = words(thing, "summary", most=SOURCE)
    if text(thing, "mediaType").partition(";")[0] in _PLAIN:
        body, facets = cut(content.strip(), TEXT), tuple[Facet, ...]()
    else:
        body, facets = to_text(content, found, quoted=bool(target))
    if target:
        body, facets = without_fallback(body, facets, target)
    return body, facets, language or tongue(thing.get("language"))


def _marked(body: str, facets: tuple[Facet, ...], found: Tags) -> tuple[Facet, ...]:
    """Also what is named or linked without HTML."""
    by_handle = {f"{each.user}@{each.host}": each.href for each in found.mentions}
    plain = [*links(body), *mentions(body, lambda handle: by_handle.get(handle, ""))]
    if not plain:
        return facets
    return tuple(without_overlaps([*facets, *plain]))


def _when_and_where(thing: Thing) -> str:
    starts, ends = moment(thing.get("startTime")), moment(thing.get("endTime"))
    when = " – ".join(f"{each:%Y-%m-%d %H:%M} UTC" for each in (starts, ends) if each)
    place = thing.get("location")
    where = text(place, "name") if isinstance(place, dict) else ""
    return "\n".join(part for part in (when, where) if part)


def _warning(thing: Thing) -> str:
    """What stands before a note. Of an article or a film the summary is only that, unless it is marked as sensitive."""
    if is_a(thing, *TITLED) and thing.get("sensitive") is not True:
        return ""
    summary, _language = words(thing, "summary", most=10_000)
    return " ".join(to_text(summary, Tags())[0].split())[:WARNING]


def _concerns(thing: Thing, activity: Thing, here: Here, found: Tags, parent: str, target: str) -> bool:
    """It is said to one of us: by name, in answer, about something of ours, or in secret at somebody's own inbox."""
    if here.fetched and not here.is_delivered:
        return False
    if here.is_ours(parent) or here.is_ours(target):
        return True
    named = {each.href for each in found.mentions} | recipients(thing, activity)
    if any(here.actor(name) for name in named):
        return True
    return bool(here.inbox) and not is_addressed(thing) and not is_addressed(activity)


def _kind(
    width: Audience, parent: str, target: str, here: Here, *, to_us: bool
) -> Literal["post", "reply", "quote", "mention", "direct"]:
    if width == "direct":
        return "direct"
    if here.is_ours(target) and not here.is_ours(parent):
        return "quote"
    if parent:
        return "reply"
    if to_us:
        return "mention"
    return "quote" if target else "post"
