"""Getting to know somebody: their document is fetched once, and where that fails, the failure is remembered.

What is remembered here is remembered by one process and for minutes; it keeps floods from costing anything, and holds
nothing that would be missed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import TypeVar, cast

from django.core.cache.backends.locmem import LocMemCache

from corale.adapters.activitypub.described import Described, address, described
from corale.adapters.activitypub.fetching import Found, Gone, find
from corale.adapters.activitypub.hosts import host_of
from corale.adapters.activitypub.signing import NotBelieved, PublicKey
from corale.channels.errors import ChannelError, Malformed, Refused, Unreachable

MINUTE, FETCHES, FAILURES, REFETCHES = 60, 300, 10, 20
"""In a minute and for one host: how often it is asked at most, in how many failures we leave it alone, and how often
one more time because a key did not fit."""

SECONDS = {Gone: 3600, Refused: 600, Malformed: 600, Unreachable: MINUTE}
"""For how long each kind of failure is taken for granted."""


class _Memory(LocMemCache):
    """Of this process alone."""

    def validate_key(self, key: str) -> None:
        """Any will do."""


lately = _Memory("corale.activitypub.lately", {"timeout": MINUTE, "max_entries": 20_000})
_seen = _Memory("corale.activitypub.seen", {"timeout": MINUTE, "max_entries": 100})
_hands = BoundedSemaphore(3)
"""Threads of a web process (it has four) that may wait for other servers at one time: the rest go on answering."""
T = TypeVar("T")


def introduce(uri: str, *, anew: bool = True) -> Described:
    """Somebody, from their own server. Errors: as `fetching.find`; again, without asking, for a while after one.
    Not `anew`: as they were within the last minute will do."""
    if not anew and (them := _seen.get(uri)) is not None:
        return cast(Described, them)
    them = _remembering(uri, lambda: described(find(uri)))
    _seen.set(uri, them)
    return them


def introduce_key(key_id: str, hint: str = "", *, anew: bool = True) -> tuple[Described, PublicKey]:
    """Whose key this is, and the key. `hint`: who is said to have signed; their document usually holds the key, and is
    what we will need anyway. Otherwise the key's own address says: the document of its owner, or of the key alone.

    Errors: NotBelieved; as `fetching.find`.
    """
    if (owner := _owner(key_id, hint)) and (key := (them := introduce(owner, anew=anew)).key(key_id)):
        return them, key
    return _remembering(key_id, lambda: _with_key(key_id, find(key_id)))


def is_hopeless(key_id: str, hint: str = "") -> bool:
    """Asking for it has failed, not long ago."""
    return lately.get(f"failed {_owner(key_id, hint) or key_id}") is not None


def _owner(key_id: str, hint: str) -> str:
    """Whose the key looks to be: the one who is said to have signed, where its address begins with theirs."""
    bare = key_id.partition("#")[0].rstrip("/")
    return hint if hint and f"{bare}/".startswith(hint.rstrip("/") + "/") else ""


def _with_key(key_id: str, found: Found) -> tuple[Described, PublicKey]:
    """A key in its owner's document, or in one of its own: then its owner must say that it is theirs."""
    if "publicKeyPem" not in found.document:
        them = described(found)
        if (key := them.key(key_id)) is None:
            raise Refused(f"{them.uri} has no key {key_id[:200]}")
        return them, key
    owner, pem = address(found.document.get("owner")), found.document["publicKeyPem"]
    if host_of(owner) != host_of(key_id) or not isinstance(pem, str):
        raise Refused(f"whose key is {key_id[:200]}?")
    them = introduce(owner)
    if key_id not in them.key_ids:
        raise Refused(f"{owner} does not know {key_id[:200]}")
    return them, PublicKey(key_id, them.uri, pem)


def forget() -> None:
    """Everything that was remembered here."""
    lately.clear()
    _seen.clear()


@contextmanager
def at_hand() -> Iterator[None]:
    """While a request waits for another server. NotBelieved("too_many") when enough of them do."""
    if not _hands.acquire(timeout=1):
        raise NotBelieved("too_many", 429, retry_after=10)
    try:
        yield
    finally:
        _hands.release()


def check_host(host: str, *, again: bool = False) -> None:
    """Counts a question to a host. NotBelieved when it has been asked enough, or does not answer."""
    if int(lately.get(f"failures {host}") or 0) >= FAILURES:
        raise NotBelieved("no_key")
    if count(f"{'refetches' if again else 'fetches'} {host}") > (REFETCHES if again else FETCHES):
        raise NotBelieved("too_many", 429, retry_after=MINUTE)


def count(name: str) -> int:
    """One more within this minute; how many that is."""
    lately.add(name, 0, MINUTE)
    try:
        return int(lately.incr(name))
    except ValueError:  # the minute was over in between
        return 1


def _remembering(uri: str, ask: Callable[[], T]) -> T:
    """What `ask` finds. A failure is raised again for a while, without asking."""
    if (failure := lately.get(f"failed {uri}")) is not None:
        raise _again(uri, *failure)
    try:
        return ask()
    except ChannelError as error:
        kind = next((each for each in SECONDS if isinstance(error, each)), Unreachable)
        status = error.status if isinstance(error, Gone) else 0
        lately.set(f"failed {uri}", (kind.__name__, str(error), status), SECONDS[kind])
        if kind is Unreachable or status == 404:
            count(f"failures {host_of(uri)}")
        raise


def _again(uri: str, kind: str, problem: str, status: int) -> ChannelError:
    if kind == "Gone":
        return Gone(uri, status)
    return {each.__name__: each for each in (Refused, Malformed, Unreachable)}[kind](problem)
