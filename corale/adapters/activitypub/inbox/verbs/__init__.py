"""What each kind of activity does here. One file for each noun; every verb may run twice and does nothing twice.

Who sends it was verified when it was kept. What needs the network asks before its transaction begins.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from corale.adapters.activitypub import threads
from corale.adapters.activitypub.inbox.arrival import Arrival
from corale.adapters.activitypub.inbox.verbs import (
    answers,
    blocks,
    complaints,
    follows,
    groups,
    moves,
    quotations,
    reactions,
    removals,
    undoing,
    words,
)
from corale.adapters.activitypub.wire.things import is_a, types

Verb = Callable[[Arrival], None]

VERBS: Mapping[str, Verb] = {
    "Accept": answers.accept,
    "TentativeAccept": answers.accept,
    "Announce": groups.announce,
    "Block": blocks.block,
    "Create": words.create,
    "Delete": removals.delete,
    "EmojiReact": reactions.like,
    "Flag": complaints.flag,
    "Follow": follows.follow,
    "Like": reactions.like,
    "Move": moves.move,
    "QuoteRequest": quotations.request,
    "Reject": answers.reject,
    "TentativeReject": answers.reject,
    "Undo": undoing.undo,
    "Update": words.update,
}
"""What is not here (Add, Remove, Listen …) is kept and has no effect."""


def work(arrival: Arrival) -> None:
    """Does what it says."""
    if arrival.is_overheard:
        return
    if wanted := arrival.headers.get("wanted"):  # nothing of it is believed but that something stands there
        arrival.ignore()
        threads.bring(arrival, wanted, again=not is_a(arrival.activity, "Create"))
        return
    if arrival.here.fetched == "object":
        words.say(arrival, arrival.activity)
        return
    for kind in types(arrival.activity):
        if verb := VERBS.get(kind):
            verb(arrival)
            return
