"""Hosts: whose house an address is in, and whether we want to hear of that house."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import httpx

from corale.store import rows

WEB = frozenset({"https", "http"})
_BLOCKED = "SELECT host FROM activitypub_server WHERE stance = 'blocked' AND host IN ({marks})"


@lru_cache(maxsize=16_384)
def host_of(uri: str) -> str:
    """Host, and port where it is not the usual one, in small letters, as in `Server.host`; "" for no address."""
    try:
        place = httpx.URL(uri)
        return place.copy_with(host=place.host.rstrip(".")).netloc.decode() if place.scheme in WEB else ""
    except (httpx.InvalidURL, TypeError, ValueError):
        return ""


def is_blocked(*hosts: str) -> bool:
    """Whether one of them is, or a domain it belongs to: whoever blocks example.com means a.example.com as well."""
    return bool(blocked_among(hosts))


def blocked_among(hosts: Iterable[str]) -> set[str]:
    """Those of some hosts that are blocked. One query for each few hundred of them."""
    above = {host: _and_above(host) for host in hosts}
    blocked = {row[0] for row in rows.select_in(_BLOCKED, {each for names in above.values() for each in names})}
    return {host for host, names in above.items() if not blocked.isdisjoint(names)}


@lru_cache(maxsize=4_096)
def _and_above(host: str) -> list[str]:
    """a.b.example:8443: itself, a.b.example, b.example. A top-level domain is nobody's house."""
    name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host
    labels = name.split(".")
    return [host, *(".".join(labels[start:]) for start in range(max(1, len(labels) - 1)))]
