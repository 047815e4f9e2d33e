"""People and servers elsewhere, as we know them."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from corale.adapters.activitypub import addresses, own
from corale.adapters.activitypub.described import LONGEST, Described
from corale.adapters.activitypub.fetching import Gone
from corale.adapters.activitypub.handles import confirmed, handle_in, look_up
from corale.adapters.activitypub.hosts import host_of
from corale.adapters.activitypub.introducing import introduce, introduce_key
from corale.adapters.activitypub.models import RemoteActor, RemoteKey, Server
from corale.adapters.activitypub.signing import PublicKey
from corale.channels.actions.keep import keep
from corale.channels.contract import Raw
from corale.channels.errors import Refused
from corale.channels.keys import key_of

__all__ = [
    "by_handle",
    "confirm_handle",
    "introduction",
    "remember",
    "remote_actor",
    "remote_key",
    "server_of",
]


def remote_actor(uri: str, *, refresh: bool = False) -> RemoteActor:
    """Somebody elsewhere: as we know them, or from their server, in one fetch. `refresh` asks again; then what has
    changed is kept, and read like everything that arrives.

    Errors: as `fetching.find`. Whoever is gone (410) is marked so.
    """
    uri = uri.partition("#")[0]
    known = RemoteActor.objects.select_related("server").filter(key=key_of(uri)).first()
    if known is not None and not refresh:
        return known
    try:
        them = introduce(uri)
    except Gone as error:
        if known is not None and error.status == 410:
            RemoteActor.objects.filter(pk=known.pk, gone_at=None).update(gone_at=timezone.now())
        raise
    connection = own.connection()
    with transaction.atomic():
        if connection is not None:
            keep(connection, [introduction(them)])
        return remember(them)


def remote_key(key_id: str, *, refresh: bool = False) -> RemoteKey:
    """A key and whose it is: as we know it, or from their server. Errors: as `remote_actor`."""
    found = RemoteKey.objects.select_related("actor__server").filter(key=key_of(key_id))
    if (known := found.first()) is not None and not refresh:
        return known
    remember(*introduce_key(key_id))
    return found.get()


def by_handle(handle: str) -> RemoteActor:
    """Whoever is called name@host, with or without an @ before it. Errors: as `remote_actor`; Refused for no handle."""
    _said, uri = look_up(handle_in(handle))
    actor = remote_actor(uri)
    confirm_handle(actor)
    return actor


def confirm_handle(actor: RemoteActor) -> str:
    """Asks WebFinger what somebody is called, and keeps that. Errors: as `fetching.json_at`."""
    name = str(actor.document.get("preferredUsername") or actor.handle.partition("@")[0])
    actor.handle = str(confirmed(name, actor.uri))
    actor.save(update_fields=["handle"])
    return actor.handle


def server_of(uri: str) -> Server:
    """The server of an address. Refused for what is no address."""
    host = host_of(uri)
    if not host or len(host) > 255:
        raise Refused(f"not an address: {uri[:200]!r}")
    return Server.objects.get_or_create(host=host)[0]


def introduction(them: Described) -> Raw:
    """Their document, to be kept like what they say: once as long as what people see is the same."""
    return Raw(f"{them.uri} {them.version}", them.body, {"fetched": "actor", "base": addresses.base()})


@transaction.atomic
def remember(them: Described, extra: PublicKey | None = None) -> RemoteActor:
    """Whoever it is, with their keys. A key that they no longer show is forgotten; `extra` is one that they
    know, and that stands elsewhere."""
    actor, _is_new = RemoteActor.objects.update_or_create(
        key=key_of(them.uri),
        defaults={
            "uri": them.uri, "server": server_of(them.uri), "kind": them.kind, "name": them.name,
            "inbox": them.inbox, "shared_inbox": them.shared_inbox, "followers_uri": them.followers_uri,
            "also_known_as": them.also_known_as, "moved_to": them.moved_to, "document": them.document,
            "fetched_at": timezone.now(), "gone_at": None,
        },
    )  # fmt: skip
    _name(actor, them.handle)
    keys = {each.key_id: each.pem for each in (*them.keys, *([extra] if extra else []))}
    actor.keys.exclude(pem__in=list(keys.values())).delete()
    for key_id, pem in keys.items():
        RemoteKey.objects.update_or_create(
            key=key_of(key_id),
            defaults={"key_id": key_id[:LONGEST], "actor": actor, "pem": pem, "fetched_at": timezone.now()},
        )
    return actor


def _name(actor: RemoteActor, handle: str) -> None:
    """What WebFinger has confirmed stays as long as the name before the @ is the same."""
    if actor.handle.partition("@")[0].lower() != handle.partition("@")[0].lower():
        actor.handle = handle
        actor.save(update_fields=["handle"])
