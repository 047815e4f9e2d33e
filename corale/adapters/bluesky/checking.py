"""What became of what we know. The network tells of deletions and of accounts that sleep only by leaving them out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence

from corale.adapters.bluesky.answers import Answer
from corale.adapters.bluesky.client import Account
from corale.adapters.bluesky.looking import ITS_OWN, POSTS, Us, below, posts, root_of
from corale.adapters.bluesky.wire import addresses
from corale.adapters.bluesky.wire.fields import number, text
from corale.adapters.bluesky.wire.slices import items, opened
from corale.channels.contract import Raw

Kept = Callable[[Sequence[str]], "set[str]"]
"""Which of some keys have arrived already."""

HOW = ("deleted", "hidden", "unreachable")
TIMES = 5
"""How often somebody's coming and going is told apart."""
THREADS = 10
ASLEEP = ("AccountDeactivated", "AccountTakedown", "InvalidRequest")


def recheck(account: Account, us: Us, native_ids: Sequence[str], kept: Kept) -> list[Raw]:
    """Posts, reactions and people as they are now: new versions, what is gone, what has come back."""
    ids = list(dict.fromkeys(native_ids))
    found = _posts(account, us, [each for each in ids if addresses.is_post(each)], kept)
    found += _people(account, us, [each for each in ids if addresses.is_did(each)], kept)
    for uri in ids:
        if not addresses.is_post(uri) and addresses.owner(uri):
            found += _reaction(account, us, uri)
    return found


def _posts(account: Account, us: Us, uris: Sequence[str], kept: Kept) -> list[Raw]:
    here = {text(opened(raw.body).get("uri")): raw for raw in posts(account, us, [(uri, ITS_OWN) for uri in uris])}
    history = History(kept, uris)
    found = list(here.values()) + [raw for uri, raw in here.items() for raw in history.back(uri, raw)]
    asleep: dict[str, Answer | None] = {}
    for uri in uris:
        if uri not in here:
            found += _absent(account, us, uri, history, asleep)
    roots = {root_of(opened(raw.body)) for raw in here.values()}
    first = posts(account, us, [(uri, ITS_OWN) for uri in sorted(roots - here.keys())])
    grown = _grown(account, [*here.values(), *first])
    return [*found, *first, *posts(account, us, [(uri, ITS_OWN) for uri in grown])]


def _absent(
    account: Account, us: Us, uri: str, history: History, asleep: dict[str, Answer | None]
) -> Iterable[Raw]:  # fmt: skip
    """Why a post is not shown: its account sleeps, it was deleted, or something hides it from us."""
    did = addresses.owner(uri)
    if did not in asleep:
        answer = account.get("app.bsky.actor.getProfile", accept=ASLEEP, actor=did)
        asleep[did] = None if answer.is_ok else answer
    if profile := asleep[did]:
        yield history.gone(uri, "unreachable", profile, us)
        return
    record = get_record(account, uri)
    if record.problem[0] == "RecordNotFound":
        yield history.gone(uri, "deleted", record, us)
    elif not record.is_ok:
        yield history.gone(uri, "unreachable", record, us)
    elif did != us.did:  # our own may only be too young to be shown
        yield history.gone(uri, "hidden", record, us)


def get_record(account: Account, uri: str) -> Answer:
    """A record as its owner keeps it."""
    at = addresses.parse(uri)
    accept = ("RecordNotFound", "InvalidRequest", "RepoNotFound", "RepoDeactivated", "RepoTakendown", "RepoSuspended")
    return account.get(
        "com.atproto.repo.getRecord", accept=accept, repo=at.repo, collection=at.collection, rkey=at.rkey
    )  # fmt: skip


def _reaction(account: Account, us: Us, uri: str) -> Iterable[Raw]:
    """A like, repost or follow that was taken back."""
    answer = get_record(account, uri)
    if answer.problem[0] == "RecordNotFound":
        headers = us.headers("absent", "com.atproto.repo.getRecord", uri=uri, how="undone")
        yield Raw(f"undone|{uri}", answer.body, headers)


def _people(account: Account, us: Us, dids: Sequence[str], kept: Kept) -> list[Raw]:
    found: list[Raw] = []
    history = History(kept, dids)
    for start in range(0, len(dids), POSTS):
        batch = dids[start : start + POSTS]
        answer = account.get("app.bsky.actor.getProfiles", actors=batch)
        here = {text(opened(body).get("did")): _profile(body, us) for body in items(answer.body, "profiles")}
        for did in batch:
            if raw := here.get(did):
                found += [raw, *history.back(did, raw)]
            elif not (alone := account.get("app.bsky.actor.getProfile", accept=ASLEEP, actor=did)).is_ok:
                found.append(history.gone(did, "unreachable", alone, us))
    return found


def _profile(body: bytes, us: Us) -> Raw:
    profile = opened(body)
    shown = "\0".join(text(profile.get(each)) for each in ("handle", "displayName", "avatar", "description"))
    face = hashlib.blake2b(shown.encode("utf-8", "replace"), digest_size=6).hexdigest()
    return Raw(f"w|{text(profile.get('did'))}|{face}", body, us.headers("profile", "app.bsky.actor.getProfiles"))


def _grown(account: Account, raws: Iterable[Raw]) -> list[str]:
    """What others have answered to each other in a thread: of that nobody notifies us."""
    found: list[str] = []
    grown = 0
    for raw in raws:
        view = opened(raw.body)
        uri, count = text(view.get("uri")), number(view.get("replyCount"))
        if count <= account.replies_seen.get(uri, 0) or grown == THREADS:
            continue
        grown += 1
        found += below(account, uri)
        account.replies_seen[uri] = count
    return found


class History:
    """How often something was found gone, and found again: each has a key of its own, so that it is kept once."""

    def __init__(self, kept: Kept, uris: Sequence[str]) -> None:
        asked = [
            key
            for uri in uris
            for time in range(1, TIMES + 1)
            for key in (_back(uri, time), *(_gone(uri, how, time) for how in HOW))
        ]
        self.kept = kept(asked) if asked else set()

    def times(self, uri: str) -> int:
        """How often it was gone."""
        told = [time for time in range(1, TIMES + 1) if any(_gone(uri, how, time) in self.kept for how in HOW)]
        return max(told, default=0)

    def back(self, uri: str, raw: Raw) -> list[Raw]:
        """It was gone and is here again."""
        time = self.times(uri)
        return [Raw(_back(uri, time), raw.body, {**raw.headers, "back": str(time)})] if time else []

    def gone(self, uri: str, how: str, answer: Answer, us: Us) -> Raw:
        """It is not here."""
        time = self.times(uri)
        if time == 0 or _back(uri, time) in self.kept:
            time = min(time + 1, TIMES)
        return Raw(_gone(uri, how, time), answer.body, us.headers("absent", "", uri=uri, how=how))


def _gone(uri: str, how: str, time: int) -> str:
    return f"gone|{uri}|{how}|{time}"


def _back(uri: str, time: int) -> str:
    return f"back|{uri}|{time}"
