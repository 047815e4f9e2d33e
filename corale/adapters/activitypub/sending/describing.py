"""From what a person has written to the object that others are given."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from corale.adapters.activitypub import addresses
from corale.adapters.activitypub.models import Actor, Post
from corale.adapters.activitypub.sending.people import People
from corale.adapters.activitypub.wire.body import version_of
from corale.adapters.activitypub.wire.things import normalised
from corale.adapters.activitypub.wire.writing import Document, note
from corale.adapters.activitypub.wire.written import Choice, Picture, Question, Written
from corale.channels.contract import Audience, Outgoing, Upload
from corale.channels.models import StoredFile


def described(
    actor: Actor,
    outgoing: Outgoing,
    people: People,
    *,
    uri: str,
    audience: Audience,
    parent: str,
    context: str,
    published: datetime,
    updated: datetime | None = None,
    quotes: str = "",
    quote_authorization: str = "",
) -> Document:
    """The object, without @context."""
    number = number_in(uri)
    written = Written(
        uri=uri,
        actor=actor.uri,
        url=addresses.post_page(actor.name, number),
        text=outgoing.text,
        published=published,
        updated=updated,
        audience=audience,
        language=outgoing.language,
        followers=addresses.part(actor.name, "followers"),
        parent=parent,
        context=context,
        mentions=people.mentioned,
        addressed=people.addressed,
        tags_at=addresses.tags(),
        warning=outgoing.warning,
        pictures=tuple(_picture(each) for each in outgoing.uploads),
        question=_question(outgoing),
        quotes=quotes,
        quote_authorization=quote_authorization,
    )
    return note(written)


def number_in(uri: str) -> str:
    """The end of the address of a post."""
    return uri.rpartition("/")[2]


def context_of(outgoing: Outgoing, uri: str) -> str:
    """The thread it belongs to: its own when it begins one; that of ours which it continues; of others' threads we do
    not know what they call them."""
    if outgoing.parent is None:
        return f"{uri}/context"
    begun = [each.native_id for each in (outgoing.parent, outgoing.root) if each is not None]
    known = Post.objects.filter(uri__in=begun).exclude(context="").values_list("context", flat=True).first()
    return known or ""


def version(document: Document) -> str:
    """As we would read it if it came back."""
    return version_of(normalised(document))


def _picture(upload: Upload) -> Picture:
    file = StoredFile.objects.get(sha256=Path(upload.path).name)
    return Picture(addresses.picture(file), file.mime, upload.alt, file.width, file.height)


def _question(outgoing: Outgoing) -> Question | None:
    if (poll := outgoing.poll) is None:
        return None
    return Question(tuple(Choice(each) for each in poll.options), poll.closes_at, poll.several)
