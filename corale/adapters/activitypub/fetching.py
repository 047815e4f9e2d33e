"""What stands at an address: documents of other servers, believed only as far as the address goes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from email.message import Message
from typing import Any

import httpx

from corale.adapters.activitypub.asking import Gone, ask
from corale.channels.errors import Malformed

PROFILE = "https://www.w3.org/ns/activitystreams"
ACCEPT = f'application/activity+json, application/ld+json; profile="{PROFILE}"'

__all__ = ["ACCEPT", "Found", "Gone", "document", "find", "json_at"]


@dataclass(frozen=True, slots=True)
class Found:
    """A document, with the bytes as they came. `uri` is its id, and the address that it came from."""

    uri: str
    body: bytes
    document: dict[str, Any]


def document(uri: str, *, accept: str = ACCEPT) -> dict[str, Any]:
    """The object or actor at an address, fetched with a signature. See `find` for what may go wrong."""
    return find(uri, accept=accept).document


def find(uri: str, *, accept: str = ACCEPT) -> Found:
    """The document with this id, or to which this address leads: one that says it has another id is fetched once more,
    from there. So nobody can put words into another server's mouth.

    Errors: Gone (404, 410, or a Tombstone), Refused, Unreachable, Malformed.
    """
    found, is_there = _read(ask(uri, accept))
    if not is_there:
        found, is_there = _read(ask(found.uri, accept))
        if not is_there:
            raise Malformed(f"what is at {uri[:200]} says that it is {found.uri[:200]}, which it is not")
    if found.document.get("type") == "Tombstone":
        raise Gone(uri, 410)
    return found


def json_at(uri: str, *, accept: str, kinds: frozenset[str]) -> dict[str, Any]:
    """A JSON object of one of these kinds of content that is no ActivityStreams: WebFinger, NodeInfo."""
    answer = ask(uri, accept)
    if _kind(answer).get_content_type() not in kinds:
        raise Malformed(f"not JSON at {uri[:200]}")
    return _object(answer)


def _read(answer: httpx.Response) -> tuple[Found, bool]:
    """And whether it is where it says."""
    _check_kind(answer)
    document = _object(answer)
    uri = document.get("id")
    if not isinstance(uri, str) or not uri:
        raise Malformed(f"nothing with an id at {answer.url}")
    return Found(uri, answer.content, document), _same(uri, answer.url)


def _same(uri: str, place: httpx.URL) -> bool:
    try:
        return httpx.URL(uri).copy_with(fragment=None) == place.copy_with(fragment=None)
    except (httpx.InvalidURL, ValueError) as error:
        raise Malformed(f"an id that is no address: {uri[:200]!r}") from error


def _check_kind(answer: httpx.Response) -> None:
    """Only what a server itself calls ActivityStreams: anything else may be a file that somebody has uploaded."""
    kind = _kind(answer)
    profiles = str(kind.get_param("profile", "")).split()
    if kind.get_content_type() == "application/activity+json":
        return
    if kind.get_content_type() != "application/ld+json" or PROFILE not in profiles:
        raise Malformed(f"no ActivityStreams at {answer.url}")


def _kind(answer: httpx.Response) -> Message:
    message = Message()
    message["Content-Type"] = answer.headers.get("content-type", "")
    return message


def _object(answer: httpx.Response) -> dict[str, Any]:
    try:
        document = json.loads(answer.content)
    except (ValueError, RecursionError) as error:
        raise Malformed(f"not JSON at {answer.url}") from error
    if not isinstance(document, dict):
        raise Malformed(f"not an object at {answer.url}")
    return document
