"""Who may say what: key → actor → object.

Whoever signed is the actor, and what was made, changed or deleted is on the actor's server and is theirs. Where that
is not so, nothing in the delivery is believed but an address: what stands there is read from its own server, or the
whole is refused.
"""

from __future__ import annotations

from corale.adapters.activitypub.signing import NotBelieved
from corale.adapters.activitypub.wire.fields import ADDRESS, same_host, uri
from corale.adapters.activitypub.wire.people import is_actor
from corale.adapters.activitypub.wire.things import Thing, each, is_a, types

SAYING = ("Create", "Update")
MOST = 20  # objects in one activity


def actor_of(activity: Thing) -> str:
    """Who is said to do it. NotBelieved("malformed") for what is no activity of anybody."""
    actor, own = uri(activity.get("actor")), activity.get("id")
    if not actor or not types(activity) or not (own is None or (isinstance(own, str) and len(own) <= ADDRESS)):
        raise NotBelieved("malformed", 400)
    return actor


def leaves(activity: Thing) -> bool:
    """Somebody deletes their whole account."""
    return is_a(activity, "Delete") and uri(activity.get("object")) == uri(activity.get("actor"))


def bind(activity: Thing, signer: str) -> str:
    """ "" when it may be believed as it is; otherwise the one address that must be read instead of it.

    NotBelieved (403): `foreign_actor` when somebody else signed it and no address helps, as for a follow or a like;
    `foreign_object` when it speaks of what is not its actor's.
    """
    actor, own = actor_of(activity), activity.get("id")
    if actor != signer:
        return _overheard(activity)
    if own is not None and not same_host(own, actor):
        raise NotBelieved("foreign_object", 403)
    if is_a(activity, *SAYING):
        return _said(activity, actor)
    if is_a(activity, "Delete"):
        return _deleted(activity, actor)
    if is_a(activity, "Undo", "Move"):
        _check_own(activity, actor, whole=is_a(activity, "Move"))
    return ""


def _overheard(activity: Thing) -> str:
    """Forwarded (ActivityPub, section 7.1.2) or brought by a relay: somebody says that somebody said something."""
    told = each(activity.get("object"))
    if is_a(activity, *SAYING, "Delete") and len(told) == 1 and (wanted := uri(told[0])):
        return wanted
    raise NotBelieved("foreign_actor", 403)


def _said(activity: Thing, actor: str) -> str:
    """A profile is its own; words are on the actor's server and attributed to the actor."""
    told = each(activity.get("object"))
    if len(told) > MOST:
        raise NotBelieved("malformed", 400)
    for thing in told:
        if isinstance(thing, dict) and not _is_theirs(thing, actor):
            wanted = uri(thing)
            if not wanted or len(told) > 1 or is_actor(thing):
                raise NotBelieved("foreign_object", 403)
            return wanted
    return ""


def _is_theirs(thing: Thing, actor: str) -> bool:
    if is_actor(thing):
        return uri(thing) == actor
    authors = each(thing.get("attributedTo")) or each(thing.get("actor"))
    return same_host(uri(thing), actor) and actor in map(uri, authors)


def _deleted(activity: Thing, actor: str) -> str:
    """Whose it was is known where it is kept; that it is on their server is known here."""
    told = [uri(thing) for thing in each(activity.get("object"))]
    foreign = [address for address in told if not same_host(address, actor)]
    if foreign and (len(told) > 1 or not foreign[0]):
        raise NotBelieved("foreign_object", 403)
    return foreign[0] if foreign else ""


def _check_own(activity: Thing, actor: str, *, whole: bool) -> None:
    """One takes back what one did, and moves oneself."""
    for thing in each(activity.get("object")):
        whose = uri(thing) if whole else uri(thing.get("actor")) if isinstance(thing, dict) else actor
        if whose and whose != actor:
            raise NotBelieved("foreign_object", 403)
