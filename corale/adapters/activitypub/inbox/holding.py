"""First words of somebody suspicious wait in quarantine: a rule that one can tell in a sentence, and no score.

Held is what a muted person says; what comes from a limited server; and what somebody says whose account is younger
than a day, or shows neither a picture nor a word about itself, if it carries a link or speaks to many. Whom we follow,
and of whom something stands in our trays already, is not held for the last two reasons. Nothing is ever lost by it.
"""

from __future__ import annotations

from datetime import timedelta

from corale.adapters.activitypub.hosts import host_of, is_limited
from corale.adapters.activitypub.inbox.arrival import Arrival
from corale.adapters.activitypub.models import Following, RemoteActor
from corale.adapters.activitypub.wire.body import body_of
from corale.adapters.activitypub.wire.fields import moment
from corale.adapters.activitypub.wire.people import picture
from corale.adapters.activitypub.wire.quotes import quoted
from corale.adapters.activitypub.wire.tags import tags
from corale.adapters.activitypub.wire.things import Thing
from corale.channels import record
from corale.channels.keys import key_of

YOUNG = timedelta(days=1)
MANY = 5  # people spoken to


def why(arrival: Arrival, thing: Thing) -> str:
    """`muted`, `limited` or `newcomer`; "" for whoever is heard at once."""
    remote = RemoteActor.objects.filter(key=key_of(arrival.signer)).first()
    if remote is not None and remote.is_muted:
        return "muted"
    reason = ""
    if is_limited(host_of(arrival.signer)):
        reason = "limited"
    elif remote is not None and _is_new(remote, arrival) and _is_pushing(thing):
        reason = "newcomer"
    return reason if reason and not _is_known(remote, arrival) else ""


def _is_new(remote: RemoteActor, arrival: Arrival) -> bool:
    about = remote.document
    begun = moment(about.get("published"))
    if begun is not None and arrival.at - begun < YOUNG:
        return True
    return not picture(about.get("icon")) and not str(about.get("summary") or "").strip()


def _is_pushing(thing: Thing) -> bool:
    found = tags(thing)
    if len(found.mentions) >= MANY:
        return True
    return any(facet.kind == "link" for facet in body_of(thing, found, quoted(thing)).facets)


def _is_known(remote: RemoteActor | None, arrival: Arrival) -> bool:
    if remote is not None and Following.objects.standing().filter(remote=remote).exists():
        return True
    return record.is_known(arrival.round.connection, arrival.signer)
