"""Not hearing somebody: blocked, which they are told; or muted, of which nobody is told."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from corale.adapters.activitypub import addresses, followers, following, own
from corale.adapters.activitypub.models import Actor, Follower, Following, RemoteActor, Shunning
from corale.adapters.activitypub.sending import act
from corale.adapters.activitypub.wire import writing

Kind = Shunning.Kind
FLAGS = {Kind.BLOCK: "is_blocked", Kind.MUTE: "is_muted"}


@transaction.atomic
def block(remote: RemoteActor, *, by_id: int, reason: str = "") -> Shunning:
    """They are told, do not follow us nor we them, and nothing of theirs comes in. Twice is once."""
    shunned, is_new = _begin(remote, Kind.BLOCK, by_id, reason)
    if is_new:
        voices = _voices(remote)
        _part(remote)
        for voice in voices:
            said = writing.block(addresses.activity(voice.name), voice.uri, remote.uri)
            act(voice, said, inboxes=[(remote.server, remote.inbox)], addressed=True)
            shunned.said.append([voice.pk, said["id"]])
        shunned.save(update_fields=["said"])
    return shunned


@transaction.atomic
def mute(remote: RemoteActor, *, by_id: int, reason: str = "") -> Shunning:
    """What they write waits in quarantine, and brings nothing back into the trays. Nobody is told. Twice is once."""
    return _begin(remote, Kind.MUTE, by_id, reason)[0]


@transaction.atomic
def end(remote: RemoteActor, kind: str, *, by_id: int) -> Shunning | None:
    """We hear them again; whom we blocked is told so. None when it was over already."""
    shunned = Shunning.objects.select_for_update().filter(remote=remote, kind=kind, ended_at=None).first()
    if shunned is None:
        return None
    shunned.ended_at, shunned.ended_by_id = timezone.now(), by_id
    shunned.save(update_fields=["ended_at", "ended_by_id"])
    _flag(remote, kind, value=False)
    voices = Actor.objects.in_bulk([pk for pk, _uri in shunned.said])
    for pk, uri in shunned.said:
        if pk in voices:
            undone = writing.undo(writing.block(uri, voices[pk].uri, remote.uri))
            act(voices[pk], undone, inboxes=[(remote.server, remote.inbox)], addressed=True)
    return shunned


def _begin(remote: RemoteActor, kind: str, by_id: int, reason: str) -> tuple[Shunning, bool]:
    defaults = {"by_id": by_id, "reason": reason[:500]}
    begun = Shunning.objects.get_or_create(remote=remote, kind=kind, ended_at=None, defaults=defaults)
    _flag(remote, kind, value=True)
    return begun


def _flag(remote: RemoteActor, kind: str, *, value: bool) -> None:
    name = FLAGS[Kind(kind)]
    setattr(remote, name, value)
    remote.save(update_fields=[name])


def _voices(remote: RemoteActor) -> Iterable[Actor]:
    """In whose name it is said: the company's, and of each of us between whom and them something stands."""
    between = Q(followers__remote=remote, followers__ended_at=None) | Q(
        following__remote=remote, following__ended_at=None
    )
    near = list(Actor.objects.public().filter(between).distinct().order_by("pk"))
    brand = own.brand()
    return near if brand is None or brand in near else [brand, *near]


def _part(remote: RemoteActor) -> None:
    """The Block says it all: no Reject and no Undo besides."""
    now = timezone.now()
    for follower in Follower.objects.select_for_update().filter(remote=remote, ended_at=None):
        followers.ends(follower, at=now, state=Follower.State.REJECTED)
    for asked in Following.objects.select_for_update().filter(remote=remote, ended_at=None):
        following.ends(asked, at=now)
