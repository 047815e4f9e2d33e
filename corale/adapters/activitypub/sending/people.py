"""Who is spoken to, looked up before anything is written: the author who is answered, and everybody named by handle."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_noop as _

from corale.adapters.activitypub import actors, addresses
from corale.adapters.activitypub.fetching import Gone, document
from corale.adapters.activitypub.hosts import is_blocked
from corale.adapters.activitypub.models import Actor, Post, RemoteActor
from corale.adapters.activitypub.wire.fields import link, uri
from corale.adapters.activitypub.wire.marks import handles
from corale.adapters.activitypub.wire.things import normalised
from corale.adapters.activitypub.wire.written import Somebody
from corale.channels.contract import Outgoing
from corale.channels.errors import Malformed, Refused, Unreachable
from corale.channels.keys import key_of

PATIENCE = timedelta(minutes=10)
"""So long a post waits for the server of somebody who is only mentioned; then the handle stays a word."""

ABOUT = frozenset({"quote", "like", "repost", "follow"})
BLOCKED = _("This person or their server is blocked here. Unblock them to write to them.")
NOBODY = _("Nobody is addressed. Name whom it is for, as @name@server.")
UNKNOWN = _("One of those named in it cannot be found on the fediverse. Look whether the handle is right.")
LEFT = _("This person's account is not there any more.")


@dataclass(frozen=True, slots=True)
class People:
    """`addressed` without being named in the text, `mentioned` by handle in it; `remote` are those of them elsewhere.
    `about`: whose words are quoted, liked, passed on; who is followed."""

    addressed: tuple[Somebody, ...] = ()
    mentioned: tuple[Somebody, ...] = ()
    remote: tuple[RemoteActor, ...] = ()
    about: RemoteActor | Actor | None = None


def people_of(outgoing: Outgoing) -> People:
    """Everybody this is said to. Fetches whom we do not know.

    Errors: Unreachable where the server of somebody who must be addressed does not answer; Refused when they are
    blocked, or when a direct message would be for nobody.
    """
    meant = [each for each in map(_known, outgoing.to or _author(outgoing)) if each is not None]
    about = meant[0] if meant and outgoing.kind in ABOUT else None
    spoken_to = [] if outgoing.kind == "quote" else meant  # who is quoted is asked, and not spoken to
    called = {_handle(each).lower(): each for each in spoken_to}
    named = {
        handle: found for handle in handles(outgoing.text) if (found := called.get(handle) or _called(handle, outgoing))
    }
    if outgoing.audience == "direct" and not (spoken_to or named):
        raise Refused("addressed to nobody", advice=NOBODY)
    everybody = list({each.uri: each for each in (*spoken_to, *named.values())}.values())
    return People(
        tuple(_somebody(each) for each in spoken_to),
        tuple(_somebody(each, handle) for handle, each in named.items()),
        tuple(each for each in everybody if isinstance(each, RemoteActor)),
        about,
    )


def _author(outgoing: Outgoing) -> list[str]:
    """Of what is answered, quoted, liked: where nobody has told us, its own server does."""
    about = outgoing.target if outgoing.kind in ABOUT else outgoing.parent
    if about is None or addresses.is_ours(about.native_id):
        return []
    if outgoing.kind == "follow":
        return [about.native_id]
    found = normalised(document(about.native_id))
    return [author] if (author := uri(found.get("attributedTo"))) else []


def _known(address: str) -> RemoteActor | Actor | None:
    if addresses.is_ours(address):
        return Actor.objects.filter(name=addresses.name_in(address)).first()
    try:
        remote = actors.remote_actor(address)
    except Gone as error:
        raise Refused(str(error), advice=LEFT) from error
    return _welcome(remote)


def _welcome(remote: RemoteActor) -> RemoteActor:
    if remote.gone_at is not None:
        raise Refused(f"{remote} is gone", advice=LEFT)
    if remote.is_blocked or is_blocked(remote.server.host):
        raise Refused(f"{remote} is blocked", advice=BLOCKED)
    return remote


def _called(handle: str, outgoing: Outgoing) -> RemoteActor | Actor | None:
    """None for a handle that nobody has: it stays a word, except where a message is for nobody else."""
    name, _at, host = handle.rpartition("@")
    if host in {addresses.handle_host(), addresses.host()}:
        return Actor.objects.public().filter(name=name).first()
    is_private = outgoing.audience == "direct"
    try:
        return _welcome(actors.by_handle(handle))
    except Unreachable:
        if is_private or timezone.now() - outgoing.created_at < PATIENCE:
            raise
    except (Refused, Malformed) as error:
        if is_private or error.advice == BLOCKED:
            raise Refused(str(error), advice=error.advice or UNKNOWN) from error
    return None


def _handle(who: RemoteActor | Actor) -> str:
    if isinstance(who, Actor):
        return who.handle.removeprefix("@")
    return who.handle or f"{who.document.get('preferredUsername') or who.name}@{who.server.host}"


def _somebody(who: RemoteActor | Actor, handle: str = "") -> Somebody:
    if isinstance(who, Actor):
        return Somebody(who.uri, handle or _handle(who), addresses.page(who.name))
    return Somebody(who.uri, handle or _handle(who), link(normalised(who.document).get("url")) or who.uri)


def named_in(post: Post) -> list[RemoteActor]:
    """Everybody elsewhere to whom a post of ours was said by name."""
    to = [*post.document.get("to", ()), *post.document.get("cc", ())]
    keys = {key_of(each) for each in to if isinstance(each, str)}
    return list(RemoteActor.objects.select_related("server").filter(key__in=keys, gone_at=None))
