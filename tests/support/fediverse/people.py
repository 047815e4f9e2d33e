"""People on other servers, with hands of their own: nothing of the product is used here."""

from __future__ import annotations

import itertools
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tests.support.atproto.people import eventually
from tests.support.fediverse.peer import Peer

CONTEXT = "https://www.w3.org/ns/activitystreams"
PUBLIC = f"{CONTEXT}#Public"
BEYOND = {
    "EmojiReact": "http://litepub.social/ns#EmojiReact",
    "QuoteRequest": "https://w3id.org/fep/044f#QuoteRequest",
    "quote": {"@id": "https://w3id.org/fep/044f#quote", "@type": "@id"},
    "quoteUrl": "as:quoteUrl",
}
_numbers = itertools.count(1)


@dataclass
class Somebody:
    """One account on a peer and what it does. Each verb answers with the id of what was said."""

    peer: Peer
    host: str
    name: str

    @classmethod
    def on(cls, peer: Peer, host: str, name: str, **more: Any) -> Somebody:
        """Makes an account; its name gets something that makes it unique."""
        made = cls(peer, host, f"{name}{next(_numbers)}{secrets.token_hex(2)}")
        made.becomes(title=name.capitalize(), **more)
        return made

    @property
    def id(self) -> str:
        return f"{self.peer.lan.url(self.host)}/users/{self.name}"

    @property
    def handle(self) -> str:
        return f"@{self.name}@{self.peer.lan.host(self.host)}"

    @property
    def followers(self) -> str:
        return f"{self.id}/followers"

    def becomes(self, **more: Any) -> dict[str, Any]:
        """Another title, other aliases, a way to answer those who want to follow; the document as it is now."""
        return dict(self.peer.ask("user", self.host, name=self.name, **more)["document"])

    def shows(self, document: dict[str, Any] | None, address: str = "") -> str:
        """A document of this account's server; None is gone for good."""
        address = address or str((document or {})["id"])
        self.peer.ask("show", self.host, path=address.removeprefix(self.peer.lan.url(self.host)), document=document)
        return address

    def does(self, kind: str, obj: Any, *to: str, **more: Any) -> str:
        """Any activity, brought to the inboxes of `to` (actors' ids)."""
        given = {"@context": [CONTEXT, BEYOND], "id": self.address("did"), "type": kind, "actor": self.id}
        said: dict[str, Any] = given | {"object": obj} | more
        self.peer.ask("send", self.host, name=self.name, to=list(to), activity=said)
        return str(said["id"])

    def address(self, kind: str) -> str:
        """A new one of this account's."""
        return f"{self.peer.lan.url(self.host)}/{kind}/{self.name}/{secrets.token_hex(6)}"

    def follows(self, other: str, **more: Any) -> str:
        return self.does("Follow", other, other, **more)

    def likes(self, post: str, whose: str) -> str:
        return self.does("Like", post, whose, to=[whose])

    def boosts(self, post: str, whose: str) -> str:
        return self.does("Announce", post, whose, to=[PUBLIC], cc=[whose, self.followers])

    def undoes(self, what: dict[str, Any] | str, *to: str) -> str:
        return self.does("Undo", what, *to)

    def says(self, text: str, *mentioned: str, **more: Any) -> dict[str, Any]:
        """A post, shown at its address and brought to those it mentions; the object. `audience`: public, unlisted,
        followers, direct."""
        said = self.note(text, *mentioned, **more)
        self.shows(said)
        self.creates(said, *mentioned)
        return said

    def creates(self, said: dict[str, Any], *to: str, **more: Any) -> str:
        """Says it to these."""
        addressed = {name: said[name] for name in ("to", "cc") if name in said}
        return self.does("Create", said, *to, **{"id": f"{said['id']}/create", **addressed, **more})

    def note(self, text: str, *mentioned: str, audience: str = "public", **more: Any) -> dict[str, Any]:
        """A Note with its mentions, as microblogs write them; said nowhere yet."""
        tags = [{"type": "Mention", "href": each, "name": f"@{each.rpartition('/')[2]}"} for each in mentioned]
        linked = "".join(
            f'<a href="{each}" class="u-url mention">@{each.rpartition("/")[2]}</a> ' for each in mentioned
        )
        to, cc = self.reach(audience, mentioned)
        given = {
            "@context": [CONTEXT, BEYOND], "id": self.address("notes"), "type": "Note", "attributedTo": self.id,
            "content": f"<p>{linked}{text}</p>", "published": now(), "to": to, "cc": cc, "tag": tags,
        }  # fmt: skip
        return given | more

    def reach(self, audience: str, mentioned: tuple[str, ...]) -> tuple[list[str], list[str]]:
        """`to` and `cc` of an audience."""
        named = list(mentioned)
        return {
            "public": ([PUBLIC], [self.followers, *named]),
            "unlisted": ([self.followers], [PUBLIC, *named]),
            "followers": ([self.followers], named),
            "direct": (named, []),
        }[audience]

    def heard(self, kind: str, **wanted: Any) -> dict[str, Any]:
        """The first activity of a kind that has come to this account's server, with these values in what was written
        (`object__content=…` looks inside). Waits for it."""
        return eventually(lambda: next(iter(self.all_heard(kind, **wanted)), {}))

    def all_heard(self, kind: str, **wanted: Any) -> list[dict[str, Any]]:
        """All of them that came so far."""
        activities = self.peer.log(self.host)["activities"]
        return [each["json"] for each in activities if each["type"] == kind and _is_like(each["json"], wanted)]

    def looks(self, address: str, **how: Any) -> dict[str, Any]:
        """What a signed request of this account's is answered: `status`, `document`, `text`."""
        return self.peer.ask("look", self.host, name=self.name, id=address, **how)

    def posts(self, inbox: str, body: str, *, scheme: str = "cavage", **headers: str) -> dict[str, Any]:
        """Exactly these bytes, signed once (or with scheme="none" not at all): `status` and `body` of the answer."""
        return self.peer.ask("post", self.host, name=self.name, inbox=inbox, body=body, scheme=scheme, headers=headers)


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _is_like(said: Any, wanted: dict[str, Any]) -> bool:
    return all(_at(said, name.split("__")) == value for name, value in wanted.items())


def _at(said: Any, path: list[str]) -> Any:
    for name in path:
        said = said.get(name) if isinstance(said, dict) else None
    return said
