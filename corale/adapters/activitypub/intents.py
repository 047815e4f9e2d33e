"""Where somebody answers or follows from: their own server, as its WebFinger says (FEP-3b86; before it, OStatus)."""

from __future__ import annotations

import json
import re
import threading
from typing import Any
from urllib.parse import quote, urlsplit

from django.conf import settings

from corale.adapters.activitypub.handles import KINDS, Handle, handle_in
from corale.adapters.activitypub.hosts import is_blocked
from corale.channels.errors import Malformed, Refused, Unreachable
from corale.lib import http

FEP = "https://w3id.org/fep/3b86/"
OSTATUS = "http://ostatus.org/schema/1.0/subscribe"
WAYS: dict[str, tuple[str, ...]] = {
    "follow": ("Follow", "Object", OSTATUS),
    "reply": ("Create", "Object", OSTATUS),
    "like": ("Like", "Object", OSTATUS),
    "share": ("Announce", "Object", OSTATUS),
}
"""What one may want to do, and what may lead there, the best first."""

SECONDS, MAX_BYTES, AT_ONCE = 4.0, 64 * 1024, 2
_PLACE = re.compile(r"\{[^{}]{0,40}\}")
_busy = threading.BoundedSemaphore(AT_ONCE)


def home_of(handle: str, what: str, uri: str) -> str:
    """The address at somebody's own server at which they do `what` to `uri`.

    Asks one question of that server, briefly, and never more than two at a time: strangers may ask for it.
    Errors: Refused (no handle, nobody there, no such way), Unreachable (also: we are busy), Malformed.
    """
    who = handle_in(handle)
    if is_blocked(who.host):
        raise Refused(f"a blocked server: {who.host}")
    if not _busy.acquire(blocking=False):
        raise Unreachable("busy", retry_after=SECONDS)
    try:
        links = _links(who)
    finally:
        _busy.release()
    for way in WAYS[what]:
        template = links.get(way) or links.get(FEP + way, "")
        if template and (way != "Create" or "{inReplyTo}" in template):
            return filled(template, uri)
    raise Refused(f"{who.host} does not say how")


def filled(template: str, uri: str) -> str:
    """The template with the address in it; what we have nothing for stays empty (FEP-3b86). Errors: Malformed."""
    ours = {"{uri}": uri, "{object}": uri, "{inReplyTo}": uri, "{type}": "Note"}
    address = _PLACE.sub(lambda found: quote(ours.get(found[0], ""), safe=""), template)
    parts = urlsplit(address)
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and settings.CORALE_ALLOW_LOOPBACK)
    if not is_safe or not parts.hostname or parts.username or len(address) > 4000:
        raise Malformed("not an address to go to")
    return address


def _links(who: Handle) -> dict[str, str]:
    """The templates of an account, by their relation."""
    found = _asked(who)
    links = found.get("links")
    return {
        link["rel"]: link["template"]
        for link in (links if isinstance(links, list) else [])
        if isinstance(link, dict) and isinstance(link.get("rel"), str) and isinstance(link.get("template"), str)
    }


def _asked(who: Handle) -> dict[str, Any]:
    answer = _answered(f"{who.host}/.well-known/webfinger?resource={quote(f'acct:{who}', safe='')}")
    if not answer.is_ok:
        raise (Refused if answer.status < 500 else Unreachable)(f"{answer.status} at {who.host}")
    if answer.headers.get("content-type", "").partition(";")[0].strip().lower() not in KINDS:
        raise Malformed(f"not JSON at {who.host}")
    try:
        thing = json.loads(answer.content)
    except (ValueError, RecursionError) as error:
        raise Malformed(f"not JSON at {who.host}") from error
    return thing if isinstance(thing, dict) else {}


def _answered(place: str) -> http.Fetched:
    """Over https only, except on loopback in tests."""
    try:
        return _fetched(f"https://{place}")
    except http.HttpError as error:
        if not settings.CORALE_ALLOW_LOOPBACK or isinstance(error, http.NotAllowed | http.TooMuch):
            raise _named(error) from error
    try:
        return _fetched(f"http://{place}")
    except http.HttpError as error:
        raise _named(error) from error


def _fetched(url: str) -> http.Fetched:
    return http.fetch(
        url, allow_loopback=settings.CORALE_ALLOW_LOOPBACK, max_bytes=MAX_BYTES, timeout=SECONDS, max_redirects=2,
        headers={"Accept": "application/jrd+json, application/json"},
    )  # fmt: skip


def _named(error: http.HttpError) -> Refused | Unreachable:
    return Refused(str(error)) if isinstance(error, http.NotAllowed | http.TooMuch) else Unreachable(str(error))
