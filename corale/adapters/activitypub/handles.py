"""Handles (name@host) and the actors behind them: WebFinger (RFC 7033), asked of others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.conf import settings

from corale.adapters.activitypub.described import address
from corale.adapters.activitypub.fetching import PROFILE, json_at
from corale.adapters.activitypub.hosts import host_of
from corale.channels.errors import Malformed, Refused, Unreachable

KINDS = frozenset({"application/jrd+json", "application/json"})  # NodeBB says the second
ACTORS = ("application/activity+json", f'application/ld+json; profile="{PROFILE}"')


@dataclass(frozen=True, slots=True)
class Handle:
    """name@host, the host in small letters."""

    name: str
    host: str

    def __str__(self) -> str:
        return f"{self.name}@{self.host}"


def handle_in(text: str) -> Handle:
    """@name@host, name@host or acct:name@host. Refused for anything else."""
    name, _, host = text.strip().removeprefix("acct:").removeprefix("@").rpartition("@")
    host = host_of(f"https://{host}/") if not set(host) & set("/?#@ ") else ""
    if not name or not host or set(name) & set("@/?# ") or len(name) + len(host) > 299:
        raise Refused(f"not a handle: {text[:200]!r}")
    return Handle(name, host)


def look_up(handle: Handle) -> tuple[Handle, str]:
    """How its host calls it, and the actor. Errors: as `fetching.json_at`; Malformed when no actor is named."""
    found = _ask(handle)
    links = found.get("links")
    hrefs = [
        address(link.get("href"))
        for link in (links if isinstance(links, list) else [])
        if isinstance(link, dict) and link.get("rel") == "self" and str(link.get("type", "")).lower() in ACTORS
    ]
    if not any(hrefs):
        raise Malformed(f"{handle} is nobody on the fediverse")
    subject = found.get("subject")
    said = handle_in(subject) if isinstance(subject, str) and subject.startswith("acct:") else handle
    return said, next(filter(None, hrefs))


def confirmed(name: str, uri: str) -> Handle:
    """The handle of an actor: its own host says which one, and the host of that one says whose it is. So a company may
    have its handles on one domain and its server on another, and nobody has another's. Refused where they disagree."""
    said, actor = look_up(Handle(name, host_of(uri)))
    if said.host != host_of(uri):
        said, actor = look_up(said)
    if actor != uri:
        raise Refused(f"{said} is {actor[:200]}, not {uri[:200]}")
    return said


def _ask(handle: Handle) -> dict[str, Any]:
    """Over https only, except on loopback in tests."""
    query = f"{handle.host}/.well-known/webfinger?resource={quote(f'acct:{handle}', safe='')}"
    try:
        return json_at(f"https://{query}", accept="application/jrd+json", kinds=KINDS)
    except Unreachable:
        if not settings.CORALE_ALLOW_LOOPBACK:
            raise
        return json_at(f"http://{query}", accept="application/jrd+json", kinds=KINDS)
