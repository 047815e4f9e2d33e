"""One signed question to another server: guarded, bounded, in the scheme that it understands."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from time import monotonic
from urllib.parse import urljoin

import httpx
from django.conf import settings

from corale import __version__
from corale.adapters.activitypub import addresses, own
from corale.adapters.activitypub.hosts import host_of, is_blocked
from corale.adapters.activitypub.models import Server
from corale.adapters.activitypub.sending.answer import retry_after
from corale.adapters.activitypub.signing import Scheme, is_worth_a_second, knocks, sign
from corale.channels.errors import Malformed, Refused, Unreachable
from corale.lib import http

MAX_BYTES, MAX_REDIRECTS, SECONDS = 1024 * 1024, 3, 10.0
REDIRECTS = {301, 302, 303, 307, 308}


class Gone(Refused):
    """There is nothing there: `status` is 404, or 410 when it will not come back."""

    def __init__(self, uri: str, status: int) -> None:
        super().__init__(f"{status} at {uri[:200]}")
        self.status = status


def ask(uri: str, accept: str) -> httpx.Response:
    """GET, signed by the house, wherever the redirects lead. A fragment stays here.

    Errors: Gone, Refused (also by us: blocked, ours, not https, not public), Unreachable (later), Malformed (too much).
    """
    until, here = monotonic() + SECONDS, _place(uri)
    for _ in range(MAX_REDIRECTS + 1):
        _check(here)
        answer = _knock(here, accept)
        target = answer.headers.get("location")
        if answer.status_code not in REDIRECTS or target is None:
            return _judged(answer, str(here))
        here = _place(urljoin(str(here), target))
        if monotonic() > until:
            raise Unreachable(f"too many turns to {uri[:200]}")
    raise Refused(f"more than {MAX_REDIRECTS} redirects from {uri[:200]}")


def _place(uri: str) -> httpx.URL:
    try:
        return httpx.URL(uri).copy_with(fragment=None)
    except (httpx.InvalidURL, ValueError, TypeError) as error:
        raise Refused(f"not an address: {uri[:200]!r}") from error


def _check(place: httpx.URL) -> None:
    """https only, except on loopback in tests; never ourselves, who would have to answer meanwhile."""
    if place.scheme != "https" and not (place.scheme == "http" and settings.CORALE_ALLOW_LOOPBACK):
        raise Refused(f"only https, not {place.scheme[:20]!r}")
    if host_of(str(place)) == addresses.host():
        raise Refused(f"ours: {place}")
    if is_blocked(host_of(str(place))):
        raise Refused(f"a blocked server: {place.host}")


def _knock(place: httpx.URL, accept: str) -> httpx.Response:
    """In the scheme that worked there, then in the other; that this one worked is news."""
    host = host_of(str(place))
    first, second = knocks(Server.objects.filter(host=host).values_list("scheme", flat=True).first() or "")
    answer = _get(place, accept, first)
    if not is_worth_a_second(answer.status_code):
        return answer
    again = _get(place, accept, second)
    if again.is_success:
        Server.objects.update_or_create(host=host, defaults={"scheme": second})
    return again if again.is_success else answer


def _get(place: httpx.URL, accept: str, scheme: Scheme) -> httpx.Response:
    house = own.instance_actor()
    asked = {"Accept": accept, "User-Agent": f"Corale/{__version__} (+{addresses.base()})"}
    headers = sign(
        "GET", str(place), None, key_id=house.key_id, private_key_pem=house.signing_key, scheme=scheme, headers=asked
    )
    with _named(str(place)):
        return _door(settings.CORALE_ALLOW_LOOPBACK).get(place, headers=headers)


@cache
def _door(allow_loopback: bool) -> httpx.Client:
    """One for the process: connections are kept for a while, and TLS is set up once."""
    return http.client(allow_loopback=allow_loopback, max_bytes=MAX_BYTES, total_seconds=SECONDS, timeout=SECONDS)


@contextmanager
def _named(uri: str) -> Iterator[None]:
    try:
        yield
    except http.NotAllowed as error:
        raise Refused(str(error)) from error
    except http.TooMuch as error:
        raise Malformed(str(error)) from error
    except (http.HttpError, httpx.HTTPError) as error:
        raise Unreachable(f"{uri[:200]}: {error or type(error).__name__}") from error
    except httpx.InvalidURL as error:
        raise Refused(f"not an address: {uri[:200]!r}") from error


def _judged(answer: httpx.Response, uri: str) -> httpx.Response:
    status = answer.status_code
    if answer.is_success:
        return answer
    if status in {404, 410}:
        raise Gone(uri, status)
    if status in {408, 425, 429} or status >= 500:
        raise Unreachable(f"{status} at {uri[:200]}", retry_after=retry_after(answer.headers))
    raise Refused(f"{status} at {uri[:200]}")
