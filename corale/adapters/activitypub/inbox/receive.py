"""One delivery: believed and kept, or answered with a reason. Everything else is done later, elsewhere."""

from __future__ import annotations

from hashlib import sha256

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from corale.adapters.activitypub import addresses
from corale.adapters.activitypub.actors import introduction
from corale.adapters.activitypub.hosts import host_of, is_blocked
from corale.adapters.activitypub.inbox.allowing import allow
from corale.adapters.activitypub.inbox.binding import actor_of, bind, leaves
from corale.adapters.activitypub.inbox.working import wake
from corale.adapters.activitypub.keyring import Keyring
from corale.adapters.activitypub.models import RemoteActor
from corale.adapters.activitypub.sending.servers import heard
from corale.adapters.activitypub.signing import NotBelieved, Request, Verified, verify
from corale.adapters.activitypub.wire.things import Thing, is_a, opened
from corale.channels.actions.keep import keep
from corale.channels.contract import Raw
from corale.channels.errors import Malformed
from corale.channels.keys import key_of
from corale.channels.models import Connection

MAX_BYTES = 256 * 1024
LET_PASS = 4 * 1024 * 1024  # of what is too large: a proxy that is cut off while it writes says 502 instead of our 413
REPEATED = ("Follow", "Undo")
TYPES = frozenset({"application/activity+json", "application/ld+json"})


def body_of(request: HttpRequest) -> bytes:
    """The bytes, not more than we are prepared to keep. NotBelieved: `wrong_type`, `too_large`."""
    if request.content_type not in TYPES:
        raise NotBelieved("wrong_type", 415)
    body = request.read(MAX_BYTES + 1)
    if len(body) > MAX_BYTES:
        left = LET_PASS
        while left > 0 and (piece := request.read(64 * 1024)):
            left -= len(piece)
        raise NotBelieved("too_large", 413)
    return body


def activity_in(body: bytes) -> Thing:
    """The activity, read exactly as it will be read later: what binds must see what works. NotBelieved("malformed")."""
    try:
        return opened(body)
    except Malformed as error:
        raise NotBelieved("malformed", 400) from error


def receive(request: HttpRequest, connection: Connection, inbox: str, body: bytes, activity: Thing) -> None:
    """Keeps it, if it is believed; once for each inbox, however often it comes. `inbox` is a name, or "" for all.

    Errors: NotBelieved. What needs no belief (ours, repeated by somebody; the end of somebody unknown) is let go.
    """
    actor = actor_of(activity)
    if is_blocked(host_of(actor)):
        raise NotBelieved("blocked_server", 403)
    is_farewell = leaves(activity)
    if addresses.is_ours(actor) or (is_farewell and not RemoteActor.objects.filter(key=key_of(actor)).exists()):
        return
    with Keyring(actor, may_fetch=not is_farewell) as keyring:
        verified = verify(Request.of(request, body), keyring)
        wanted = bind(activity, verified.actor_uri)
        if verified.actor_uri != actor:
            _check_messenger(verified.actor_uri, actor)
        headers = {"base": addresses.base(), "inbox": inbox, "signer": verified.actor_uri, "scheme": verified.scheme}
        raw = Raw(_key(activity, inbox, body, verified, wanted), body, headers | ({"wanted": wanted} if wanted else {}))
        _keep(connection, keyring, raw)


def _check_messenger(signer: str, actor: str) -> None:
    """Nobody brings in whom we do not want to hear, and the unwanted bring in nobody."""
    if is_blocked(host_of(signer)):
        raise NotBelieved("blocked_server", 403)
    if RemoteActor.objects.filter(key=key_of(actor), is_blocked=True).exists():
        raise NotBelieved("blocked_actor", 403)


@transaction.atomic
def _keep(connection: Connection, keyring: Keyring, raw: Raw) -> None:
    new = [introduction(keyring.them)] if keyring.them else []
    signer = keyring.acquaintance()
    if signer.is_blocked:
        raise NotBelieved("blocked_actor", 403)
    allow(signer.uri, signer.host)
    if signer.is_news:
        heard(signer.server_id)
    if keep(connection, [*new, raw]):
        wake(connection)


def _key(activity: Thing, inbox: str, body: bytes, verified: Verified, wanted: str) -> str:
    """What names this arrival. A word that is only passed on must not take the place of the true one; and who asks to
    follow again under the same id, because our answer was lost, is heard again."""
    name = activity.get("id") or f"sha256:{sha256(body).hexdigest()}"
    if is_a(activity, *REPEATED):
        name = f"{name} {timezone.now():%Y-%m-%dT%H:%M}"
    return f"{name} {inbox} via {verified.actor_uri}" if wanted else f"{name} {inbox}"
