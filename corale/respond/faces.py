"""Where a face is served from: always by ourselves, so that looking tells nobody who looks."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse

from corale.people.models import Identity, Person


def address(identity_id: int | None, avatar_url: str | None) -> str:
    """Of an identity; empty when it shows none."""
    return reverse("conversations:face", args=[identity_id]) if identity_id and avatar_url else ""


def of(identity: Identity | None) -> str:
    return address(identity.pk, identity.avatar_url) if identity else ""


def person_page(person: Person | int | None) -> str:
    """The page of a person; empty when there is none."""
    pk = person.pk if isinstance(person, Person) else person
    try:
        return reverse("people:person", args=[pk]) if pk else ""
    except NoReverseMatch:
        return ""
