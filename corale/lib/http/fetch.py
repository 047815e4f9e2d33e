"""Asking once, and getting bytes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urljoin

import httpx

from corale.lib.http.addresses import allowed
from corale.lib.http.door import client, named
from corale.lib.http.errors import NotAllowed, TooMuch

REDIRECTS = {301, 302, 303, 307, 308}


@dataclass(frozen=True, slots=True)
class Fetched:
    """What was there: the address it came from in the end, the status, the headers in lower case, the bytes."""

    url: str
    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def is_ok(self) -> bool:
        return 200 <= self.status < 300


def fetch(
    url: str,
    *,
    allow_loopback: bool = False,
    max_bytes: int = 5 * 1024 * 1024,
    timeout: float = 10.0,
    max_redirects: int = 3,
    headers: Mapping[str, str] | None = None,
) -> Fetched:
    """GET, within `timeout` seconds for each of at most `max_redirects` + 1 answers.

    Headers given here are for the first place only: they do not follow a redirect to another origin.
    """
    given = dict(headers or {})
    with client(allow_loopback=allow_loopback, max_bytes=max_bytes, total_seconds=timeout, timeout=timeout) as door:
        for _ in range(max_redirects + 1):
            answer = _ask(door, url, given)
            target = answer.headers.get("location")
            if answer.status not in REDIRECTS or target is None:
                return answer
            url, given = _onward(url, target, given)
    raise TooMuch(f"more than {max_redirects} redirects")


def _ask(door: httpx.Client, url: str, headers: Mapping[str, str]) -> Fetched:
    allowed(url)
    try:
        answer = door.get(url, headers=headers)
    except httpx.InvalidURL as error:
        raise NotAllowed(str(error)) from error
    except httpx.HTTPError as error:
        raise named(error) from error
    return Fetched(str(answer.url), answer.status_code, dict(answer.headers.items()), answer.content)


def _onward(url: str, target: str, headers: dict[str, str]) -> tuple[str, dict[str, str]]:
    try:
        here, there = allowed(url), allowed(urljoin(url, target))
    except ValueError as error:
        raise NotAllowed(f"a redirect to nowhere: {target[:200]!r}") from error
    if here.scheme == "https" and there.scheme == "http":
        raise NotAllowed("a redirect from https to http")
    same = (here.scheme, here.netloc) == (there.scheme, there.netloc)
    return there.geturl(), headers if same else {}
