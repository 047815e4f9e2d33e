"""What a collection of another server lists: a thread (FEP-7888, FEP-f228), or the answers to something."""

from __future__ import annotations

from collections.abc import Iterator

from corale.adapters.activitypub.fetching import document
from corale.adapters.activitypub.wire.fields import same_host, uri
from corale.adapters.activitypub.wire.things import Thing, each, is_a, normalised
from corale.channels.errors import ChannelError

PAGES = 3
KINDS = ("Collection", "OrderedCollection", "CollectionPage", "OrderedCollectionPage")


def members(address: str, home: str) -> Iterator[str]:
    """The addresses in it, over at most three pages. `home`: something on the server that may speak for it."""
    place: object = address
    for _ in range(PAGES + 1):
        if (page := _page(place, home)) is None:
            return
        for item in each(page.get("items")) + each(page.get("orderedItems")):
            if found := uri(item):
                yield found
        place = page.get("next") if is_a(page, *KINDS[2:]) else page.get("first")


def _page(place: object, home: str) -> Thing | None:
    """Sent along, or asked for."""
    if isinstance(place, dict) and (place.get("items") or place.get("orderedItems")):
        return place
    address = uri(place)
    if not address or not same_host(address, home):
        return None
    try:
        found = normalised(document(address))
    except ChannelError:
        return None
    return found if is_a(found, *KINDS) else None
