"""Who follows whom: somebody elsewhere and those of us who have a place on the fediverse."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from corale.adapters.activitypub.document import name_of
from corale.adapters.activitypub.models import Actor, Follower, Following, RemoteActor
from corale.channels.keys import key_of
from corale.people.models import Identity

MOST = 20


@dataclass(slots=True)
class Bond:
    """One of us and one of their accounts. Each moment is None where that one does not follow, or no longer."""

    voice: Actor
    name: str
    remote: RemoteActor
    they_since: datetime | None = None
    we_since: datetime | None = None

    @property
    def is_mutual(self) -> bool:
        """Both follow."""
        return self.they_since is not None and self.we_since is not None


def accounts_of(person_id: int) -> list[RemoteActor]:
    """Their accounts elsewhere, as far as we know them."""
    known = Identity.objects.filter(person_id=person_id, platform="activitypub", ours=False).order_by("pk")
    keys = [key_of(each) for each in known.values_list("stable_id", flat=True)[:MOST]]
    return list(RemoteActor.objects.filter(key__in=keys).select_related("server").order_by("pk"))


def bonds(remotes: Iterable[RemoteActor]) -> list[Bond]:
    """Everything that stands between them and us, the company first. Two queries."""
    by_id, found = {each.pk: each for each in remotes}, dict[tuple[int, int], Bond]()

    def bond(row: Follower | Following) -> Bond:
        fresh = Bond(row.actor, name_of(row.actor), by_id[row.remote_id])
        return found.setdefault((row.actor_id, row.remote_id), fresh)

    related = ("actor__person",)
    for follower in Follower.objects.standing().filter(remote__in=by_id).select_related(*related).order_by("pk")[:MOST]:
        bond(follower).they_since = follower.at
    for asked in Following.objects.standing().filter(remote__in=by_id).select_related(*related).order_by("pk")[:MOST]:
        bond(asked).we_since = asked.at
    return sorted(found.values(), key=lambda each: (each.voice.kind != Actor.Kind.BRAND, each.voice.pk))
