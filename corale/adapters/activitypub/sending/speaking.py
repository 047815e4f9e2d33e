"""The adapter's own verbs: say it, and look whether it stands there."""

from __future__ import annotations

from django.db.models import Min
from django.utils.translation import gettext_noop as _

from corale.adapters.activitypub import addresses
from corale.adapters.activitypub.models import Activity, Actor, Dispatch, Post
from corale.adapters.activitypub.sending.arriving import outcome, try_again
from corale.adapters.activitypub.sending.claiming import claim
from corale.adapters.activitypub.sending.crew import send as knock
from corale.adapters.activitypub.sending.letters import letters
from corale.adapters.activitypub.sending.people import People, people_of
from corale.adapters.activitypub.sending.publishing import activity_id, publish
from corale.adapters.activitypub.sending.settling import settle
from corale.channels.contract import Outgoing, Sent
from corale.channels.errors import Refused
from corale.channels.models import Connection
from corale.jobs.identity import new_identity

AT_ONCE = 3
"""Inboxes tried while the delivery waits: each may take half a minute, and its lease is a minute and a half. The loop
tries the others."""

SILENT = _("The profile in whose name this was written cannot speak at present. Send it in another name.")


def send(connection: Connection, outgoing: Outgoing) -> Sent:
    """Writes it down, tries those who are spoken to, and says what their servers answered.

    Errors: OnItsWay while none has taken it, Refused when none ever will; Unreachable, Refused before anything is
    written, where somebody cannot be looked up.
    """
    activity = _standing(outgoing)
    if activity is not None:
        try_again(activity)
    else:
        actor = _voice(connection, outgoing)
        people = People() if outgoing.kind in {"delete", "unlike"} else people_of(outgoing)
        activity = publish(actor, outgoing, people)
    _try_those_spoken_to(activity)
    outcome(activity)
    return _sent(outgoing, activity)


def look(outgoing: Outgoing) -> Sent | None:
    """Whether it stands there: written down, and taken by one of those who are spoken to."""
    activity = _standing(outgoing)
    if activity is None:
        return None
    states = set(activity.dispatches.filter(is_addressed=True).values_list("state", flat=True))
    return _sent(outgoing, activity) if not states or Dispatch.State.SENT in states else None


def _standing(outgoing: Outgoing) -> Activity | None:
    return Activity.objects.filter(uri=activity_id(outgoing)).first()


def _voice(connection: Connection, outgoing: Outgoing) -> Actor:
    """Who speaks. Taking back may also who is paused or has left."""
    name = addresses.name_in(outgoing.voice or connection.stable_id)
    may = Actor.objects.all() if outgoing.kind in {"delete", "unlike"} else Actor.objects.speaking()
    actor = may.filter(name=name).first()
    if actor is None:
        raise Refused(f"{name} does not speak", advice=SILENT)
    return actor


def _try_those_spoken_to(activity: Activity) -> None:
    """At once, in the name of this process; the loop does the same for whatever is left."""
    me = new_identity()
    claimed = claim(me, AT_ONCE, activity_id=activity.pk)
    if claimed:
        settle(me, [knock(letter) for letter in letters(claimed)])


def _sent(outgoing: Outgoing, activity: Activity) -> Sent:
    """Where it stands, and since when one of those spoken to has it."""
    taken = activity.dispatches.filter(is_addressed=True, sent_at__isnull=False).aggregate(at=Min("sent_at"))["at"]
    at, native_id = taken or activity.created_at, outgoing.outside_id
    if outgoing.target is not None and outgoing.kind in {"edit", "delete"}:
        native_id = outgoing.target.native_id
    post = Post.objects.select_related("actor").filter(uri=native_id).first()
    if post is None:
        return Sent(native_id, "", at)
    return Sent(post.uri, post.version, at, url=addresses.post_page(post.actor.name, post.number))
