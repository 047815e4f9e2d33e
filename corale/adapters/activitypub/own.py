"""The actors of this house: made once, found again, told to others."""

from __future__ import annotations

import re

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from django.db import IntegrityError, transaction

from corale.adapters.activitypub import addresses
from corale.adapters.activitypub.document import document_of
from corale.adapters.activitypub.models import Actor
from corale.channels import sealing
from corale.channels.events import ConnectionMade
from corale.channels.models import Connection, StoredFile
from corale.ledger import record
from corale.people.models import Identity, Person

KIND = "activitypub"
NAME = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]{0,28}[a-z0-9_])?")
"""What every server of the fediverse takes as a name: small letters, digits, _ and, inside, . and -; at most thirty."""

RESERVED = frozenset({addresses.INSTANCE, "inbox", "admin", "administrator", "root", "abuse", "postmaster"})


def is_possible(name: str) -> bool:
    """Others take such a name, and here it means nothing else."""
    return NAME.fullmatch(name) is not None and name not in RESERVED


class NameRefused(ValueError):
    """Not a name that others accept, or one that somebody has or had: a name is never given twice."""


def instance_actor() -> Actor:
    """The house itself, which signs what we fetch. Made on first need."""
    return Actor.objects.filter(kind=Actor.Kind.INSTANCE).first() or _made(Actor.Kind.INSTANCE, addresses.INSTANCE)


def make_actor(kind: str, name: str, person: Person | None = None, **more: object) -> Actor:
    """A new actor with a key of its own; neither name nor key will ever change. Errors: NameRefused."""
    name = name.strip().removeprefix("@").lower()
    if not is_possible(name) or Actor.objects.filter(name=name).exists():
        raise NameRefused(name)
    return _made(kind, name, person=person, **more)


def _made(kind: str, name: str, **more: object) -> Actor:
    private, public = key_pair()
    try:
        with transaction.atomic():
            actor = Actor.objects.create(
                kind=kind, name=name, private_key=sealing.seal(private), public_key=public, **more
            )
            _known_as(actor)
            return actor
    except IntegrityError:  # two processes at the same moment: the first one made it
        if kind != Actor.Kind.INSTANCE:
            raise NameRefused(name) from None
        return Actor.objects.get(name=name)


def _known_as(actor: Actor) -> None:
    """A colleague's profile is an account of theirs like any other: what is said to it is said to them."""
    if actor.person is not None:
        names = {"handle": actor.handle.removeprefix("@"), "name": actor.display_name or actor.person.name}
        Identity.objects.update_or_create(
            platform=KIND,
            stable_id=actor.uri,
            defaults={"person": actor.person, "ours": True, "url": addresses.page(actor.name), **names},
        )


def key_pair() -> tuple[str, str]:
    """A private and a public key as PEM: RSA with 2048 bits, which is what all of the fediverse can verify."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return private.decode(), public.decode()


def brand() -> Actor | None:
    """The company, once the fediverse has been turned on."""
    return Actor.objects.filter(kind=Actor.Kind.BRAND).order_by("pk").first()


def actor_for(person_id: int) -> Actor | None:
    """In whose name a colleague speaks there; None unless they have a profile, and it is active."""
    return Actor.objects.speaking().filter(kind=Actor.Kind.PERSON, person_id=person_id).first()


def connection() -> Connection | None:
    """The one connection of the house, paused or not; None before it was turned on and after it was removed."""
    return Connection.objects.filter(kind=KIND).exclude(state=Connection.State.REMOVED).order_by("pk").first()


def enable(
    *, name: str, display_name: str, summary: str = "", picture: StoredFile | None = None,
    language: str = "", by_id: int | None = None,
) -> Connection:  # fmt: skip
    """Makes the brand, the house and the connection. Twice is once: name and key of the first time stay.

    Errors: NameRefused.
    """
    instance_actor()
    actor = brand() or make_actor(
        Actor.Kind.BRAND, name, display_name=display_name, summary=summary, picture=picture, is_indexable=True
    )
    with transaction.atomic():
        made, is_new = Connection.objects.update_or_create(
            kind=KIND,
            stable_id=actor.uri,
            defaults={
                "handle": actor.handle.removeprefix("@"), "name": actor.display_name, "service": addresses.base(),
                "language": language, "state": Connection.State.ACTIVE, "problem": "", "connected_by_id": by_id,
            },
        )  # fmt: skip
        if is_new:
            record(ConnectionMade(connection_id=made.pk, by_id=by_id))
    return made


__all__ = [
    "KIND",
    "NameRefused",
    "actor_for",
    "brand",
    "connection",
    "document_of",
    "enable",
    "instance_actor",
    "key_pair",
    "make_actor",
]
