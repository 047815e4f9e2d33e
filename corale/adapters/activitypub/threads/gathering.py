"""The rest of a thread, a moment after somebody spoke to us in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress

from django_tasks import task

from corale.adapters.activitypub import addresses
from corale.adapters.activitypub.actors import remote_actor
from corale.adapters.activitypub.threads.asking import Found, ask, keep_all
from corale.adapters.activitypub.threads.collections import members
from corale.adapters.activitypub.threads.memory import remember
from corale.adapters.activitypub.wire.fields import uri
from corale.channels.errors import ChannelError
from corale.channels.models import Connection
from corale.jobs.enqueue import later

COUNT = 40
GROUP = "activitypub.threads"


def gather_later(connection: Connection, root: str, lists: Sequence[str], authors: Sequence[str]) -> None:
    """Once for each thread while it waits; in the caller's transaction."""
    later(_gather, connection.pk, root, list(lists), list(authors), key=root, group=GROUP, limit=2)


@task(max_attempts=1)
def _gather(connection_id: int, root: str, lists: list[str], authors: list[str]) -> None:
    gather(Connection.objects.get(pk=connection_id), root, lists, authors)


def gather(connection: Connection, root: str, lists: Sequence[str], authors: Sequence[str] = ()) -> int:
    """Asks for at most forty objects that the thread's collections list, and for those who said them and what stands
    above them (`authors`); how many are new."""
    found = list[Found]()
    for place in _places(root, lists):
        if (asked := ask(place)) is not None:
            found.append(asked)
    kept = keep_all(connection, found, root=root)
    remember((uri(each.thing.get("id")), uri(each.thing.get("inReplyTo")), root) for each in found)
    from corale.adapters.activitypub.inbox.working import wake

    _meet({*authors, *(uri(each.thing.get("attributedTo")) for each in found)})
    wake(connection)  # in its turn: the record reads nothing before it was worked
    return kept


def _places(root: str, lists: Sequence[str]) -> Iterator[str]:
    """The thread's own collection first (FEP-7888, FEP-f228), then the answers to its beginning; each once."""
    seen = {root}
    for collection in lists:
        for place in members(collection, collection):
            if len(seen) > COUNT:
                return
            if place not in seen and not addresses.is_ours(place):
                seen.add(place)
                yield place


def _meet(authors: set[str]) -> None:
    """Who they are; whoever does not answer stays an address."""
    for author in sorted(authors - {""}):
        with suppress(ChannelError):
            remote_actor(author)
