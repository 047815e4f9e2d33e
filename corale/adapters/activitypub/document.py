"""One of us as others read it: the actor document."""

from __future__ import annotations

from typing import Any

from django.utils import translation
from django.utils.html import format_html, linebreaks, urlize
from django.utils.translation import gettext as _

from corale.accounts.models import Company
from corale.adapters.activitypub import addresses
from corale.adapters.activitypub.models import Actor
from corale.adapters.activitypub.wire.context import with_context
from corale.adapters.activitypub.wire.writing import moment

TYPES = {Actor.Kind.PERSON: "Person", Actor.Kind.BRAND: "Organization", Actor.Kind.INSTANCE: "Application"}


def document_of(actor: Actor) -> dict[str, Any]:
    """The actor as JSON (ActivityPub, section 4.1). Costs one query each for a person, a picture and a header.

    Whoever has left keeps document and key, so that what they said can still be verified; it says whom to ask instead.
    """
    company = Company.current()
    name = name_of(actor, company)
    with translation.override(company.language):
        document = _plain(actor, name) if actor.kind == Actor.Kind.INSTANCE else _whole(actor, name)
    return with_context(document)


def stub_of(actor: Actor) -> dict[str, Any]:
    """Who it is and how their signature is verified, and nothing more."""
    return with_context(_plain(actor, actor.name))


def _plain(actor: Actor, name: str) -> dict[str, Any]:
    """What every actor has, and all that the instance actor has."""
    return {
        "id": actor.uri,
        "type": TYPES[Actor.Kind(actor.kind)],
        "preferredUsername": actor.name,
        "name": name,
        "url": addresses.page(actor.name) if actor.kind != Actor.Kind.INSTANCE else addresses.base(),
        "inbox": addresses.part(actor.name, "inbox"),
        "outbox": addresses.part(actor.name, "outbox"),
        "endpoints": {"sharedInbox": addresses.shared_inbox()},
        "manuallyApprovesFollowers": actor.kind == Actor.Kind.INSTANCE or actor.approves_followers,
        "webfinger": actor.handle.removeprefix("@"),  # FEP-2c59
        "published": moment(actor.created_at),
        "publicKey": {"id": actor.key_id, "owner": actor.uri, "publicKeyPem": actor.public_key},
    }


def _whole(actor: Actor, name: str) -> dict[str, Any]:
    document = _plain(actor, name) | {
        "summary": summary_of(actor, name),
        **{part: addresses.part(actor.name, part) for part in ("followers", "following", "featured")},
        "discoverable": actor.is_discoverable and actor.is_here,
        "indexable": actor.is_indexable,
        "attachment": [{"type": "PropertyValue", "name": label, "value": said} for label, said in fields_of(actor)],
        "updated": moment(actor.updated_at),
    }
    for key, file in (("icon", actor.picture), ("image", actor.header)):
        if file is not None:
            document[key] = {"type": "Image", "mediaType": file.mime, "url": addresses.picture(file)}
    if actor.also_known_as:
        document["alsoKnownAs"] = list(actor.also_known_as)
    if actor.state == Actor.State.MOVED and actor.moved_to:
        document["movedTo"] = actor.moved_to
    return document


def name_of(actor: Actor, company: Company | None = None) -> str:
    """The full name: their own choice, else the person's, the company's, or what stands before the @."""
    if actor.display_name:
        return actor.display_name
    if actor.kind == Actor.Kind.PERSON:
        return (actor.person.name if actor.person is not None else "") or actor.name
    return (company or Company.current()).name or actor.name


def summary_of(actor: Actor, name: str) -> str:
    """As HTML: what has become of them where that must be said, then what they say of themselves."""
    said = linebreaks(urlize(actor.summary, autoescape=True)) if actor.summary else ""
    return _state_of(actor, name) + str(said)


def _state_of(actor: Actor, name: str) -> str:
    if actor.state == Actor.State.LEFT:
        words = _("%(name)s no longer speaks for the company.") % {"name": name}
        instead = successor_of(actor)
        if instead is None:
            return format_html("<p>{}</p>", words)
        link = format_html('<a href="{}">{}</a>', addresses.page(instead.name), instead.handle)
        return format_html("<p>{} {} {}.</p>", words, _("Please ask"), link)
    if actor.state == Actor.State.PAUSED:
        return format_html("<p>{}</p>", _("This profile takes a break: no questions are answered here for now."))
    return ""


def successor_of(actor: Actor) -> Actor | None:
    """Whom to ask instead: who was named, as long as they are here themselves; otherwise the company."""
    if actor.successor is not None and actor.successor.state == Actor.State.ACTIVE:
        return actor.successor
    brands = Actor.objects.speaking().filter(kind=Actor.Kind.BRAND).exclude(pk=actor.pk)
    return brands.order_by("pk").first()


def fields_of(actor: Actor) -> list[tuple[str, str]]:
    """Label and value as HTML: what they do, what to ask them about, and their addresses elsewhere (rel=me)."""
    person = actor.person
    said = []
    if person is not None and actor.is_here:
        said += [(_("Role"), person.title)] if actor.shows_role and person.title else []
        said += [(_("Ask me about"), person.ask_me_about)] if actor.shows_topics and person.ask_me_about else []
    plain = [(label, format_html("{}", value)) for label, value in said]
    return plain + [(label, link_of(address)) for label, address in actor.links]


def link_of(address: str) -> str:
    """As Mastodon writes one: the scheme is there and is not read aloud."""
    scheme, _separator, rest = address.partition("://")
    return format_html(
        '<a href="{0}" rel="me nofollow noopener" translate="no"><span class="invisible">{1}://</span>'
        '<span>{2}</span></a>',
        address, scheme, rest.removesuffix("/"),
    )  # fmt: skip
