"""People on the network, with hands of their own: nothing of the product is used here."""

from __future__ import annotations

import itertools
import os
import re
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeVar

import httpx

from tests.support.atproto.network import Network

T = TypeVar("T")
PASSWORD = "una-parola-segreta"
_numbers = itertools.count(1)


def eventually(what: Callable[[], T], seconds: float = 180) -> T:
    """The first result that is something; the network's view follows a moment after the act."""
    end = time.monotonic() + seconds
    while not (found := what()):
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)
    return found


@dataclass
class Somebody:
    """One account and what it does."""

    pds: str
    handle: str
    did: str
    jwt: str
    refresh: str
    http: httpx.Client = field(repr=False)

    @classmethod
    def on(cls, network: Network, name: str) -> Somebody:
        """Makes an account; its handle is the name with something that makes it unique."""
        handle = f"{name}-{os.getpid():x}{next(_numbers)}{secrets.token_hex(1)}.test"
        http = httpx.Client(base_url=f"{network.pds}/xrpc/", timeout=60)
        made = http.post(
            "com.atproto.server.createAccount",
            json={"handle": handle, "email": f"{secrets.token_hex(6)}@example.org", "password": PASSWORD},
        )
        assert made.status_code == 200, made.text
        found = made.json()
        return cls(network.pds, handle, found["did"], found["accessJwt"], found["refreshJwt"], http)

    def post_to(self, nsid: str, **data: Any) -> dict[str, Any]:
        """A procedure of the network."""
        answer = self.http.post(nsid, json=data, headers=self._headers)
        assert answer.status_code == 200, f"{nsid}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else {}

    def ask(self, nsid: str, **params: Any) -> httpx.Response:
        """A question to the network."""
        return self.http.get(nsid, params=params, headers=self._headers)

    @property
    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.jwt}"}

    def create(self, collection: str, record: dict[str, Any], rkey: str | None = None) -> dict[str, str]:
        """A record; its strong reference."""
        made = {"$type": collection, "createdAt": now(), **record}
        asked = {"repo": self.did, "collection": collection, "record": made} | ({"rkey": rkey} if rkey else {})
        found = self.post_to("com.atproto.repo.createRecord", **asked)
        return {"uri": found["uri"], "cid": found["cid"]}

    def profile(self, name: str) -> None:
        """Shows a name."""
        record = {"$type": "app.bsky.actor.profile", "displayName": name, "description": f"Ciao da {name}"}
        self.post_to(
            "com.atproto.repo.putRecord", repo=self.did, collection="app.bsky.actor.profile", rkey="self", record=record
        )

    def says(self, text: str, **more: Any) -> dict[str, str]:
        """A post."""
        return self.create("app.bsky.feed.post", {"text": text, "langs": ["it"], **more})

    def mentions(self, other: Somebody, text: str) -> dict[str, str]:
        """A post whose `@handle` notifies somebody."""
        return self.says(text, facets=[mention(text, other)])

    def replies(
        self, parent: dict[str, str], text: str, root: dict[str, str] | None = None, **more: Any
    ) -> dict[str, str]:
        """A post in a thread; as anybody does, once the parent can be seen: before, the network may notify nobody."""
        eventually(lambda: self.ask("app.bsky.feed.getPosts", uris=[parent["uri"]]).json()["posts"])
        return self.says(text, reply={"root": root or parent, "parent": parent}, **more)

    def quotes(self, post: dict[str, str], text: str) -> dict[str, str]:
        """A post with another inside."""
        return self.says(text, embed={"$type": "app.bsky.embed.record", "record": post})

    def likes(self, post: dict[str, str]) -> dict[str, str]:
        """A like."""
        return self.create("app.bsky.feed.like", {"subject": post})

    def reposts(self, post: dict[str, str]) -> dict[str, str]:
        """A repost."""
        return self.create("app.bsky.feed.repost", {"subject": post})

    def follows(self, other: Somebody) -> dict[str, str]:
        """A follow."""
        return self.create("app.bsky.graph.follow", {"subject": other.did})

    def uploads(self, content: bytes, mime: str) -> dict[str, Any]:
        """A blob."""
        answer = self.http.post(
            "com.atproto.repo.uploadBlob", content=content, headers={**self._headers, "Content-Type": mime}
        )
        assert answer.status_code == 200, answer.text
        blob: dict[str, Any] = answer.json()["blob"]
        return blob

    def edits(self, post: dict[str, str], text: str, **more: Any) -> dict[str, str]:
        """Writes other words under the same address."""
        *_, collection, rkey = post["uri"].split("/")
        record = {"$type": collection, "createdAt": now(), "text": text, **more}
        found = self.post_to(
            "com.atproto.repo.putRecord", repo=self.did, collection=collection, rkey=rkey, record=record
        )
        return {"uri": found["uri"], "cid": found["cid"]}

    def deletes(self, record: dict[str, str]) -> None:
        """Takes a record away."""
        *_, collection, rkey = record["uri"].split("/")
        self.post_to("com.atproto.repo.deleteRecord", repo=self.did, collection=collection, rkey=rkey)

    def renames(self, name: str) -> str:
        """Another handle."""
        self.handle = re.sub(r"^[a-z]+", name, self.handle)
        self.post_to("com.atproto.identity.updateHandle", handle=self.handle)
        return self.handle

    def sleeps(self) -> None:
        """Deactivates the account."""
        self.post_to("com.atproto.server.deactivateAccount")

    def wakes(self) -> None:
        """Activates it again."""
        answer = self.http.post("com.atproto.server.activateAccount", headers=self._headers)
        assert answer.status_code == 200, answer.text

    def app_password(self, name: str = "corale") -> str:
        """A password that can be revoked."""
        password: str = self.post_to("com.atproto.server.createAppPassword", name=name)["password"]
        return password

    def revokes(self, name: str = "corale") -> None:
        """The app password lets nobody in any more."""
        self.post_to("com.atproto.server.revokeAppPassword", name=name)


def mention(text: str, other: Somebody) -> dict[str, Any]:
    """The facet of the first `@handle` in a text."""
    shown = f"@{other.handle}".encode()
    start = text.encode().index(shown)
    return {
        "index": {"byteStart": start, "byteEnd": start + len(shown)},
        "features": [{"$type": "app.bsky.richtext.facet#mention", "did": other.did}],
    }


def now() -> str:
    """The time as the network writes it."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
