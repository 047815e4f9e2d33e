"""After somebody has spoken to us: what they answer, and under which root the record should read it."""

from __future__ import annotations

from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING

from corale.adapters.activitypub import addresses
from corale.adapters.activitypub.threads.asking import Found, ask, keep_all
from corale.adapters.activitypub.threads.gathering import gather_later
from corale.adapters.activitypub.threads.memory import recall, remember
from corale.adapters.activitypub.wire.audience import audience, recipients
from corale.adapters.activitypub.wire.fields import host, same_host, uri
from corale.adapters.activitypub.wire.quotes import quoted
from corale.adapters.activitypub.wire.tags import tags
from corale.adapters.activitypub.wire.things import Thing

if TYPE_CHECKING:
    from corale.adapters.activitypub.inbox.arrival import Arrival

DEPTH = 20
PATIENCE = 6.0  # seconds, for the parents of everything in one batch


def concerns_us(arrival: Arrival, thing: Thing) -> bool:
    """It names one of us, or is about something of ours."""
    about = (uri(thing.get("inReplyTo")), quoted(thing))
    named = {each.href for each in tags(thing).mentions} | recipients(thing, arrival.activity)
    return any(addresses.is_ours(each) for each in (*about, *named))


def follow_up(arrival: Arrival, thing: Thing) -> None:
    """Asks for its parents now, and for the rest of the thread soon."""
    if not concerns_us(arrival, thing):
        return
    address, parent = uri(thing.get("id")), uri(thing.get("inReplyTo"))
    climbed = _climb(arrival, parent) if parent else Climbed(root=address)
    remember([(address, parent, climbed.root)])
    if climbed.root not in ("", parent, address):
        arrival.note(root=climbed.root)
    if audience(thing, arrival.activity, arrival.signer) != "direct" and climbed.is_news:
        gather_later(arrival.round.connection, climbed.root, climbed.lists(thing), climbed.authors)


@dataclass
class Climbed:
    """The way up. `root`: the highest that we can name; "" when it is ours, for the record knows where that stands."""

    root: str = ""
    found: list[Found] = field(default_factory=list)

    @property
    def is_news(self) -> bool:
        """A thread of others that we have not been in before."""
        return bool(self.root and self.found)

    @property
    def authors(self) -> list[str]:
        """Those who speak in it."""
        return list({uri(each.thing.get("attributedTo")): True for each in self.found})

    def lists(self, thing: Thing) -> list[str]:
        """The collections that tell the rest: the thread's own, on the server of whoever names it; then the answers to
        its beginning, as its own server lists them."""
        top = self.found[-1].thing
        context = [found for each in (thing, top) if same_host(found := uri(each.get("context")), uri(each.get("id")))]
        replies = uri(top.get("replies"))
        return [*dict.fromkeys(context), *([replies] if same_host(replies, uri(top.get("id"))) else [])]


def _climb(arrival: Arrival, parent: str) -> Climbed:
    """From parent to parent."""
    way, chain, address, root = Climbed(), list[str](), parent, ""
    while not addresses.is_ours(address):
        chain.append(address)
        known = recall(address)
        if known is not None and known.root:
            root = known.root
            break
        above = known.parent if known is not None else ""
        if not above and (asked := _patiently(arrival, address)) is not None:
            way.found.append(asked)
            above = uri(asked.thing.get("inReplyTo"))
        if not above or above in chain or len(chain) >= DEPTH:
            root = address
            break
        address = above
    way.root = root
    keep_all(arrival.round.connection, way.found, root=root or _below(way))
    remember((uri(each.thing.get("id")), uri(each.thing.get("inReplyTo")), root) for each in way.found)
    return way


def _below(way: Climbed) -> str:
    """Of a thread that leads up to something of ours: that, under which the record has it."""
    return uri(way.found[-1].thing.get("inReplyTo")) if way.found else ""


def _patiently(arrival: Arrival, address: str) -> Found | None:
    """A server that keeps us waiting is not asked again for what else came with this."""
    shared, place = arrival.round, host(address)
    if shared.waited >= PATIENCE or place in shared.silent:
        return None
    began = monotonic()
    found = ask(address)
    took = monotonic() - began
    shared.waited += took
    if found is None and took > 1:
        shared.silent.add(place)
    return found
