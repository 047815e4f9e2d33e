"""One thing said: a note, an article, a poll, a picture, a film, an event, into `Said`."""

from __future__ import annotations

from typing import Literal

from corale.adapters.activitypub.wire.audience import audience, is_addressed, recipients
from corale.adapters.activitypub.wire.body import body_of, version
from corale.adapters.activitypub.wire.fields import link, moment, same_host, uri, uris
from corale.adapters.activitypub.wire.ours import Here
from corale.adapters.activitypub.wire.people import somebody
from corale.adapters.activitypub.wire.quotes import quoted
from corale.adapters.activitypub.wire.tags import Tags, tags
from corale.adapters.activitypub.wire.things import Thing, is_a
from corale.channels.contract import Audience, Said
from corale.channels.errors import Malformed


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
    body = body_of(thing, found, target)
    width = audience(thing, activity, author, followers=here.followers)
    ours = here.actor(author) != ""
    to_us = not ours and _concerns(thing, activity, here, found, parent, target)
    return Said(
        native_id=uri(thing.get("id")),
        version=version(thing, body),
        author=somebody(author),
        text=body.text,
        written_at=moment(thing.get("published")),
        kind=_kind(width, parent, target, here, to_us=to_us),
        parent=parent,
        root=here.root or here.thread(uri(thing.get("context"))) or here.thread(uri(thing.get("conversation"))),
        quotes=target,
        addressed=to_us,
        to=_our_own(thing, activity, here, found) if to_us else (),
        ours=ours,
        direct=width == "direct",
        audience=width,
        warning=body.warning,
        language=body.language,
        url="" if is_a(thing, "Image") else link(thing.get("url")),
        facets=body.facets,
        attachments=() if here.is_without_media else body.attachments,
        held="" if ours else here.held,
    )


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


def _our_own(thing: Thing, activity: Thing, here: Here, found: Tags) -> tuple[str, ...]:
    """Those of ours who are named; in secret, the one at whose inbox it came."""
    names = [*(each.href for each in found.mentions), *sorted(recipients(thing, activity))]
    ours = dict.fromkeys(filter(None, map(here.actor, names)))
    if not ours and here.inbox and here.base:
        return (f"{here.base}/actors/{here.inbox}",)
    return tuple(ours)


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
