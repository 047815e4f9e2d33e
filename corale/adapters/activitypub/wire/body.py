"""The words of something said, with what is marked in them, what stands before them and what came along."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b

from corale.adapters.activitypub.wire import polls
from corale.adapters.activitypub.wire.attachments import attached
from corale.adapters.activitypub.wire.fields import cut, moment, text, tongue, words
from corale.adapters.activitypub.wire.html import SOURCE, TEXT, to_parts, to_text
from corale.adapters.activitypub.wire.marks import links, mentions, without_overlaps
from corale.adapters.activitypub.wire.quotes import quoted, without_fallback
from corale.adapters.activitypub.wire.tags import Tags, tags
from corale.adapters.activitypub.wire.things import Thing, is_a
from corale.channels.contract import Attached, Facet

TITLED = ("Article", "Page", "Video", "Audio", "Event", "Document", "Image", "Recipe", "Review")
_PLAIN = ("text/plain", "text/markdown")
WARNING = 500
_Content = tuple[str, tuple[Facet, ...], str, list[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Body:
    """The words of something said, and what came along."""

    text: str
    facets: tuple[Facet, ...]
    language: str
    warning: str
    attachments: tuple[Attached, ...]


def version_of(thing: Thing) -> str:
    """The version of something said: when it was last changed, else when it was said and a hash of what it says."""
    return version(thing, body_of(thing, tags(thing), quoted(thing)))


def version(thing: Thing, body: Body) -> str:
    """Not every server says `updated` when something changes, and none when only the votes of a poll do. Addresses of
    pictures change without being news."""
    updated, published = moment(thing.get("updated")), moment(thing.get("published"))
    if updated and not polls.options(thing):
        return updated.isoformat()
    parts = "\0".join([body.text, body.warning, *(each.alt for each in body.attachments)])
    digest = blake2b(parts.encode("utf-8", "replace"), digest_size=6).hexdigest()
    at = updated or published
    return f"{at.isoformat()} {digest}" if at else digest


def body_of(thing: Thing, found: Tags, target: str) -> Body:
    """Title, words and poll, with what is marked in them. `target`: the message that it quotes."""
    body, facets, language, pictures = _content(thing, found, target)
    title = text(thing, "name") if not is_a(thing, "Note", "Question") or not body else ""
    if title and not body.startswith(title):
        move = len(title) + 2
        facets = tuple(Facet(each.start + move, each.end + move, each.kind, each.value) for each in facets)
        body = f"{title}\n\n{body}"
    more = (_when_and_where(thing) if is_a(thing, "Event") else "", polls.as_text(thing))
    body = "\n\n".join(part for part in (body.strip("\n"), *more) if part)
    return Body(body, _marked(body, facets, found), language, _warning(thing), attached(thing, pictures))


def _content(thing: Thing, found: Tags, target: str) -> _Content:
    content, language = words(thing, "content", most=SOURCE)
    if not content and is_a(thing, *TITLED):
        content, language = words(thing, "summary", most=SOURCE)
    if text(thing, "mediaType").partition(";")[0] in _PLAIN:
        body, facets, pictures = (
            cut(content.replace("\r", "").strip(), TEXT),
            tuple[Facet, ...](),
            list[tuple[str, str]](),
        )
    else:
        body, facets, pictures = to_parts(content, found, quoted=bool(target))
    if target:
        body, facets = without_fallback(body, facets, target)
    return body, facets, language or tongue(thing.get("language")), pictures


def _marked(body: str, facets: tuple[Facet, ...], found: Tags) -> tuple[Facet, ...]:
    """Also what is named or linked without HTML."""
    if "://" not in body and "@" not in body:
        return facets
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
    warning = " ".join(to_text(summary, Tags())[0].split())
    if warning and not any(letter.isprintable() and not letter.isspace() for letter in warning):
        return "…"  # Misskey: hidden, without a word why
    return cut(warning, WARNING)
