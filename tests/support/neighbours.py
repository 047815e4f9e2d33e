"""Servers of others on loopback, with people in them who have real keys: what they are asked, and what they bring."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from corale.adapters.activitypub.own import key_pair
from corale.adapters.activitypub.signing import Scheme, sign

ACTIVITY = "application/activity+json"
CONTEXT = ["https://www.w3.org/ns/activitystreams", "https://w3id.org/security/v1"]
Thing = Mapping[str, Any] | bytes


@cache
def keys(name: str) -> tuple[str, str]:
    """A private and a public key for each name."""
    return key_pair()


@dataclass(slots=True)
class Asked:
    """One GET: where, with which headers."""

    host: str
    path: str
    headers: dict[str, str]


@dataclass(slots=True)
class Answered:
    """What is answered."""

    thing: Thing = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Neighbour:
    """A server with a few documents, on every loopback address: 127.0.0.1, 127.0.0.2 and so on are different hosts."""

    port: int = 0
    asked: list[Asked] = field(default_factory=list)
    things: dict[str, Answered | Callable[[Asked], Answered]] = field(default_factory=dict)

    def at(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def serve(self, path: str, thing: Thing = b"", status: int = 200, **headers: str) -> None:
        """What stands at a path from now on."""
        self.things[path] = self.answer(thing, status, **headers)

    @staticmethod
    def answer(thing: Thing = b"", status: int = 200, **headers: str) -> Answered:
        """As ActivityPub's JSON, unless the headers say otherwise."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return Answered(thing, status, {"Content-Type": ACTIVITY} | named)

    def person(self, called: str = "eve", *, host: str = "127.0.0.1", key: str = "", **more: Any) -> str:
        """Somebody with a document; their address. `key` is whose key they show, by name."""
        uri = self.at(f"/users/{called}", host)
        self.serve(f"/users/{called}", person(uri, called, keys(key or called)[1]) | more)
        return uri

    def paths(self) -> list[str]:
        """What was asked for, in order."""
        return [each.path for each in self.asked]


def person(uri: str, name: str, pem: str, kind: str = "Person") -> dict[str, Any]:
    """A document as Mastodon writes them."""
    return {
        "@context": CONTEXT,
        "id": uri,
        "type": kind,
        "preferredUsername": name,
        "name": name.title(),
        "summary": "<p>Hi.</p>",
        "inbox": f"{uri}/inbox",
        "outbox": f"{uri}/outbox",
        "followers": f"{uri}/followers",
        "endpoints": {"sharedInbox": uri.partition("/users/")[0] + "/inbox"},
        "publicKey": {"id": f"{uri}#main-key", "owner": uri, "publicKeyPem": pem},
    }


def signed_headers(
    actor: str, url: str, body: bytes | None, *, key: str = "", key_id: str = "", scheme: Scheme = "cavage", **more: Any
) -> dict[str, str]:
    """As somebody sends them; `key` is whose private key is used, by name."""
    name = key or actor.rpartition("/")[2]
    method = "GET" if body is None else "POST"
    headers = {"Content-Type": ACTIVITY} if body is not None else {}
    return sign(
        method, url, body, key_id=key_id or f"{actor}#main-key", private_key_pem=keys(name)[0], scheme=scheme,
        headers=headers, **more,
    )  # fmt: skip


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, *_: Any) -> None:
        """A caller that hangs up is no news."""


@contextmanager
def neighbour() -> Iterator[Neighbour]:
    """Open until the end of the block."""
    there = Neighbour()

    class Request(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            asked = Asked(headers.get("host", ""), self.path, headers)
            there.asked.append(asked)
            answer = there.things.get(self.path, Answered(status=404))
            self.tell(answer(asked) if callable(answer) else answer)

        def tell(self, answer: Answered) -> None:
            body = answer.thing if isinstance(answer.thing, bytes) else json.dumps(dict(answer.thing)).encode()
            self.send_response(answer.status)
            for name, value in {"Content-Length": str(len(body)), **answer.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    server = _Server(("0.0.0.0", 0), Request)
    there.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield there
    finally:
        server.shutdown()
        server.server_close()
