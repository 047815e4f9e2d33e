"""Addresses on the AT Protocol: at:// for programs, https:// for people."""

from __future__ import annotations

from dataclasses import dataclass

import regex

POST = "app.bsky.feed.post"
LIKE = "app.bsky.feed.like"
REPOST = "app.bsky.feed.repost"
FOLLOW = "app.bsky.graph.follow"

_ADDRESS = regex.compile(r"at://(?P<repo>[^/\s?#]+)/(?P<collection>[a-zA-Z0-9.-]+)/(?P<rkey>[A-Za-z0-9._:~-]{1,512})")
_DID = regex.compile(r"did:[a-z]+:[a-zA-Z0-9._:%-]+[a-zA-Z0-9._-]")
_HANDLE = regex.compile(
    r"(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\.)+[a-zA-Z](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
)


@dataclass(frozen=True, slots=True)
class Address:
    """One record in somebody's repository."""

    repo: str
    collection: str
    rkey: str

    def __str__(self) -> str:
        return f"at://{self.repo}/{self.collection}/{self.rkey}"


def parse(uri: str) -> Address:
    """The three parts. ValueError when it is not the address of a record."""
    if (found := _ADDRESS.fullmatch(uri)) is None:
        raise ValueError(f"not the address of a record: {uri[:200]!r}")
    return Address(found["repo"], found["collection"], found["rkey"])


def owner(uri: str) -> str:
    """Whose record it is; "" when it is not the address of a record."""
    try:
        return parse(uri).repo
    except ValueError:
        return ""


def is_post(uri: str) -> bool:
    """The address of a post."""
    try:
        return parse(uri).collection == POST
    except ValueError:
        return False


def is_did(text: str) -> bool:
    """A stable identifier of an account."""
    return len(text) <= 2048 and _DID.fullmatch(text) is not None


def is_handle(text: str) -> bool:
    """A handle: a host name of at least two parts, the last beginning with a letter."""
    return len(text) <= 253 and _HANDLE.fullmatch(text) is not None


def post_page(uri: str, handle: str = "") -> str:
    """Where anyone can read a post in a browser; "" when it is not a post."""
    if not is_post(uri):
        return ""
    address = parse(uri)
    return f"{profile_page(address.repo, handle)}/post/{address.rkey}"


def profile_page(did: str, handle: str = "") -> str:
    """Where anyone can look at somebody in a browser. An invalid handle is not one to show."""
    return f"https://bsky.app/profile/{handle if handle and handle != 'handle.invalid' else did}"
