"""Inboxes on every loopback address, as a program of its own: counts what arrives, as cheaply as Python can.

`python -m bench._inboxes` prints two ports: one that answers 202 to everything, and one that takes connections and
never answers. GET / says what has arrived: how many, how many different (an activity, at a host, at a path), when the
first and the last of them came; DELETE / forgets.
"""

from __future__ import annotations

import asyncio
import json
import re
import time

ACCEPTED = b"HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n"
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
HOST = re.compile(rb"\r\nhost: *([^\r]+)", re.IGNORECASE)
ID = re.compile(rb'"id":"([^"]+)"')
arrived: dict[tuple[bytes, bytes, bytes], list[float]] = {}


class Inbox(asyncio.Protocol):
    """One connection, kept as long as they like."""

    def __init__(self) -> None:
        self.buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        while (end := self.buffer.find(b"\r\n\r\n")) >= 0:
            head, rest = self.buffer[:end], self.buffer[end + 4 :]
            found = LENGTH.search(head)
            length = int(found[1]) if found else 0
            if len(rest) < length:
                return
            self.buffer = rest[length:]
            self.transport.write(self.answer(head, rest[:length]))  # type: ignore[attr-defined]

    def answer(self, head: bytes, body: bytes) -> bytes:
        method, path, _rest = head.split(b" ", 2)
        if method == b"POST":
            host, said = HOST.search(head), ID.search(body)
            assert host and said
            arrived.setdefault((said[1], host[1], path), []).append(time.time())
            return ACCEPTED
        if method == b"DELETE":
            arrived.clear()
        firsts = sorted(times[0] for times in arrived.values()) or [0.0]
        said_ = json.dumps(
            {"all": sum(map(len, arrived.values())), "different": len(arrived), "first": firsts[0], "last": firsts[-1]}
        ).encode()
        return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(said_), said_)


class Deaf(asyncio.Protocol):
    """Takes a connection, and says nothing."""


async def serve() -> None:
    loop = asyncio.get_running_loop()
    servers = [await loop.create_server(kind, "0.0.0.0", 0, backlog=1024) for kind in (Inbox, Deaf)]
    print(*(server.sockets[0].getsockname()[1] for server in servers), flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve())
