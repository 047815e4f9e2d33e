"""The person beside the conversation: who they are, where they are found, how we know each other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count

from corale.channels.contract import Can
from corale.channels.keys import key_of
from corale.conversations.actions.reacting import standing
from corale.conversations.models import Conversation, Interaction
from corale.people.models import Affiliation, Identity, IdentityName, Person
from corale.respond import faces

EARLIER = 5
MANY = 1000


@dataclass(slots=True)
class Place:
    """One identity, and the handles it had before."""

    identity: Identity
    before: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Card:
    """Read in a fixed number of queries."""

    person: Person
    places: list[Place]
    affiliations: list[Affiliation]
    interactions: dict[str, int]
    conversations: int
    earlier: list[Conversation]
    to_follow: Identity | None = None  # whom our account here can follow
    followed: Interaction | None = None

    @property
    def picture(self) -> str:
        return next((face for place in self.places if (face := faces.of(place.identity))), "")

    @property
    def page(self) -> str:
        return faces.person_page(self.person)


def card_of(conversation: Conversation, me: Person) -> Card | None:
    """None when nobody is known (or any more)."""
    person = conversation.person
    if person is None:
        return None
    identities = list(Identity.objects.filter(person=person).order_by("id")[:20])
    theirs = Conversation.objects.visible_to(me).filter(person=person)
    others = theirs.exclude(pk=conversation.pk).select_related("connection").newest_first()
    return Card(
        person,
        _places(identities),
        list(Affiliation.objects.filter(person=person, until=None).order_by("since")),
        _interactions(identities),
        theirs.order_by().values("pk")[:MANY].count(),
        list(others[:EARLIER]),
        *_following(conversation),
    )


def _following(conversation: Conversation) -> tuple[Identity | None, Interaction | None]:
    """Whom one can follow from here, and whether we do; None twice where the channel knows no following."""
    identity, connection = conversation.identity, conversation.connection
    if Can.FOLLOW not in connection.adapter.can or not identity or identity.ours:
        return None, None
    if identity.platform != connection.kind or identity.person_id != conversation.person_id:
        return None, None
    return identity, standing(connection, "follow", key_of(identity.stable_id))


def _places(identities: Iterable[Identity]) -> list[Place]:
    places = {identity.pk: Place(identity) for identity in identities}
    for name in IdentityName.objects.filter(identity__in=list(places)).order_by("-since")[:100]:
        place = places[name.identity_id]
        if name.handle and name.handle != place.identity.handle and name.handle not in place.before:
            place.before.append(name.handle)
    return list(places.values())


def _interactions(identities: Iterable[Identity]) -> dict[str, int]:
    edges = Interaction.objects.filter(
        identity__in=[identity.pk for identity in identities], undone_at=None, ours=False
    )
    return dict(edges.values_list("kind").annotate(Count("id")).order_by("kind"))
