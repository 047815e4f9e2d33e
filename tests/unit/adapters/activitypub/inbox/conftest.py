"""Carla on another server, and a way to bring what she sends to an inbox of ours and have it worked."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from corale.adapters.activitypub import addresses
from corale.adapters.activitypub.inbox.working import Worked, work
from corale.adapters.activitypub.models import Activity, Actor, Post, RemoteActor
from corale.channels.actions.keep import keep
from corale.channels.contract import Raw
from corale.channels.models import Connection
from tests.support.postroom import a_server, somebody
from tests.unit.adapters.activitypub.inbox.delivering import deliver, nothing_kept

__all__ = ["deliver", "nothing_kept"]

PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
_numbers = itertools.count(1)


@dataclass
class Sender:
    """Somebody whose signature was verified."""

    connection: Connection
    remote: RemoteActor

    @property
    def uri(self) -> str:
        return self.remote.uri

    def sends(self, kind: str, obj: Any, *, inbox: str = "molino", key: str = "", **more: Any) -> dict[str, Any]:
        """Kept as it would be after its signature was verified; worked by `arrives`."""
        said = {"id": f"{self.uri}/did/{next(_numbers)}", "type": kind, "actor": self.uri, "object": obj, **more}
        headers = {"base": addresses.base(), "inbox": inbox, "signer": self.uri, "scheme": "cavage"}
        body = json.dumps({"@context": "https://www.w3.org/ns/activitystreams", **said}).encode()
        keep(self.connection, [Raw(key or f"{said['id']} {inbox}", body, headers)])
        return said

    def does(self, kind: str, obj: Any, **more: Any) -> dict[str, Any]:
        """Kept and worked."""
        said = self.sends(kind, obj, **more)
        work(self.connection)
        return said

    def note(self, text: str = "Ciao", **more: Any) -> dict[str, Any]:
        number = next(_numbers)
        return {"id": f"{self.uri}/notes/{number}", "type": "Note", "attributedTo": self.uri, "to": [PUBLIC],
                "content": f"<p>{text}</p>", "published": "2026-11-24T08:00:00Z", **more}  # fmt: skip


@pytest.fixture
def person(house) -> Callable[..., Sender]:
    """Anybody: person("dora"), person("dora", "other.test")."""
    servers: dict[str, Any] = {}

    def made(name: str, host: str = "peer.test", **more: Any) -> Sender:
        if host not in servers:
            servers[host] = a_server(host)
        return Sender(house, somebody(name, servers[host], **more))

    return made


@pytest.fixture
def carla(person) -> Sender:
    return person("carla")


@pytest.fixture
def arrives(house) -> Callable[[], Worked]:
    return lambda: work(house)


@pytest.fixture
def said(brand) -> Callable[..., Post]:
    """Something of ours: said(), said(audience="direct"), said(kind="Question", document={…})."""

    def made(actor: Actor = brand, **more: Any) -> Post:
        number = str(next(_numbers))
        uri = addresses.post(actor.name, number)
        given = {"id": uri, "type": "Note", "attributedTo": actor.uri, "to": [PUBLIC], "cc": []}
        given |= more.pop("document", {})
        more = {"audience": "public", "kind": "Note"} | more
        return Post.objects.create(actor=actor, number=number, uri=uri, document=given, **more)

    return made


def left(kind: str) -> list[dict[str, Any]]:
    """What of ours of one kind waits to leave, oldest first."""
    return [json.loads(each.body) for each in Activity.objects.filter(kind=kind).order_by("pk")]
