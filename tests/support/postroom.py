"""Our actors, other servers and followers, as the sending of activities needs them; and inboxes that really listen."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import quote

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.db import transaction

from corale.adapters.activitypub.models import Activity, Actor, Follower, RemoteActor, Server
from corale.adapters.activitypub.sending.acting import act
from corale.channels import sealing
from corale.channels.keys import key_of

ACTIVITY, JRD = "application/activity+json", "application/jrd+json"


@cache
def keys() -> tuple[str, str]:
    """One pair for all: making one takes longer than a test."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    return private.decode(), public.decode()


def an_actor(name: str = "molino", kind: str = "brand", **more: Any) -> Actor:
    """One of ours."""
    private, public = keys()
    return Actor.objects.create(name=name, kind=kind, private_key=sealing.seal(private), public_key=public, **more)


def a_server(host: str = "peer.test", **more: Any) -> Server:
    return Server.objects.create(host=host, **more)


def somebody(name: str, server: Server, *, shared: str = "", scheme: str = "https", **more: Any) -> RemoteActor:
    """Somebody on another server."""
    uri = f"{scheme}://{server.host}/users/{name}"
    return RemoteActor.objects.create(
        key=key_of(uri), uri=uri, server=server, kind="Person", handle=f"{name}@{server.host}", name=name.title(),
        inbox=f"{uri}/inbox", shared_inbox=shared, followers_uri=f"{uri}/followers", **more,
    )  # fmt: skip


def follows(remote: RemoteActor, actor: Actor, state: str = "accepted") -> Follower:
    return Follower.objects.create(actor=actor, remote=remote, state=state, uri=f"{remote.uri}#follow")


def say(actor: Actor, *inboxes: tuple[Server, str], number: int = 1, addressed: bool = False) -> Activity:
    """An activity on its way to some inboxes."""
    activity = {"@context": "https://www.w3.org/ns/activitystreams", "id": f"{actor.uri}/activities/{number}",
                "type": "Create", "actor": actor.uri, "object": {"type": "Note", "id": f"{actor.uri}/posts/{number}",
                "attributedTo": actor.uri, "content": f"<p>{number}</p>"}}  # fmt: skip
    with transaction.atomic():
        return act(actor, activity, inboxes=inboxes, addressed=addressed)


@dataclass(slots=True)
class Arrived:
    """One POST: where, with which headers, and what."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def activity(self) -> dict[str, Any]:
        return dict(json.loads(self.body))


@dataclass
class Inboxes:
    """A server with any number of inboxes on every loopback address; `answers` says what a POST is answered."""

    port: int = 0
    arrived: list[Arrived] = field(default_factory=list)
    documents: dict[str, tuple[str, Any]] = field(default_factory=dict)  # path → kind of content, JSON
    asked: list[str] = field(default_factory=list)
    answers: Callable[[Arrived], tuple[int, dict[str, str]]] = lambda _arrived: (202, {})

    def at(self, host: str = "127.0.0.1", path: str = "/inbox") -> str:
        return f"http://{host}:{self.port}{path}"

    def server(self, host: str = "127.0.0.1", **more: Any) -> Server:
        """The row for one of its addresses."""
        return a_server(f"{host}:{self.port}", **more)

    def person(self, name: str, host: str = "127.0.0.1", **more: Any) -> str:
        """Somebody who can be found and fetched; their handle."""
        place = f"{host}:{self.port}"
        uri, handle = f"http://{place}/users/{name}", f"{name}@{place}"
        document = {
            "@context": "https://www.w3.org/ns/activitystreams", "id": uri, "type": "Person", "preferredUsername": name,
            "name": name.title(), "inbox": f"{uri}/inbox", "followers": f"{uri}/followers",
            "publicKey": {"id": f"{uri}#key", "owner": uri, "publicKeyPem": keys()[1]}, **more,
        }  # fmt: skip
        self.documents[f"/users/{name}"] = ACTIVITY, document
        link = {"rel": "self", "type": ACTIVITY, "href": uri}
        found = {"subject": f"acct:{handle}", "links": [link]}
        self.documents[f"/.well-known/webfinger?resource={quote(f'acct:{handle}', safe='')}"] = JRD, found
        return handle

    @property
    def ids(self) -> list[str]:
        """Of the activities that came, in their order."""
        return [each.activity["id"].rpartition("/")[2] for each in self.arrived]


@contextmanager
def inboxes() -> Iterator[Inboxes]:
    """Open until the end of the block."""
    there = Inboxes()

    class Request(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            body = self.rfile.read(length)
            if len(body) < length:  # whoever wrote it was killed
                self.close_connection = True
                return
            arrived = Arrived(self.path, {name.lower(): value for name, value in self.headers.items()}, body)
            arrived.headers["x-from"] = str(self.client_address)
            there.arrived.append(arrived)
            status, headers = there.answers(arrived)
            self.send_response(status)
            for name, value in {"Content-Length": "0", **headers}.items():
                self.send_header(name, value)
            self.end_headers()

        def do_GET(self) -> None:
            there.asked.append(self.path)
            kind, document = there.documents.get(self.path, ("", None))
            body = json.dumps(document).encode() if document is not None else b""
            self.send_response(200 if document is not None else 404)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    class Open(ThreadingHTTPServer):
        request_queue_size = 128

        def handle_error(self, *_: Any) -> None:
            """Whoever is killed hangs up."""

    server = Open(("0.0.0.0", 0), Request)
    server.daemon_threads = True
    there.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield there
    finally:
        server.shutdown()
        server.server_close()


__all__ = ["Arrived", "Inboxes", "a_server", "an_actor", "follows", "inboxes", "say", "somebody"]
