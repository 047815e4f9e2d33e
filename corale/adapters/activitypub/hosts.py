"""Hosts: whose house an address is in, and whether we want to hear of that house."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

import httpx

from corale.store import rows

_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
WEB = frozenset({"https", "http"})
_RULED = "SELECT host FROM activitypub_server WHERE {rule} AND host IN ({{marks}})"
_BLOCKED = _RULED.format(rule="stance = 'blocked'")
_LIMITED = _RULED.format(rule="stance = 'limited'")
_NO_MEDIA = _RULED.format(rule="rejects_media")
_NO_REPORTS = _RULED.format(rule="rejects_reports")


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
    return _among(_BLOCKED, hosts)


def is_limited(host: str) -> bool:
    """Whether its people are heard only where we know them; subdomains as above."""
    return bool(limited_among([host]))


def limited_among(hosts: Iterable[str]) -> set[str]:
    """Those of some hosts that are limited."""
    return _among(_LIMITED, hosts)


def rejects_media(host: str) -> bool:
    """Whether we neither show nor fetch its pictures and films."""
    return bool(_among(_NO_MEDIA, [host]))


def without_media(url: str) -> bool:
    """An address from which we fetch no pictures: of such a server, or of a blocked one."""
    host = host_of(url)
    return bool(host) and (rejects_media(host) or is_blocked(host))


def rejects_reports(host: str) -> bool:
    """Whether we do not listen to its complaints."""
    return bool(_among(_NO_REPORTS, [host]))


def _among(statement: str, hosts: Iterable[str]) -> set[str]:
    above = {host: and_above(host) for host in hosts}
    ruled = {row[0] for row in rows.select_in(statement, {each for names in above.values() for each in names})}
    return {host for host, names in above.items() if not ruled.isdisjoint(names)}


def named(said: str) -> str:
    """The host that somebody means who writes example.com, *.example.com, @example.com or an address of it; "" for
    what is none. Not in ASCII is written as the network writes it (xn--…)."""
    name = said.strip().lower().removeprefix("*.").lstrip("@").rpartition("@")[2]
    name = name if "://" in name else f"https://{name}"
    host = host_of(name)
    bare = host.partition(":")[0]
    fits = "." in bare and all(_LABEL.fullmatch(label) for label in bare.split(".")) and len(host) <= 255
    return host if fits else ""


@lru_cache(maxsize=4_096)
def and_above(host: str) -> list[str]:
    """a.b.example:8443: itself, a.b.example, b.example. A top-level domain is nobody's house."""
    name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host
    labels = name.split(".")
    return [host, *(".".join(labels[start:]) for start in range(max(1, len(labels) - 1)))]
