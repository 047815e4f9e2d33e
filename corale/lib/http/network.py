"""Connections that go to the address that was checked, and end when their time is over."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterable
from contextvars import ContextVar
from time import monotonic
from typing import Any

import httpcore

from corale.lib.http.addresses import may_reach
from corale.lib.http.errors import NotAllowed, TooSlow, Unreachable

deadline: ContextVar[float | None] = ContextVar("deadline", default=None)
"""When the answer being waited for must be complete, on the monotonic clock; None while nobody waits."""


def remaining(timeout: float | None = None) -> float | None:
    """What is left of the time, and never more than `timeout`."""
    if (end := deadline.get()) is None:
        return timeout
    left = end - monotonic()
    if left <= 0:
        raise TooSlow("the answer took too long")
    return left if timeout is None else min(left, timeout)


def checked_addresses(host: str, port: int, *, allow_loopback: bool) -> list[str]:
    """All addresses of a name; one that is not public is enough to refuse the name."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Unreachable(f"no such host: {host[:200]!r}") from error
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    for address in addresses:
        if not may_reach(address, allow_loopback=allow_loopback):
            raise NotAllowed(f"{host[:200]!r} is at an address that is not public")
    return addresses


class Stream(httpcore.NetworkStream):
    """A connection that looks at the clock before it waits."""

    def __init__(self, inner: httpcore.NetworkStream) -> None:
        self.inner = inner

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.inner.read(max_bytes, remaining(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.inner.write(buffer, remaining(timeout))

    def close(self) -> None:
        self.inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return Stream(self.inner.start_tls(ssl_context, server_hostname, remaining(timeout)))

    def get_extra_info(self, info: str) -> Any:
        return self.inner.get_extra_info(info)


class Network(httpcore.NetworkBackend):
    """Resolves, checks, and connects to what was checked."""

    def __init__(self, *, allow_loopback: bool = False) -> None:
        self.allow_loopback = allow_loopback
        self.inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        failure: Exception | None = None
        for address in checked_addresses(host, port, allow_loopback=self.allow_loopback):
            try:
                return Stream(self.inner.connect_tcp(address, port, remaining(timeout), local_address, socket_options))
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure or Unreachable(f"no address for {host[:200]!r}")

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.NetworkStream:
        raise NotAllowed("not over a local socket")
